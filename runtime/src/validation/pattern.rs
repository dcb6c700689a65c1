//! Patterns: compiled once for each validation, however many strings they are held against.

use std::collections::BTreeMap;

use regress::Regex;

/// The expressions met so far; none for one that is no expression.
#[derive(Debug, Default)]
pub(super) struct Patterns(BTreeMap<&'static str, Option<Regex>>);

impl Patterns {
    /// Whether the expression is found in the text. One that is no expression of ECMA-262 lets all pass:
    /// the generator has reported it and left it out.
    pub(super) fn find(&mut self, pattern: &'static str, text: &str) -> bool {
        let compiled = self.0.entry(pattern).or_insert_with(|| compile(pattern));
        compiled
            .as_ref()
            .is_none_or(|regex| regex.find(text).is_some())
    }
}

/// With Unicode semantics as JSON Schema asks, or without where only that reads it (`\-`).
fn compile(pattern: &str) -> Option<Regex> {
    let unicode = Regex::with_flags(pattern, "u");
    unicode.or_else(|_| Regex::new(pattern)).ok()
}

//! Texts that match a regular expression, made from its syntax tree.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Repetitions without an end stop here.
const REPEATED: u32 = 3;
const LONGEST: usize = 4096;

/// A text that matches; none where the expression is not one that Rust knows.
pub(super) fn matching(rng: &mut Rng, expression: &str) -> Option<String> {
    let tree = regex_syntax::parse(expression).ok()?;
    let mut text = String::new();
    write(rng, &tree, &mut text)?;
    Some(text)
}

/// Whether a text matches, as far as this can be told.
pub(super) fn matches(expression: &str, text: &str) -> bool {
    regex::Regex::new(expression).is_ok_and(|regex| regex.is_match(text))
}

fn write(rng: &mut Rng, tree: &Hir, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<_> = class.ranges().iter().collect();
            // Plain characters where the class has any.
            let plain = ranges
                .iter()
                .find(|range| range.start() >= ' ' && range.end() <= '~');
            let range = plain.or(ranges.first())?;
            text.push(rng.char(range.start()..=range.end()));
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + REPEATED);
            let most = most.min(repetition.min + REPEATED);
            for _ in 0..rng.u32(repetition.min..=most) {
                write(rng, &repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(rng, &capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(rng, part, text))?,
        HirKind::Alternation(branches) => {
            let branch = rng.usize(..branches.len());
            write(rng, &branches[branch], text)?;
        }
    }
    Some(())
}

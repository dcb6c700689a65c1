//! Texts that match a regular expression, made from its syntax tree.

use fastrand::Rng;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

/// How often more than it must a part is repeated, where a few will do.
pub(super) const FEW: u32 = 3;
const LONGEST: usize = 4096;

/// A text that matches, with repetitions of up to so many more than there must be; none where the
/// expression is not one that Rust knows. What is looked at ahead or behind is for the caller to judge.
pub(super) fn matching(
    rng: &mut Rng,
    expression: &str,
    repeated: u32,
    letters: bool,
) -> Option<String> {
    let tree = regex_syntax::parse(&without_lookaround(expression)).ok()?;
    let mut text = String::new();
    let mut writer = Writer {
        rng,
        repeated,
        letters,
    };
    writer.write(&tree, &mut text)?;
    Some(text)
}

struct Writer<'r> {
    rng: &'r mut Rng,
    repeated: u32,
    /// Letters and digits come before all other characters.
    letters: bool,
}

/// Rust's expressions have no `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`.
fn without_lookaround(expression: &str) -> String {
    let mut kept = String::new();
    let mut rest = expression;
    while let Some(at) = LOOKAROUNDS.iter().filter_map(|open| rest.find(open)).min() {
        kept.push_str(&rest[..at]);
        rest = &rest[at + group_length(&rest[at..])..];
    }
    kept + rest
}

const LOOKAROUNDS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];

/// How long a group is, with its parentheses.
fn group_length(text: &str) -> usize {
    let (mut depth, mut is_escaped, mut in_class) = (0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth -= 1,
            _ => {}
        }
        if depth == 0 && !is_escaped {
            return at + letter.len_utf8();
        }
    }
    text.len()
}

/// Whether a text matches, as far as this can be told.
pub(super) fn matches(expression: &str, text: &str) -> bool {
    regress::Regex::new(expression).is_ok_and(|regex| regex.find(text).is_some())
}

impl Writer<'_> {
    fn write(&mut self, tree: &Hir, text: &mut String) -> Option<()> {
        if text.len() > LONGEST {
            return None;
        }
        match tree.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(Class::Unicode(class)) => {
                let ranges: Vec<_> = class.ranges().iter().collect();
                if self.letters
                    && let Some(letter) = self.letter(&ranges)
                {
                    text.push(letter);
                    return Some(());
                }
                // Plain characters where the class has any.
                let plain = ranges
                    .iter()
                    .find(|range| range.start() >= ' ' && range.end() <= '~');
                let range = plain.or(ranges.first())?;
                text.push(self.rng.char(range.start()..=range.end()));
            }
            HirKind::Class(Class::Bytes(_)) => return None,
            HirKind::Repetition(part) if part.sub.properties().maximum_len() == Some(0) => {}
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(u32::MAX);
                let most = most.min(repetition.min.saturating_add(self.repeated));
                for _ in 0..self.rng.u32(repetition.min..=most) {
                    self.write(&repetition.sub, text)?;
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub, text)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part, text))?,
            HirKind::Alternation(branches) => {
                let branch = self.rng.usize(..branches.len());
                self.write(&branches[branch], text)?;
            }
        }
        Some(())
    }

    fn letter(&mut self, ranges: &[&ClassUnicodeRange]) -> Option<char> {
        let starts = ['a', 'A', '0', '1'].into_iter();
        let mut found = starts.filter_map(|start| {
            let is_in =
                |range: &&&ClassUnicodeRange| (range.start()..=range.end()).contains(&start);
            Some((start, ranges.iter().find(is_in)?.end()))
        });
        let (start, end) = found.next()?;
        let last = if start.is_alphabetic() {
            start as u8 + 8
        } else {
            b'9'
        };
        Some(self.rng.char(start..=end.min(last.into())))
    }
}

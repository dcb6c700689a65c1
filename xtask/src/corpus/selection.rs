//! Which descriptions a run takes.

use super::manifest::Entry;

/// Larger descriptions are no part of a spread.
const MEDIUM: u64 = 400_000;

/// Those that match the pattern, and of those a spread, in the order of the manifest.
pub(super) fn select(entries: Vec<Entry>, only: Option<&str>, spread: Option<usize>) -> Vec<Entry> {
    let matching: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| only.is_none_or(|only| matches(only, &entry.path)))
        .collect();
    match spread {
        Some(count) => spread_over_versions(matching, count),
        None => matching,
    }
}

/// Whether a text matches a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            text.char_indices()
                .any(|(at, _)| matches(rest, &text[at..]))
                || matches(rest, "")
        }),
    }
}

/// As many of each version as there is room for, from small to medium in even steps.
fn spread_over_versions(entries: Vec<Entry>, count: usize) -> Vec<Entry> {
    let mut fitting: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.bytes <= MEDIUM && entry.operations > 0)
        .collect();
    fitting.sort_by_key(|entry| (entry.line(), entry.bytes, entry.path.as_str()));
    let lines: Vec<&[&Entry]> = fitting
        .chunk_by(|one, other| one.line() == other.line())
        .collect();
    let mut chosen = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let quota = count / lines.len() + usize::from(number < count % lines.len());
        let quota = quota.min(line.len());
        chosen
            .extend((0..quota).map(|step| line[(2 * step + 1) * line.len() / (2 * quota)].clone()));
    }
    entries
        .into_iter()
        .filter(|entry| chosen.contains(entry))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text) in [
            ("*", ""),
            ("*", "a"),
            ("a*c", "abc"),
            ("a*c", "ac"),
            ("*.json", "x/y.json"),
            ("a", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a*c", "ab"), ("a", "ab"), ("*.json", "x.yaml"), ("", "a")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_spread_takes_all_versions_and_no_large_ones() {
        let entry = |path: &str, version: &str, bytes| Entry {
            path: path.to_owned(),
            version: version.to_owned(),
            bytes,
            operations: 1,
        };
        let entries = vec![
            entry("a", "2.0", 1),
            entry("b", "3.0.1", 2),
            entry("c", "3.0.2", 3),
            entry("d", "3.0.3", 4),
            entry("e", "3.1.0", MEDIUM + 1),
        ];
        let paths: Vec<_> = select(entries, None, Some(2))
            .into_iter()
            .map(|entry| entry.path)
            .collect();
        assert_eq!(paths, ["a", "c"]);
    }
}

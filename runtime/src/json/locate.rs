//! Finds the path to a byte of a document, after decoding has failed there.
//!
//! Walking the text again costs time only on failure and needs no bookkeeping while decoding.

/// Longer member names are cut: an error is one line.
const NAME_LIMIT: usize = 64;

/// Of a longer path only the end is shown.
const STEP_LIMIT: usize = 32;

enum Step<'t> {
    Member(&'t [u8]),
    Index(usize),
    /// Inside an object, before its first name.
    Object,
}

/// Returns the path to the innermost value that begins at, or holds, the byte at `offset`.
pub(super) fn path_at(text: &[u8], offset: usize) -> String {
    let mut steps = Vec::new();
    let mut names_follow = false;
    let mut at = 0;
    while at < offset.min(text.len()) {
        match text[at] {
            b'{' => {
                steps.push(Step::Object);
                names_follow = true;
            }
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => {
                steps.pop();
                names_follow = false;
            }
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(_) => names_follow = true,
                None => {}
            },
            b'"' => {
                let end = string_end(text, at);
                if names_follow && end <= offset {
                    names_follow = false;
                    if let Some(step) = steps.last_mut() {
                        *step = Step::Member(&text[at + 1..end.saturating_sub(1).max(at + 1)]);
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    render(&steps)
}

/// Returns the index after the closing quote of the string that opens at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn render(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    let left_out = steps.len().saturating_sub(STEP_LIMIT);
    if left_out > 0 {
        path.push('…');
    }
    for step in &steps[left_out..] {
        match step {
            Step::Object => {}
            Step::Index(index) => path.push_str(&format!("[{index}]")),
            Step::Member(name) => push_name(&mut path, &String::from_utf8_lossy(name)),
        }
    }
    path
}

/// Adds a member to a path.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'));
    let shown: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(NAME_LIMIT)
        .collect();
    let cut = if shown.len() < name.len() { "…" } else { "" };
    if !plain {
        path.push_str(&format!("[\"{shown}{cut}\"]"));
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&shown);
    path.push_str(cut);
}

#[cfg(test)]
mod tests {
    use super::path_at;

    fn path_to(text: &str, needle: &str) -> String {
        path_at(
            text.as_bytes(),
            text.find(needle).expect("the needle is in the text"),
        )
    }

    #[test]
    fn names_and_indices() {
        let text = r#"{"a": [1, {"b-c": {"d e": "X"}}], "f": {"g": 7}, "h": [[2], [3, 9]]}"#;
        assert_eq!(path_to(text, "\"X\""), r#"a[1].b-c["d e"]"#);
        assert_eq!(path_to(text, "7"), "f.g");
        assert_eq!(path_to(text, "9"), "h[1][1]");
        assert_eq!(path_at(text.as_bytes(), 0), "");
    }

    #[test]
    fn an_empty_object_leaves_nothing_behind() {
        assert_eq!(path_to(r#"[{}, "x", 8]"#, "8"), "[2]");
    }

    #[test]
    fn quotes_and_brackets_inside_strings_are_text() {
        let text = r#"{"a\"]": "{[\\", "b": 5}"#;
        assert_eq!(path_to(text, "5"), "b");
    }

    #[test]
    fn long_paths_are_cut() {
        let path = path_at("[".repeat(1_000).as_bytes(), 1_000);
        assert_eq!(path, format!("…{}", "[0]".repeat(32)));
    }

    #[test]
    fn long_names_are_cut() {
        let text = format!(r#"{{"{}": 5}}"#, "n".repeat(500));
        assert!(path_to(&text, "5").chars().count() <= 65);
    }
}

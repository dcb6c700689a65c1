//! Findings for programs.

use std::fmt::Write;

use super::list::Diagnostic;

/// Renders one finding as a JSON object on one line, without a line break.
pub fn render_json(diagnostic: &Diagnostic) -> String {
    let at = diagnostic.at.as_ref();
    let text = |text: &str| json_string(text);
    let or_null = |value: Option<String>| value.unwrap_or_else(|| "null".to_owned());
    let members = [
        ("code", text(diagnostic.code.name)),
        ("severity", text(&diagnostic.severity.to_string())),
        ("message", text(&diagnostic.message)),
        ("file", or_null(at.map(|at| text(&at.file)))),
        ("line", or_null(at.map(|at| at.line.to_string()))),
        ("column", or_null(at.map(|at| at.column.to_string()))),
        ("pointer", or_null(at.map(|at| text(&at.pointer)))),
        ("help", or_null(diagnostic.help.as_deref().map(text))),
    ];
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("\"{key}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Quotes a text as a JSON string.
pub fn json_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // DEL and the C1 controls are legal in JSON, and move a terminal's cursor all the same.
            control if control.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{json_string, render_json};
    use crate::diagnostic::{Diagnostics, codes};

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(
            json_string("a\"\\\n\u{1b}[2J\u{85}é"),
            r#""a\"\\\n\u001b[2J\u0085é""#
        );
    }

    #[test]
    fn a_finding_without_a_place_has_nulls() {
        let mut diagnostics = Diagnostics::new();
        let finding = diagnostics.bare(&codes::UNREADABLE_FILE, "no file");
        assert_eq!(
            render_json(finding),
            r#"{"code":"unreadable-file","severity":"error","message":"no file","file":null,"line":null,"column":null,"pointer":null,"help":null}"#
        );
    }
}

//! Measures of generated text that need no parser, since the text is formatted.

/// The line and the length in lines of the longest function body; None when no function has one.
pub(super) fn longest_body(source: &str) -> Option<(usize, usize)> {
    let lines: Vec<&str> = source.lines().collect();
    let starts = (0..lines.len()).filter(|at| is_function(lines[*at]));
    starts
        .filter_map(|at| body_length(&lines[at..]).map(|length| (at + 1, length)))
        .max_by_key(|(_, length)| *length)
}

fn is_function(line: &str) -> bool {
    let code = line.trim_start();
    !code.starts_with("//")
        && (code.starts_with("fn ") || code.contains(" fn "))
        && code.contains('(')
}

/// The number of lines between the braces of the function that begins here.
fn body_length(lines: &[&str]) -> Option<usize> {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let opens = lines
        .iter()
        .position(|line| line.ends_with('{') || line.ends_with(';') || line.ends_with('}'))?;
    if !lines[opens].ends_with('{') {
        return Some(usize::from(lines[opens].ends_with('}')));
    }
    let closes = |line: &&str| line.len() == indent + 1 && line.trim_start() == "}";
    lines[opens + 1..].iter().position(closes)
}

#[cfg(test)]
mod tests {
    use super::longest_body;

    #[test]
    fn bodies_are_measured_between_their_braces() {
        let source = "impl X {\n    fn a(&self) {\n        1;\n        2;\n    }\n\n    fn b(\n        x: u8,\n    ) -> u8 {\n        x\n    }\n}\n";
        assert_eq!(longest_body(source), Some((2, 2)));
    }

    #[test]
    fn no_function_no_body() {
        assert_eq!(longest_body("// fn a() {\nstruct A;\n"), None);
    }
}

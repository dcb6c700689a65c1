//! Lays out paragraphs, lists, quotes, tables and code so that nothing reads as an indented code block.
//!
//! Every line is written anew: containers get the least indentation that keeps their nesting, and every code block
//! becomes a fence of plain text.

use super::containers::{Containers, DEEPEST, Fence, is_rule};
use super::inline::{self, leading, longest_run};

/// Lays out a cleaned text, without blank lines at the ends or two in a row.
pub(super) fn lines(markdown: &str) -> Vec<String> {
    let lines: Vec<&str> = markdown.lines().map(str::trim_end).collect();
    let mut layout = Layout {
        out: Vec::new(),
        items: Vec::new(),
        last: Last::Blank,
        in_quote: false,
    };
    let mut at = 0;
    while at < lines.len() {
        at += layout.block(&lines[at..]);
    }
    finished(layout.out)
}

/// Whether a line parts the head of a table from its body.
fn is_table_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// An item of the list that the next line may belong to.
struct Item {
    /// Where its marker stands in the source.
    marker_at: usize,
    /// Where its content stands in the output.
    content_at: usize,
    /// What ends its marker: `.`, `)`, or the bullet.
    delimiter: Option<char>,
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Blank,
    Paragraph,
    Other,
}

struct Layout {
    out: Vec<String>,
    items: Vec<Item>,
    last: Last,
    in_quote: bool,
}

impl Layout {
    /// Lays out the block, or the line of one, that the lines start with; gives how many it took.
    fn block(&mut self, lines: &[&str]) -> usize {
        let line = lines[0];
        let containers = Containers::parse(line);
        if containers.rest.is_empty() {
            self.blank();
            return 1;
        }
        let after_blank = self.last == Last::Blank;
        if self.items.is_empty() && after_blank && !self.out.is_empty() && containers.indent >= 4 {
            return self.indented_code(lines);
        }
        if let Some(fence) = Fence::open(containers.rest) {
            return self.fenced_code(fence, &containers, lines);
        }
        if lines.get(1).is_some_and(|next| is_table_rule(next)) && line.contains('|') {
            return self.table(&containers, lines);
        }
        self.line(&containers, after_blank);
        1
    }

    fn blank(&mut self) {
        self.out.push(String::new());
        self.last = Last::Blank;
        self.in_quote = false;
    }

    fn push(&mut self, line: String, last: Last) {
        self.out.push(line);
        self.last = last;
    }

    fn line(&mut self, containers: &Containers<'_>, after_blank: bool) {
        let rest = containers.rest;
        if containers.markers.is_empty() {
            if self.last == Last::Paragraph && self.items.is_empty() && is_underline(rest) {
                return self.underline();
            }
            if is_rule(rest) || is_underline(rest) {
                return self.rule(rest);
            }
        }
        let prefix = self.prefix(containers, after_blank);
        let (heading, text) = heading(rest);
        let text = format!("{prefix}{heading}{}", inline::escape(text));
        let plain = containers.markers.is_empty() && heading.is_empty();
        self.push(text, if plain { Last::Paragraph } else { Last::Other });
    }

    /// The indentation and the markers of a line, which may open and close items.
    fn prefix(&mut self, containers: &Containers<'_>, after_blank: bool) -> String {
        if containers.quoted {
            self.items.clear();
            self.in_quote = true;
            return containers.markers.clone();
        }
        if self.in_quote {
            // Only a blank line keeps the text that follows a quote out of it.
            self.blank();
        }
        let opens = !containers.markers.is_empty();
        let delimiter = containers
            .markers
            .split(' ')
            .next()
            .and_then(|marker| marker.chars().last());
        let mut sibling = None;
        if opens || after_blank {
            while self
                .items
                .last()
                .is_some_and(|item| containers.indent <= item.marker_at + usize::from(opens))
            {
                sibling = self.items.pop();
            }
        }
        // A list that starts with another number than 1 does not end a paragraph; a blank line does.
        let goes_on = containers.markers.starts_with("1. ")
            || sibling.is_some_and(|item| item.delimiter == delimiter);
        if opens && !goes_on && self.last != Last::Blank && matches!(delimiter, Some('.' | ')')) {
            self.blank();
        }
        let indent = self.items.last().map_or(0, |item| item.content_at);
        if opens && self.items.len() < DEEPEST {
            let content_at = indent + containers.markers.len();
            self.items.push(Item {
                marker_at: containers.indent,
                content_at,
                delimiter,
            });
        }
        format!("{}{}", " ".repeat(indent), containers.markers)
    }

    /// Makes a heading of the paragraph's last line, which is underlined.
    fn underline(&mut self) {
        if let Some(title) = self.out.pop() {
            self.push(format!("### {title}"), Last::Other);
        }
    }

    fn rule(&mut self, rest: &str) {
        self.items.clear();
        if is_rule(rest) {
            self.blank();
            self.push("---".to_owned(), Last::Other);
            self.blank();
        } else if rest.starts_with('=') {
            self.push(format!("\\{rest}"), Last::Other);
        }
    }

    fn table(&mut self, containers: &Containers<'_>, lines: &[&str]) -> usize {
        let after_blank = self.last == Last::Blank;
        let prefix = self.prefix(containers, after_blank);
        let indent = self.items.last().map_or(0, |item| item.content_at);
        self.out
            .push(format!("{prefix}{}", inline::escape_row(containers.rest)));
        let next = if containers.quoted {
            prefix
        } else {
            " ".repeat(indent)
        };
        // A row that is none after all, as the numbers of cells differ, may be an item.
        let rows = lines[1..].iter().map(|line| Containers::parse(line));
        let mut count = 1;
        for row in rows.take_while(|row| !row.rest.is_empty() && Fence::open(row.rest).is_none()) {
            let markers = if row.quoted { "" } else { row.markers.as_str() };
            self.out
                .push(format!("{next}{markers}{}", inline::escape_row(row.rest)));
            count += 1;
        }
        self.last = Last::Other;
        count
    }

    fn fenced_code(&mut self, fence: Fence, containers: &Containers<'_>, lines: &[&str]) -> usize {
        let inside: Vec<&str> = lines[1..]
            .iter()
            .copied()
            .take_while(|line| !fence.is_closed_by(line))
            .collect();
        let took = (inside.len() + 2).min(lines.len());
        let unquoted = |line: &&'_ str| -> String {
            if !containers.quoted {
                return (*line).to_owned();
            }
            let line = line.trim_start();
            let line = line.strip_prefix('>').unwrap_or(line);
            line.strip_prefix(' ').unwrap_or(line).to_owned()
        };
        let code: Vec<String> = inside.iter().map(unquoted).collect();
        if containers.quoted {
            self.items.clear();
            self.blank();
            self.code("", &code, containers.indent);
        } else {
            let after_blank = self.last == Last::Blank;
            let prefix = self.prefix(containers, after_blank);
            self.code(&prefix, &code, containers.indent + containers.markers.len());
        }
        took
    }

    fn indented_code(&mut self, lines: &[&str]) -> usize {
        let indented = |line: &&&str| line.is_empty() || line.starts_with("    ");
        let took = lines.iter().take_while(indented).count();
        let mut code: Vec<String> = lines[..took]
            .iter()
            .map(|line| (*line).to_owned())
            .collect();
        while code.last().is_some_and(String::is_empty) {
            code.pop();
        }
        self.code("", &code, usize::MAX);
        self.blank();
        took
    }

    /// Writes a fence of plain text, its lines stripped of the indentation that all have, at most so much.
    fn code(&mut self, prefix: &str, code: &[String], indent: usize) {
        let indent_of = |line: &String| leading(line, ' ');
        let common = code
            .iter()
            .filter(|line| !line.is_empty())
            .map(indent_of)
            .min()
            .unwrap_or(0)
            .min(indent);
        let ticks = "`".repeat(
            code.iter()
                .map(|line| longest_run(line, '`'))
                .max()
                .unwrap_or(0)
                .max(2)
                + 1,
        );
        let inside = " ".repeat(prefix.len());
        self.out.push(format!("{prefix}{ticks}text"));
        for line in code {
            let line = line.get(common..).unwrap_or_default();
            self.out
                .push(format!("{inside}{line}").trim_end().to_owned());
        }
        self.push(format!("{inside}{ticks}"), Last::Other);
    }
}

/// The line under a heading: `===` or `---`.
fn is_underline(line: &str) -> bool {
    line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-')
}

/// The marks of a heading, two levels lower than in the source, and its text.
fn heading(line: &str) -> (String, &str) {
    let level = leading(line, '#');
    if !(1..=6).contains(&level) || !(line.len() == level || line[level..].starts_with(' ')) {
        return (String::new(), line);
    }
    let marks = "#".repeat((level + 2).min(6));
    (
        format!("{marks} "),
        line[level..].trim_start().trim_end_matches('#').trim_end(),
    )
}

/// Drops blank lines at the ends and in a row, and line breaks that end a paragraph.
fn finished(lines: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut code: Option<Fence> = None;
    for line in lines {
        let line = line.trim_end().to_owned();
        let content = Containers::parse(&line).rest;
        match code {
            Some(fence) if fence.is_closed_by(&line) => code = None,
            Some(_) => {}
            None => code = Fence::open(content),
        }
        if code.is_none() && line.is_empty() {
            match out.last_mut() {
                None => continue,
                Some(last) if last.is_empty() => continue,
                Some(last) => drop_line_break(last),
            }
        }
        out.push(line);
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    if let Some(last) = out.last_mut() {
        drop_line_break(last);
    }
    out
}

fn drop_line_break(line: &mut String) {
    let backslashes = line.len() - line.trim_end_matches('\\').len();
    if backslashes % 2 == 1 {
        line.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(text: &str) -> String {
        lines(text).join("\n")
    }

    #[test]
    fn code_is_plain_text() {
        for (text, expected) in [
            ("```rust\nlet a;\n```", "```text\nlet a;\n```"),
            ("```\nopen", "```text\nopen\n```"),
            ("~~~json\n{}\n~~~", "```text\n{}\n```"),
            ("~~~\n```\n~~~", "````text\n```\n````"),
            (
                "a\n\n    code();\n      more();\n\nb",
                "a\n\n```text\ncode();\n  more();\n```\n\nb",
            ),
            ("    indented from the start", "indented from the start"),
            ("- a\n\n        code();", "- a\n\n  code();"),
            ("-     code();", "- code();"),
            (">     code();", "> code();"),
            ("> -     code();", "> - code();"),
            ("> ```rust\n> a\n> ```\n> b", "```text\na\n```\n> b"),
            ("- ```rust\n  a\n  ```\n- b", "- ```text\n  a\n  ```\n- b"),
            (
                "1. a\n   ```\n   b\n     c\n   ```",
                "1. a\n   ```text\n   b\n     c\n   ```",
            ),
            ("``` a ```", "``` a ```"),
            (
                "a | b\n|---|\n1. *     code();",
                "a | b\n|---|\n1. * code();",
            ),
            ("&nbsp;&#32;~~~", "\u{a0}\u{a0}~~~"),
        ] {
            assert_eq!(laid_out(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_keep_their_nesting() {
        for (text, expected) in [
            ("* a\n    * b\n* c", "* a\n  * b\n* c"),
            (
                "1. a\n  - b\n\n     more\n2. c",
                "1. a\n   - b\n\n     more\n2. c",
            ),
            ("- a\nlazy\n\nnext", "- a\n  lazy\n\nnext"),
            ("text\n- a", "text\n- a"),
            ("text\n12) a\n\n    b", "text\n\n12) a\n\n    b"),
        ] {
            assert_eq!(laid_out(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_rules_and_tables() {
        for (text, expected) in [
            ("# A #", "### A"),
            ("A\n===\nb", "### A\nb"),
            ("A\n---\nb", "### A\nb"),
            ("#tag", "#tag"),
            ("a\n\n***\nb", "a\n\n---\n\nb"),
            ("===", "\\==="),
            (
                "| a | [b] |\n|---|:-:|\n| `x|y` | <z> |\n\nt",
                "| a | \\[b\\] |\n|---|:-:|\n| \\`x|y\\` | \\<z> |\n\nt",
            ),
            ("> q\n\nt", "> q\n\nt"),
        ] {
            assert_eq!(laid_out(text), expected, "{text}");
        }
    }

    #[test]
    fn blank_lines_are_single() {
        assert_eq!(laid_out("\n\na  \n\n\n\nb\\\n\n"), "a\n\nb");
    }
}

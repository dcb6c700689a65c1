//! Tells the markers in front of a line from its text: indentation, quotes, lists, fences.

use super::inline::leading;

/// Deepest list that is kept.
pub(super) const DEEPEST: usize = 8;

/// The fence that opens a code block.
#[derive(Clone, Copy)]
pub(super) struct Fence {
    mark: char,
    len: usize,
}

impl Fence {
    /// The fence in a line that is stripped of its containers.
    pub(super) fn open(line: &str) -> Option<Fence> {
        let mark = line
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let len = leading(line, mark);
        // Backticks further on make it a code span.
        let is_fence = len >= 3 && !(mark == '`' && line[len..].contains('`'));
        is_fence.then_some(Fence { mark, len })
    }

    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '>']).trim_end();
        leading(line, self.mark) >= self.len && line.chars().all(|c| c == self.mark)
    }

    /// The length of a fenced block that a text starts with, with its containers; an open one runs to the end.
    pub(super) fn block_len(text: &str) -> Option<usize> {
        let first = text.split_inclusive('\n').next()?;
        let fence = Fence::open(Containers::parse(first.trim_end()).rest)?;
        let mut len = first.len();
        for line in text[len..].split_inclusive('\n') {
            len += line.len();
            if fence.is_closed_by(line) {
                break;
            }
        }
        Some(len)
    }
}

/// The quote and list markers in front of a line.
pub(super) struct Containers<'l> {
    pub(super) indent: usize,
    pub(super) quoted: bool,
    /// Markers with one space behind each: `> `, `- `, `1. `.
    pub(super) markers: String,
    pub(super) rest: &'l str,
}

impl<'l> Containers<'l> {
    pub(super) fn parse(line: &'l str) -> Self {
        let rest = line.trim_start();
        let mut containers = Containers {
            indent: line.len() - rest.len(),
            quoted: false,
            markers: String::new(),
            rest,
        };
        while !is_rule(containers.rest)
            && let Some(len) = marker_len(containers.rest)
            && containers.markers.len() < 4 * DEEPEST
        {
            let (marker, rest) = containers.rest.split_at(len);
            containers.quoted |= marker == ">";
            containers.markers.push_str(marker);
            containers.markers.push(' ');
            containers.rest = rest.trim_start();
        }
        containers
    }
}

/// The length of the marker that a line starts with.
fn marker_len(line: &str) -> Option<usize> {
    if line.starts_with('>') {
        return Some(1);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let len = match &line.as_bytes()[digits..] {
        [b'-' | b'*' | b'+', ..] if digits == 0 => 1,
        [b'.' | b')', ..] if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    (line.len() == len || line[len..].starts_with(' ')).then_some(len)
}

/// A thematic break: three or more of one mark and nothing else.
pub(super) fn is_rule(line: &str) -> bool {
    let marks: Vec<char> = line.chars().filter(|&c| c != ' ').collect();
    marks.len() >= 3
        && matches!(marks[0], '-' | '*' | '_')
        && marks.iter().all(|&mark| mark == marks[0])
}

//! One file's text, and where its lines begin.

use std::fmt;
use std::sync::OnceLock;

use super::arena::Text;

/// A range of bytes in a file's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// Makes the span of `start..end`; offsets beyond 4 GiB, which no file may have, are capped.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let cap = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span {
            start: cap(start),
            end: cap(end.max(start)),
        }
    }
}

/// One file of a description.
pub struct File {
    /// The path as given on the command line, or derived from it.
    pub name: String,
    /// The decoded text, without a byte order mark.
    pub text: String,
    /// The normalised path, which relative references join to.
    pub(super) path: String,
    /// The path relative to the entry's folder, as pointers show it; empty for the entry itself.
    pub(super) relative: String,
    /// Scalars that differ from their source text, one after the other.
    pub(super) unescaped: String,
    /// When the file was met; findings are sorted by it.
    pub(crate) order: u32,
    lines: OnceLock<LineIndex>,
}

impl File {
    pub(super) fn new(name: &str, order: u32, text: String) -> Self {
        File {
            name: name.to_owned(),
            text,
            path: name.to_owned(),
            relative: String::new(),
            unescaped: String::new(),
            order,
            lines: OnceLock::new(),
        }
    }

    /// The line and column of a byte, both counted from 1, columns in characters.
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let lines = self.lines();
        let line = lines.line_of(offset);
        let before = lines.characters_before(&self.text, offset);
        let column = before - lines.characters_before(&self.text, lines.starts[line]);
        (line as u32 + 1, column + 1)
    }

    /// The bytes of a line (counted from 0), without its line break; None past the last line.
    pub(crate) fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let lines = self.lines();
        let start = *lines.starts.get(line)? as usize;
        let end = lines
            .starts
            .get(line + 1)
            .map_or(self.text.len(), |next| *next as usize - 1);
        let end = if self.text[start..end].ends_with('\r') {
            end - 1
        } else {
            end
        };
        Some(start..end)
    }

    /// The pointer of the file's outermost value.
    pub(crate) fn pointer(&self) -> String {
        format!("{}#", self.relative)
    }

    pub(super) fn slice(&self, text: Text) -> &str {
        text.of(&self.text, &self.unescaped)
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Bytes per entry of [`LineIndex::characters`].
const BLOCK: usize = 1024;

struct LineIndex {
    starts: Vec<u32>,
    /// How many characters stand before each block of bytes; a file may be one line of 13 MB.
    characters: Vec<u32>,
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at as u32 + 1))
            .collect();
        let mut characters = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0;
        for block in bytes.chunks(BLOCK) {
            characters.push(count);
            count += count_characters(block);
        }
        LineIndex { starts, characters }
    }

    fn line_of(&self, offset: u32) -> usize {
        // `starts` begins with 0, so at least one start is at or before any offset.
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    fn characters_before(&self, text: &str, offset: u32) -> u32 {
        let bytes = &text.as_bytes()[..text.len().min(offset as usize)];
        let block = bytes.len() / BLOCK;
        let Some(whole) = self.characters.get(block) else {
            let last = self.characters.len().saturating_sub(1);
            let whole = self.characters.get(last).copied().unwrap_or(0);
            return whole + count_characters(&bytes[last * BLOCK..]);
        };
        whole + count_characters(&bytes[block * BLOCK..])
    }
}

/// Counts the bytes that begin a UTF-8 character.
fn count_characters(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .map(|byte| u32::from(byte & 0xC0 != 0x80))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::File;

    fn file(text: &str) -> File {
        File::new("f", 0, text.to_owned())
    }

    #[test]
    fn columns_count_characters() {
        let text = "aé\nß𝄞x";
        assert_eq!(file(text).line_column(0), (1, 1));
        assert_eq!(file(text).line_column(3), (1, 3));
        assert_eq!(file(text).line_column(4), (2, 1));
        assert_eq!(file(text).line_column(10), (2, 3));
        assert_eq!(file(text).line_column(99), (2, 4));
        assert_eq!(file("").line_column(0), (1, 1));
    }

    #[test]
    fn columns_are_right_in_long_lines() {
        let text = "é".repeat(5000);
        assert_eq!(file(&text).line_column(2 * 1777), (1, 1778));
        assert_eq!(file(&text).line_column(2 * 5000), (1, 5001));
        assert_eq!(file(&"x".repeat(1024)).line_column(1024), (1, 1025));
    }

    #[test]
    fn line_ranges_exclude_the_line_break() {
        let file = file("one\r\ntwo\n");
        let lines = (0..4).map(|line| file.line_range(line).map(|range| &file.text[range]));
        assert_eq!(
            lines.collect::<Vec<_>>(),
            [Some("one"), Some("two"), Some(""), None]
        );
    }
}

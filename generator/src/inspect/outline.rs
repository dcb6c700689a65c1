//! Indented text.

use std::fmt::{Display, Write};

/// Lines, each indented by how deep it stands.
#[derive(Default)]
pub(super) struct Outline {
    text: String,
    depth: usize,
}

impl Outline {
    /// Adds one line.
    pub(super) fn line(&mut self, line: impl Display) {
        let start = self.text.len();
        self.text.extend(std::iter::repeat_n("  ", self.depth));
        write!(self.text, "{line}").expect("writing to a string does not fail");
        self.text
            .truncate(start + self.text[start..].trim_end().len());
        self.text.push('\n');
    }

    /// Adds an empty line between two parts.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds a line and, below it, what `inner` adds.
    pub(super) fn section(&mut self, line: impl Display, inner: impl FnOnce(&mut Self)) {
        self.line(line);
        self.indented(inner);
    }

    /// Adds what `inner` adds, one step deeper.
    pub(super) fn indented(&mut self, inner: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    /// Adds a line; what follows stands below it until [`Outline::close`].
    pub(super) fn open(&mut self, line: impl Display) {
        self.line(line);
        self.depth += 1;
    }

    /// Ends what [`Outline::open`] began.
    pub(super) fn close(&mut self) {
        self.depth -= 1;
    }

    /// Like [`Outline::section`], left out when it would be empty.
    pub(super) fn list<T>(
        &mut self,
        line: impl Display,
        items: &[T],
        mut each: impl FnMut(&mut Self, &T),
    ) {
        if !items.is_empty() {
            self.section(line, |outline| {
                items.iter().for_each(|item| each(outline, item))
            });
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Words that apply, separated by spaces, with a space before each: ` required deprecated`.
pub(super) fn words(words: &[(bool, &str)]) -> String {
    words
        .iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, word)| format!(" {word}"))
        .collect()
}

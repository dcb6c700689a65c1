//! How nodes lie in memory: three flat lists over all files.

use super::file::Span;
use super::node::Kind;

/// Stands for "no node" and "no position".
pub(super) const NONE: u32 = u32::MAX;

/// Mappings with more entries than this are searched by key order instead of one by one.
pub(super) const LINEAR: usize = 16;

/// The nodes of all files, and their children.
#[derive(Default)]
pub(super) struct Arena {
    pub(super) nodes: Vec<NodeData>,
    /// Children of sequences; those of one sequence are neighbours.
    pub(super) items: Vec<u32>,
    /// Entries of mappings; those of one mapping are neighbours.
    pub(super) entries: Vec<Entry>,
}

pub(super) struct NodeData {
    pub(super) span: Span,
    pub(super) parent: u32,
    /// The position in `items` or `entries` that names this node, by its first parent.
    pub(super) slot: u32,
    pub(super) content: Content,
    pub(super) file: u16,
    pub(super) kind: Kind,
}

/// Where the text of a scalar, the items of a sequence or the entries of a mapping are.
#[derive(Clone, Copy, Default)]
pub(super) struct Content {
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Content {
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// One entry of a mapping.
///
/// A mapping's visible entries are followed by the ones that lost against an equal key and by its
/// merge keys: nothing finds those, but the nodes in them still know their place.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) key: Text,
    pub(super) key_span: Span,
    pub(super) value: u32,
    /// In the n-th entry of a big mapping: the position of the entry whose key is the n-th in order.
    pub(super) by_key: u32,
}

/// A piece of a file's text, or of what was unescaped from it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Text {
    start: u32,
    length: u32,
}

impl Text {
    /// Marks lengths of unescaped text; files are limited to a size that leaves the bit free.
    const UNESCAPED: u32 = 1 << 31;
    pub(super) const EMPTY: Text = Text {
        start: 0,
        length: 0,
    };

    pub(super) fn source(start: usize, end: usize) -> Self {
        let Span { start, end } = Span::new(start, end);
        Text {
            start,
            length: end - start,
        }
    }

    pub(super) fn unescaped(start: usize, end: usize) -> Self {
        let text = Text::source(start, end);
        Text {
            length: text.length | Text::UNESCAPED,
            ..text
        }
    }

    pub(super) fn of<'t>(self, source: &'t str, unescaped: &'t str) -> &'t str {
        let length = self.length & !Text::UNESCAPED;
        let range = self.start as usize..(self.start + length) as usize;
        if self.length & Text::UNESCAPED == 0 {
            &source[range]
        } else {
            &unescaped[range]
        }
    }

    pub(super) fn as_content(self) -> Content {
        Content {
            start: self.start,
            length: self.length,
        }
    }

    pub(super) fn from_content(content: Content) -> Self {
        Text {
            start: content.start,
            length: content.length,
        }
    }
}

/// How much of an arena belongs to earlier files.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    nodes: usize,
    items: usize,
    entries: usize,
}

impl Arena {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            nodes: self.nodes.len(),
            items: self.items.len(),
            entries: self.entries.len(),
        }
    }

    /// Forgets everything since the mark.
    pub(super) fn rewind(&mut self, mark: Mark) {
        self.nodes.truncate(mark.nodes);
        self.items.truncate(mark.items);
        self.entries.truncate(mark.entries);
    }
}

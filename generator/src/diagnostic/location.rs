//! Where something stands.

use std::fmt;
use std::sync::Arc;

use crate::spec::{File, Key, Node, Span};

/// A place in a file of the description.
#[derive(Clone)]
pub struct Location {
    /// The file as people know it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The bytes of the file's text.
    pub span: Span,
    /// The JSON pointer of the value: `#/paths/~1parcels`.
    pub pointer: String,
    pub(super) source: Arc<File>,
}

impl Location {
    /// The place of a node: the key of a mapping or sequence, whose own span would be many lines.
    pub(crate) fn of(node: Node<'_>) -> Self {
        let (own, key) = (node.span(), node.key());
        let shown = match key {
            Some(key) if node.is_mapping() || node.is_sequence() || own.start == own.end => {
                key.span
            }
            _ => own,
        };
        Location::new(node.shared_file(), shown, node.pointer())
    }

    /// The place of a key in a mapping.
    pub(crate) fn of_key(mapping: Node<'_>, key: Key<'_>) -> Self {
        let mut pointer = mapping.pointer();
        crate::spec::push_token(&mut pointer, key.text);
        Location::new(mapping.shared_file(), key.span, pointer)
    }

    /// A place that no node has, such as a syntax error.
    pub(crate) fn in_file(file: &Arc<File>, span: Span) -> Self {
        Location::new(file, span, file.pointer())
    }

    fn new(source: &Arc<File>, span: Span, pointer: String) -> Self {
        let (line, column) = source.line_column(span.start);
        let source = Arc::clone(source);
        Location {
            file: source.name.clone(),
            line,
            column,
            span,
            pointer,
            source,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.pointer)
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        (&self.file, self.span, &self.pointer) == (&other.file, other.span, &other.pointer)
    }
}

impl Eq for Location {}

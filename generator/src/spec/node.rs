//! A cursor on one value of the tree.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::arena::{LINEAR, NONE, NodeData, Text};
use super::file::{File, Span};
use super::tree::Tree;

/// Names a node among those of all files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The position of the node among those of all files.
    pub fn index(self) -> u32 {
        self.0
    }
}

/// What sort of value a node is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool,
    /// Any number, kept as written; YAML's `.inf` and `.nan` too.
    Number,
    /// Text.
    String,
    /// An ordered list.
    Sequence,
    /// Keys and values.
    Mapping,
}

/// The key of a mapping's entry; keys that are no strings (`200`, `true`) are their source text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key<'t> {
    /// The text.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
}

/// One value of a description, and its place; equal to another when it is the same place.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

impl<'t> Node<'t> {
    /// The node's name among those of all files.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The tree the node is in.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Where the value stands in its file.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// The file the value stands in.
    pub fn file(self) -> &'t File {
        self.shared_file()
    }

    /// The file, for those who keep it.
    pub(crate) fn shared_file(self) -> &'t Arc<File> {
        &self.tree.files[self.data().file as usize]
    }

    /// What sort of value this is.
    pub fn kind(self) -> Kind {
        self.data().kind
    }

    /// Whether this is null.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Whether this is a mapping.
    pub fn is_mapping(self) -> bool {
        self.kind() == Kind::Mapping
    }

    /// Whether this is a sequence.
    pub fn is_sequence(self) -> bool {
        self.kind() == Kind::Sequence
    }

    /// Whether this is a string.
    pub fn is_string(self) -> bool {
        self.kind() == Kind::String
    }

    /// The text of a string; None for everything else.
    pub fn as_str(self) -> Option<&'t str> {
        if self.is_string() {
            self.scalar()
        } else {
            None
        }
    }

    /// The text of any scalar: strings unescaped, numbers and the others as written (`1.10`, `true`).
    pub fn scalar(self) -> Option<&'t str> {
        let data = self.data();
        match data.kind {
            Kind::Mapping | Kind::Sequence => None,
            _ => Some(self.file().slice(Text::from_content(data.content))),
        }
    }

    /// The value of a boolean; None for everything else.
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::Bool => self.scalar().map(|text| text.starts_with(['t', 'T'])),
            _ => None,
        }
    }

    /// The items of a sequence; none for everything else.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'t>> + ExactSizeIterator + Clone {
        let data = self.data();
        let range = if data.kind == Kind::Sequence {
            data.content.range()
        } else {
            0..0
        };
        let tree = self.tree;
        tree.arena.items[range].iter().map(move |id| tree.at(*id))
    }

    /// The entries of a mapping in the order written, merged ones last; none for everything else.
    pub fn entries(
        self,
    ) -> impl DoubleEndedIterator<Item = (Key<'t>, Node<'t>)> + ExactSizeIterator + Clone {
        let (tree, file) = (self.tree, self.file());
        self.entry_slice().iter().map(move |entry| {
            (
                Key {
                    text: file.slice(entry.key),
                    span: entry.key_span,
                },
                tree.at(entry.value),
            )
        })
    }

    /// The value of a key; None when there is no such key, or this is no mapping.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        let entries = self.entry_slice();
        let file = self.file();
        let found = if entries.len() <= LINEAR {
            entries.iter().find(|entry| file.slice(entry.key) == key)?
        } else {
            let nth = |position: &u32| &entries[*position as usize];
            let compare = |position: &u32| file.slice(nth(position).key).cmp(key);
            let order = entries
                .binary_search_by(|entry| compare(&entry.by_key))
                .ok()?;
            nth(&entries[order].by_key)
        };
        Some(self.tree.at(found.value))
    }

    /// The key of a mapping's entry, with its place.
    pub fn get_key(self, key: &str) -> Option<Key<'t>> {
        self.entries()
            .find(|(own, _)| own.text == key)
            .map(|(own, _)| own)
    }

    /// The mapping or sequence the value stands in; None at the top of a file.
    pub fn parent(self) -> Option<Node<'t>> {
        let parent = self.data().parent;
        (parent != NONE).then(|| self.tree.at(parent))
    }

    /// Whether this is a file's outermost value.
    pub fn is_root(self) -> bool {
        self.data().parent == NONE
    }

    /// The outermost value of the node's file.
    pub fn root(self) -> Node<'t> {
        self.tree.at(self.tree.roots[self.data().file as usize])
    }

    /// The key under which the value stands; None in a sequence and at the top of a file.
    pub fn key_in_parent(self) -> Option<&'t str> {
        self.key().map(|key| key.text)
    }

    /// The key under which the value stands, with its place.
    pub fn key(self) -> Option<Key<'t>> {
        let data = self.data();
        if data.slot == NONE || !self.parent()?.is_mapping() {
            return None;
        }
        let entry = &self.tree.arena.entries[data.slot as usize];
        Some(Key {
            text: self.file().slice(entry.key),
            span: entry.key_span,
        })
    }

    /// The position in the sequence that the value stands in.
    pub(super) fn index_in_parent(self) -> Option<u32> {
        let parent = self.parent()?;
        let data = self.data();
        (data.slot != NONE && parent.is_sequence()).then(|| data.slot - parent.data().content.start)
    }

    fn entry_slice(self) -> &'t [super::arena::Entry] {
        let data = self.data();
        let range = if data.kind == Kind::Mapping {
            data.content.range()
        } else {
            0..0
        };
        &self.tree.arena.entries[range]
    }

    pub(super) fn data(self) -> &'t NodeData {
        &self.tree.arena.nodes[self.id.0 as usize]
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pointer())
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Node<'_> {}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

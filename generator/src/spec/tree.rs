//! All files of a description, as one tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::arena::Arena;
use super::file::File;
use super::index::Index;
use super::node::{Node, NodeId};

/// The values of all files of one description.
#[derive(Default)]
pub struct Tree {
    pub(super) arena: Arena,
    /// The files that could be read; the entry comes first.
    pub(super) files: Vec<Arc<File>>,
    /// The outermost node of each file.
    pub(super) roots: Vec<u32>,
    /// What became of each path that a reference names.
    pub(super) paths: BTreeMap<String, Lookup>,
    pub(super) index: Index,
}

/// What a path led to.
pub(super) enum Lookup {
    /// A file, by its position in [`Tree::files`].
    Found(u16),
    /// Nothing that can be read, and why.
    Missing(String),
    /// A file with broken syntax.
    Broken,
}

impl Tree {
    /// The outermost value of the entry file.
    pub fn entry(&self) -> Node<'_> {
        self.at(self.roots[0])
    }

    /// The outermost value of each file; the entry comes first.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.roots.iter().map(|root| self.at(*root))
    }

    /// The files that were read; the entry comes first.
    pub fn files(&self) -> &[Arc<File>] {
        &self.files
    }

    /// The node of an id that came from this tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// How many nodes all files have together.
    pub fn node_count(&self) -> usize {
        self.arena.nodes.len()
    }

    pub(super) fn at(&self, id: u32) -> Node<'_> {
        self.node(NodeId(id))
    }
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tree")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

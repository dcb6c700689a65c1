//! The bytes of a description's files, read into one tree that remembers where everything stood.
//!
//! Input: a path and a [`Loader`]. Output: a [`Tree`] over the entry file and all files its references lead to.
//! Invariants: every node has a span in its file; scalars keep the text as written (`1.10`, `000150`);
//! no key stands twice in a mapping; merge keys are applied; no path through the tree is deeper than
//! [`Options::max_depth`], also through aliases.
//! Never: knows what OpenAPI is, expands an alias, or fetches anything from a network.

mod arena;
mod builder;
mod decode;
mod disk;
mod file;
mod finding;
mod index;
mod json;
mod json_text;
mod likeness;
mod loader;
mod node;
mod pointer;
mod read;
mod reference;
mod scalar;
mod tree;
mod uri;
mod yaml;

pub use disk::DiskLoader;
pub use file::{File, Span};
pub use loader::{Loader, MemoryLoader};
pub use node::{Key, Kind, Node, NodeId};
pub(crate) use pointer::push_token;
pub use read::{Options, read};
pub use reference::Unresolved;
pub use tree::Tree;

#[cfg(test)]
mod tests;

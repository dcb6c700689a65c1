//! From the text of a `$ref` to the node it means.

use std::fmt;

use super::node::{Node, NodeId};
use super::tree::Lookup;
use super::uri;

/// Why a reference leads nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unresolved {
    /// It names something on a network.
    Remote,
    /// The file cannot be read.
    MissingFile {
        /// The file's path.
        path: String,
        /// Why not, in words for people.
        reason: String,
    },
    /// The file has broken syntax, which a diagnostic of its own tells.
    BrokenFile {
        /// The file's path.
        path: String,
    },
    /// The file is there, the value is not.
    NotFound {
        /// The last node on the way that exists.
        existing: NodeId,
        /// That node's pointer.
        within: String,
        /// What it does not have.
        missing: String,
    },
    /// The file has no anchor of this name.
    NoAnchor {
        /// The anchor's name.
        anchor: String,
        /// The file's name.
        file: String,
    },
}

impl<'t> Node<'t> {
    /// The node that a reference standing here leads to; remote ones are never followed.
    pub fn resolve(self, reference: &str) -> Result<Node<'t>, Unresolved> {
        let (location, fragment) = uri::split_fragment(reference);
        if !location.is_empty() {
            return self.locate(location)?.fragment(fragment);
        }
        // Within a schema that has an `$id` a pointer begins at that schema; many mean the file anyway.
        match self.resource().map(|resource| resource.fragment(fragment)) {
            Some(Ok(node)) => Ok(node),
            _ => self.root().fragment(fragment),
        }
    }

    /// The outermost node of what the part before `#` names.
    fn locate(self, location: &str) -> Result<Node<'t>, Unresolved> {
        let tree = self.tree;
        if let Some(node) = tree
            .index
            .identifiers
            .get(&uri::join(self.base(), location))
        {
            return Ok(tree.node(*node));
        }
        if uri::has_scheme(location) {
            return Err(Unresolved::Remote);
        }
        let path = uri::join(&self.file().path, &uri::percent_decode(location));
        match tree.paths.get(&path) {
            Some(Lookup::Found(file)) => Ok(tree.at(tree.roots[*file as usize])),
            Some(Lookup::Missing(reason)) => Err(Unresolved::MissingFile {
                path,
                reason: reason.clone(),
            }),
            Some(Lookup::Broken) => Err(Unresolved::BrokenFile { path }),
            None => {
                let reason = "nothing was read under that name".to_owned();
                Err(Unresolved::MissingFile { path, reason })
            }
        }
    }

    fn fragment(self, fragment: &str) -> Result<Node<'t>, Unresolved> {
        let decoded = uri::percent_decode(fragment);
        if !decoded.is_empty() && !decoded.starts_with('/') {
            return self.anchor(&decoded);
        }
        match self.walk(&decoded) {
            Ok(node) => Ok(node),
            // Some descriptions have percent codes in their keys, and refer to them as they are.
            Err((existing, missing)) => self.step(fragment).ok_or_else(|| Unresolved::NotFound {
                existing: existing.id,
                within: existing.pointer(),
                missing: missing.into_owned(),
            }),
        }
    }

    fn anchor(self, name: &str) -> Result<Node<'t>, Unresolved> {
        let anchors = &self.tree.index.anchors;
        let found = anchors.get(&(self.data().file, name.to_owned()));
        found
            .map(|node| self.tree.node(*node))
            .ok_or_else(|| Unresolved::NoAnchor {
                anchor: name.to_owned(),
                file: self.file().name.clone(),
            })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unresolved::Remote => f.write_str("remote references are not followed"),
            Unresolved::MissingFile { path, reason } => write!(f, "cannot read `{path}`: {reason}"),
            Unresolved::BrokenFile { path } => write!(f, "`{path}` has broken syntax"),
            Unresolved::NotFound {
                within, missing, ..
            } => write!(f, "`{within}` has no `{missing}`"),
            Unresolved::NoAnchor { anchor, file } if anchor.contains('/') => {
                write!(
                    f,
                    "`{file}` has no anchor `{anchor}`; a path within a file begins with `#/`"
                )
            }
            Unresolved::NoAnchor { anchor, file } => write!(f, "`{file}` has no anchor `{anchor}`"),
        }
    }
}

impl std::error::Error for Unresolved {}

//! The names that references may use besides paths and pointers, and the references themselves.

use std::collections::BTreeMap;

use super::arena::NONE;
use super::node::{Node, NodeId};
use super::tree::Tree;
use super::uri;

/// Anchors and identifiers of all files.
#[derive(Default)]
pub(super) struct Index {
    /// `$anchor` and `$dynamicAnchor`, per file.
    pub(super) anchors: BTreeMap<(u16, String), NodeId>,
    /// Absolute `$id` and `$self`.
    pub(super) identifiers: BTreeMap<String, NodeId>,
    /// The nodes that have an `$id` or `$self` of their own, and what relative references in them join to.
    pub(super) resources: BTreeMap<NodeId, String>,
}

impl Tree {
    /// Indexes the latest file and gives the paths that its references name.
    ///
    /// `first_entry` is where the file's entries begin in the arena.
    pub(super) fn index_file(&mut self, file: u16, first_entry: usize) -> Vec<String> {
        let keywords = self.keywords(file, first_entry);
        for identified in &keywords.identifiers {
            self.add_identifier(*identified);
        }
        for (value, owner) in keywords.anchors {
            if let Some(name) = self.at(value).as_str() {
                let name = (file, name.to_owned());
                self.index.anchors.entry(name).or_insert(NodeId(owner));
            }
        }
        let mut paths: Vec<String> = keywords
            .references
            .into_iter()
            .filter_map(|value| self.path_of(value))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    fn keywords(&self, file: u16, first_entry: usize) -> Keywords {
        let mut keywords = Keywords::default();
        let source = &self.files[file as usize];
        for (at, entry) in self.arena.entries.iter().enumerate().skip(first_entry) {
            let value = &self.arena.nodes[entry.value as usize];
            // Aliased values are met where they are written.
            if value.parent == NONE || value.slot as usize != at {
                continue;
            }
            match source.slice(entry.key) {
                "$ref" | "$dynamicRef" => keywords.references.push(entry.value),
                "$anchor" | "$dynamicAnchor" => keywords.anchors.push((entry.value, value.parent)),
                "$id" => keywords.identifiers.push((value.parent, entry.value)),
                "$self" if self.arena.nodes[value.parent as usize].parent == NONE => {
                    keywords.identifiers.push((value.parent, entry.value));
                }
                "mapping" if self.at(value.parent).key_in_parent() == Some("discriminator") => {
                    let values = self.at(entry.value).entries();
                    let files = values.filter(|(_, value)| value.as_str().is_some_and(names_file));
                    keywords
                        .references
                        .extend(files.map(|(_, value)| value.id.0));
                }
                _ => {}
            }
        }
        // Outer nodes have smaller ids, and inner identifiers join to outer ones.
        keywords.identifiers.sort_unstable();
        keywords
    }

    fn add_identifier(&mut self, (owner, value): (u32, u32)) {
        let node = self.at(owner);
        let Some(text) = self.at(value).as_str() else {
            return;
        };
        let (location, fragment) = uri::split_fragment(text);
        if location.is_empty() {
            // Older drafts write anchors as `$id: "#name"`.
            if !fragment.is_empty() {
                let name = (node.data().file, fragment.to_owned());
                self.index.anchors.entry(name).or_insert(NodeId(owner));
            }
            return;
        }
        let identifier = uri::join(node.base(), location);
        self.index
            .identifiers
            .entry(identifier.clone())
            .or_insert(NodeId(owner));
        self.index.resources.insert(NodeId(owner), identifier);
    }

    /// The path of the file that a reference names; None within a file and for remote ones.
    fn path_of(&self, value: u32) -> Option<String> {
        let node = self.at(value);
        let (location, _) = uri::split_fragment(node.as_str()?);
        if location.is_empty() || uri::has_scheme(location) {
            return None;
        }
        Some(uri::join(&node.file().path, &uri::percent_decode(location)))
    }
}

impl<'t> Node<'t> {
    /// What relative references here join to: the nearest `$id`, or the file's path.
    pub(super) fn base(self) -> &'t str {
        let identifier = self
            .resource()
            .and_then(|node| self.tree.index.resources.get(&node.id));
        identifier.map_or(&self.file().path, String::as_str)
    }

    /// The nearest node around this one that has an `$id`.
    pub(super) fn resource(self) -> Option<Node<'t>> {
        let resources = &self.tree.index.resources;
        if resources.is_empty() {
            return None;
        }
        let around = std::iter::successors(Some(self), |node| node.parent());
        around
            .into_iter()
            .find(|node| resources.contains_key(&node.id))
    }
}

/// Nodes with meaning for references, by the keyword they stand under.
#[derive(Default)]
struct Keywords {
    references: Vec<u32>,
    /// Value and owner.
    anchors: Vec<(u32, u32)>,
    /// Owner and value.
    identifiers: Vec<(u32, u32)>,
}

/// Whether a discriminator's mapping value is a file rather than a component's name.
fn names_file(value: &str) -> bool {
    let (location, _) = uri::split_fragment(value);
    location.contains('/')
        || [".yaml", ".yml", ".json"]
            .iter()
            .any(|end| location.ends_with(end))
}

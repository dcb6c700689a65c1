//! Operations by tag: the handles of the client.

use super::docs;
use super::model::{Group, OperationId};
use super::operation_name::segments;
use crate::document::{self, Document, PathItem};

pub(super) struct Groups<'a, 't> {
    document: &'a Document<'t>,
    groups: Vec<Group>,
}

impl<'a, 't> Groups<'a, 't> {
    pub(super) fn new(document: &'a Document<'t>) -> Self {
        Groups {
            document,
            groups: Vec::new(),
        }
    }

    /// Puts the operation into the group of its first tag, or of its path where it has none.
    pub(super) fn add(
        &mut self,
        path_item: &PathItem<'t>,
        operation: &document::Operation<'t>,
        id: OperationId,
    ) {
        let tag = operation
            .tags
            .iter()
            .map(|tag| tag.trim())
            .find(|tag| !tag.is_empty());
        let name = tag.map_or_else(|| group_of_path(path_item.path), str::to_owned);
        match self.groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.operations.push(id),
            None => {
                let docs = self.docs(&name);
                self.groups.push(Group {
                    name,
                    docs,
                    operations: vec![id],
                });
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Group> {
        self.groups
    }

    fn docs(&self, name: &str) -> super::model::Docs {
        let tag = self
            .document
            .tags
            .iter()
            .find(|tag| tag.name.trim() == name);
        tag.map(|tag| docs::of(tag.summary, tag.description, false))
            .unwrap_or_default()
    }
}

/// The first word of the path that says something: `parcels` of `/api/v2/parcels/{id}`.
fn group_of_path(path: &str) -> String {
    let says = |segment: &&str| {
        !segment.contains('{') && !is_prefix(segment) && segment.chars().any(char::is_alphanumeric)
    };
    segments(path)
        .into_iter()
        .find(says)
        .unwrap_or("root")
        .to_owned()
}

fn is_prefix(segment: &str) -> bool {
    let version = segment
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    version || matches!(segment, "api" | "rest")
}

//! Schemas: one id per node, each read once, none within another.
//!
//! Input: schema nodes of any dialect. Output: the arena of [`Schema`]s with all keywords as written.
//! Invariants: ids are given in the order of asking; a schema is read when its turn comes, so depth costs no stack.
//! Never: merges, infers or names.

mod annotation;
mod blank;
mod discriminator;
mod enumeration;
mod keywords;
mod limit;
mod object;
mod reference;
mod shape;
mod types;
mod xml;

#[cfg(feature = "wire-tests")]
pub(crate) use shape::says_what_it_is;

use std::collections::BTreeMap;

pub(super) use keywords::KEYWORDS;

use super::fields::Fields;
use super::model::{Schema, SchemaId};
use super::reader::Reader;
use crate::spec::{Node, NodeId};

/// The arena, and what is still to be read into it.
#[derive(Default)]
pub(super) struct Schemas<'t> {
    /// What each id stands for; the ids from `read.len()` on wait to be read.
    origins: Vec<Origin<'t>>,
    /// Ids by node; a parameter's node can stand for a schema made of the parameter's own keys too.
    ids: BTreeMap<(NodeId, bool), SchemaId>,
    read: Vec<Schema<'t>>,
}

#[derive(Clone)]
enum Origin<'t> {
    Schema {
        node: Node<'t>,
        component: Option<&'t str>,
    },
    /// A parameter or header with the schema's keywords among its own.
    Flat { node: Node<'t> },
    /// An object made of form fields.
    Form {
        node: Node<'t>,
        properties: Vec<(&'t str, SchemaId)>,
        required: Vec<&'t str>,
    },
}

impl<'t> Schemas<'t> {
    fn id(&mut self, node: Node<'t>, origin: Origin<'t>) -> SchemaId {
        let key = (node.id(), matches!(origin, Origin::Flat { .. }));
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.push(origin);
        self.ids.insert(key, id);
        id
    }

    fn push(&mut self, origin: Origin<'t>) -> SchemaId {
        let id = SchemaId(u32::try_from(self.origins.len()).expect("a tree has fewer nodes"));
        self.origins.push(origin);
        id
    }
}

impl<'t> Reader<'t, '_> {
    pub(super) fn schema(&mut self, node: Node<'t>) -> SchemaId {
        self.schemas.id(
            node,
            Origin::Schema {
                node,
                component: None,
            },
        )
    }

    pub(super) fn component_schema(&mut self, name: &'t str, node: Node<'t>) -> SchemaId {
        self.schemas.id(
            node,
            Origin::Schema {
                node,
                component: Some(name),
            },
        )
    }

    /// The schema of a place that may do without: null counts as absent.
    pub(super) fn optional_schema(&mut self, node: Node<'t>) -> Option<SchemaId> {
        if node.is_null() {
            self.converted(node, "the schema is null; it counts as absent");
            return None;
        }
        Some(self.schema(node))
    }

    /// The schema of a parameter or header: its `schema`, else its own keys where they are keywords.
    pub(super) fn schema_or_flat(
        &mut self,
        fields: &mut Fields<'t>,
        node: Node<'t>,
    ) -> Option<SchemaId> {
        if let Some(schema) = fields.take("schema") {
            return self.optional_schema(schema);
        }
        let is_flat = ["type", "enum", "items", "format"]
            .iter()
            .any(|key| fields.peek(key).is_some());
        if !is_flat {
            return None;
        }
        self.foreign_keyword(node, "a type without `schema`");
        Some(self.flat_keywords(fields, node))
    }

    /// The schema made of a parameter's own keys, whatever they are.
    pub(super) fn flat_schema(&mut self, node: Node<'t>) -> SchemaId {
        self.schemas.id(node, Origin::Flat { node })
    }

    pub(super) fn form_schema(
        &mut self,
        node: Node<'t>,
        properties: Vec<(&'t str, SchemaId)>,
        required: Vec<&'t str>,
    ) -> SchemaId {
        self.schemas.push(Origin::Form {
            node,
            properties,
            required,
        })
    }

    /// Reads all schemas that were asked for, and those they ask for in turn.
    pub(super) fn finish_schemas(&mut self) -> Vec<Schema<'t>> {
        while let Some(origin) = self.schemas.origins.get(self.schemas.read.len()).cloned() {
            let schema = self.read_schema(origin);
            self.schemas.read.push(schema);
        }
        let mut schemas = std::mem::take(&mut self.schemas.read);
        self.break_reference_cycles(&mut schemas);
        schemas
    }

    fn flat_keywords(&mut self, fields: &mut Fields<'t>, node: Node<'t>) -> SchemaId {
        let written: Vec<&str> = fields.keys().collect();
        for keyword in KEYWORDS {
            if written.contains(keyword) {
                fields.take(keyword);
            }
        }
        self.flat_schema(node)
    }
}

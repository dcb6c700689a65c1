//! One schema node: what kind it is, and each of its keys in turn.

use super::super::model::{Schema, TypeSet};
use super::super::reader::Reader;
use super::Origin;
use super::blank::Draft;
use super::keywords::{KEYWORDS, PARAMETER_KEYS};
use crate::document::ignored;
use crate::spec::{Key, Kind, Node};

impl<'t> Reader<'t, '_> {
    pub(super) fn read_schema(&mut self, origin: Origin<'t>) -> Schema<'t> {
        match origin {
            Origin::Schema { node, component } => {
                let mut schema = self.schema_node(node);
                schema.component = component;
                schema
            }
            Origin::Flat { node } => {
                let is_keyword = |key: &Key<'t>| !PARAMETER_KEYS.contains(&key.text);
                let keywords = node.entries().filter(|(key, _)| is_keyword(key)).collect();
                self.keywords(node, keywords, true)
            }
            Origin::Form {
                node,
                properties,
                required,
            } => {
                let mut schema = Draft::of(node).schema;
                schema.types = TypeSet::OBJECT;
                schema.properties = properties;
                schema.required = required;
                schema
            }
        }
    }

    fn schema_node(&mut self, node: Node<'t>) -> Schema<'t> {
        if node.kind() == Kind::Mapping {
            let entries = node.entries().collect();
            return self.keywords(node, entries, false);
        }
        let mut schema = Draft::of(node).schema;
        match (node.kind(), node.scalar()) {
            (Kind::Bool, _) => schema.boolean = node.as_bool(),
            (Kind::Null, _) => self.converted(node, "the schema is null; it allows any value"),
            (Kind::String, Some(text @ ("true" | "false"))) => {
                self.converted(node, format!("the schema is text; it is taken as {text}"));
                schema.boolean = Some(text == "true");
            }
            _ => self.wrong_type(node, "schema", "a mapping, true or false"),
        }
        schema
    }

    fn keywords(
        &mut self,
        node: Node<'t>,
        entries: Vec<(Key<'t>, Node<'t>)>,
        is_flat: bool,
    ) -> Schema<'t> {
        let mut draft = Draft::of(node);
        for (key, value) in entries {
            let is_read = self.shape(&mut draft, key.text, value)
                || self.annotation(&mut draft, key.text, value)
                || self.limit(&mut draft, key.text, value)
                || self.composition(&mut draft, key.text, value);
            if key.text.starts_with("x-") {
                draft.schema.extensions.push((key.text, value));
            } else if !is_read && !is_flat && !is_ignored(key.text, value) {
                self.unread_key(node, key, "a schema", KEYWORDS);
            }
        }
        self.dynamic_anchors(&mut draft.schema);
        self.upgrade(&mut draft);
        draft.schema
    }

    /// Keywords that only mean something together, and spellings of older drafts.
    fn upgrade(&mut self, draft: &mut Draft<'t>) {
        self.upgrade_limits(draft);
        self.upgrade_shape(draft);
        self.enumeration_names(draft);
    }
}

fn is_ignored(key: &str, value: Node<'_>) -> bool {
    // A property that slipped out of `properties` is called `id` more often than a schema has one.
    let is_meant = key != "id" || value.is_string();
    is_meant && ignored::SCHEMA.iter().any(|(ignored, _)| *ignored == key)
}

//! Names and descriptions of an enumeration's values, from the extensions that many tools share.

use super::super::reader::Reader;
use super::blank::Draft;
use crate::diagnostic::codes;
use crate::spec::{Kind, Node};

const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-names"];
const DESCRIPTIONS: &[&str] = &[
    "x-enum-descriptions",
    "x-enumDescriptions",
    "x-google-enum-descriptions",
];

impl<'t> Reader<'t, '_> {
    /// Fills in what stands beside the values: one per value, or none at all.
    pub(super) fn enumeration_names(&mut self, draft: &mut Draft<'t>) {
        if draft.schema.extensions.is_empty() {
            return;
        }
        let Some(values) = draft.schema.enumeration.clone() else {
            return;
        };
        let extension = |names: &[&str]| {
            let mut extensions = draft.schema.extensions.iter();
            extensions
                .find(|(key, _)| names.contains(key))
                .map(|(_, node)| *node)
        };
        let names = extension(NAMES);
        let descriptions = extension(DESCRIPTIONS);
        let microsoft = extension(&["x-ms-enum"]).and_then(|node| node.get("values"));
        draft.schema.enumeration_names = match (names, microsoft) {
            (Some(node), _) => self.one_per_value(node, &values),
            (None, Some(node)) => one_per_value_object(node, "name", &values),
            (None, None) => Vec::new(),
        };
        draft.schema.enumeration_descriptions = match (descriptions, microsoft) {
            (Some(node), _) => self.one_per_value(node, &values),
            (None, Some(node)) => one_per_value_object(node, "description", &values),
            (None, None) => Vec::new(),
        };
    }

    /// A list beside the list of values, or a mapping from them.
    fn one_per_value(&mut self, node: Node<'t>, values: &[Node<'t>]) -> Vec<&'t str> {
        if node.kind() == Kind::Mapping {
            let text = |value: &Node<'t>| node.get(value.scalar()?)?.as_str();
            return values
                .iter()
                .map(|value| text(value).unwrap_or_default())
                .collect();
        }
        let texts: Vec<&'t str> = node
            .items()
            .map(|item| item.scalar().unwrap_or_default())
            .collect();
        if texts.len() != values.len() {
            let message = format!(
                "{} texts stand beside {} values; none is used",
                texts.len(),
                values.len()
            );
            self.diagnostics
                .at(&codes::MISMATCHED_ENUM_NAMES, node, message);
            return Vec::new();
        }
        texts
    }
}

/// `x-ms-enum` lists objects that repeat the value, in any order.
fn one_per_value_object<'t>(node: Node<'t>, key: &str, values: &[Node<'t>]) -> Vec<&'t str> {
    let find = |value: &Node<'t>| {
        let mut entries = node.items();
        entries.find(|entry| entry.get("value").and_then(Node::scalar) == value.scalar())
    };
    let text = |value: &Node<'t>| find(value)?.get(key)?.as_str();
    let texts: Vec<&'t str> = values
        .iter()
        .map(|value| text(value).unwrap_or_default())
        .collect();
    if texts.iter().all(|text| text.is_empty()) {
        Vec::new()
    } else {
        texts
    }
}

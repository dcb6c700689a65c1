//! Values of an expected type, and the best substitute where they have another.

use super::fields::Fields;
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::{Key, Kind, Node};

/// The entries of a mapping whose keys are names.
pub(super) type Entries<'t> = Vec<(Key<'t>, Node<'t>)>;

impl<'t> Reader<'t, '_> {
    pub(super) fn text(&mut self, fields: &mut Fields<'t>, key: &'static str) -> Option<&'t str> {
        let node = fields.take(key)?;
        self.text_of(node, key)
    }

    pub(super) fn text_of(&mut self, node: Node<'t>, name: &str) -> Option<&'t str> {
        if let Some(text) = node.as_str() {
            return Some(text);
        }
        match node.kind() {
            Kind::Null => {
                self.converted(node, format!("`{name}` is null; it counts as absent"));
                None
            }
            Kind::Bool | Kind::Number => {
                self.converted(
                    node,
                    format!("`{name}` is a {}; it is taken as text", kind_name(node)),
                );
                node.scalar()
            }
            _ => match self.through_reference(node) {
                Some(target) if target.is_string() => target.as_str(),
                _ => {
                    self.wrong_type(node, name, "text");
                    None
                }
            },
        }
    }

    /// False when absent.
    pub(super) fn flag(&mut self, fields: &mut Fields<'t>, key: &'static str) -> bool {
        self.optional_flag(fields, key).unwrap_or(false)
    }

    pub(super) fn optional_flag(
        &mut self,
        fields: &mut Fields<'t>,
        key: &'static str,
    ) -> Option<bool> {
        let node = fields.take(key)?;
        self.flag_of(node, key)
    }

    pub(super) fn flag_of(&mut self, node: Node<'t>, name: &str) -> Option<bool> {
        if let Some(flag) = node.as_bool() {
            return Some(flag);
        }
        let meant = match node.scalar().map(str::to_ascii_lowercase).as_deref() {
            _ if node.is_null() => None,
            Some("true" | "yes" | "1") => Some(true),
            Some("false" | "no" | "0") => Some(false),
            _ => {
                self.wrong_type(node, name, "true or false");
                return None;
            }
        };
        let taken = meant.map_or("absent".to_owned(), |flag| flag.to_string());
        self.converted(
            node,
            format!("`{name}` is a {}; it is taken as {taken}", kind_name(node)),
        );
        meant
    }

    /// A number's text, as written.
    pub(super) fn number_of(&mut self, node: Node<'t>, name: &str) -> Option<&'t str> {
        match node.kind() {
            Kind::Number => node.scalar(),
            Kind::String
                if node
                    .as_str()
                    .is_some_and(|text| text.parse::<f64>().is_ok()) =>
            {
                self.converted(node, format!("`{name}` is text; it is taken as a number"));
                node.as_str()
            }
            Kind::Null => {
                self.converted(node, format!("`{name}` is null; it counts as absent"));
                None
            }
            _ => {
                self.wrong_type(node, name, "a number");
                None
            }
        }
    }

    /// The items of a list; empty when absent.
    pub(super) fn list(&mut self, fields: &mut Fields<'t>, key: &'static str) -> Vec<Node<'t>> {
        match fields.take(key) {
            Some(node) => self.list_of(node, key),
            None => Vec::new(),
        }
    }

    pub(super) fn list_of(&mut self, node: Node<'t>, name: &str) -> Vec<Node<'t>> {
        match node.kind() {
            Kind::Sequence => self.items(node),
            Kind::Null => {
                self.converted(
                    node,
                    format!("`{name}` is null; it is taken as an empty list"),
                );
                Vec::new()
            }
            Kind::Mapping => match self.through_reference(node) {
                Some(target) if target.is_sequence() => self.items(target),
                _ => {
                    self.wrong_type(node, name, "a list");
                    Vec::new()
                }
            },
            _ => {
                self.converted(
                    node,
                    format!(
                        "`{name}` is a {}; it is taken as a list of one",
                        kind_name(node)
                    ),
                );
                vec![node]
            }
        }
    }

    fn items(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        if self.spend(node, node.items().len()) {
            node.items().collect()
        } else {
            Vec::new()
        }
    }

    pub(super) fn texts(&mut self, fields: &mut Fields<'t>, key: &'static str) -> Vec<&'t str> {
        match fields.take(key) {
            Some(node) => self.texts_of(node, key),
            None => Vec::new(),
        }
    }

    pub(super) fn texts_of(&mut self, node: Node<'t>, name: &str) -> Vec<&'t str> {
        let items = self.list_of(node, name);
        items
            .into_iter()
            .filter_map(|item| self.text_of(item, name))
            .collect()
    }

    /// The entries of a mapping from names; empty when absent.
    pub(super) fn map(&mut self, fields: &mut Fields<'t>, key: &'static str) -> Entries<'t> {
        match fields.take(key) {
            Some(node) => self.map_of(node, key),
            None => Vec::new(),
        }
    }

    pub(super) fn map_of(&mut self, node: Node<'t>, name: &str) -> Entries<'t> {
        match self.mapping(node, name) {
            Some(mapping) if self.spend(mapping, mapping.entries().count()) => {
                mapping.entries().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The node itself when it is a mapping, or the mapping that its lone `$ref` leads to.
    pub(super) fn mapping(&mut self, node: Node<'t>, name: &str) -> Option<Node<'t>> {
        match node.kind() {
            Kind::Mapping => match self.through_reference(node) {
                Some(target) if target.is_mapping() => Some(target),
                _ => Some(node),
            },
            Kind::Null => {
                self.converted(node, format!("`{name}` is null; it is taken as empty"));
                None
            }
            Kind::Sequence if node.items().len() == 0 => {
                self.converted(node, format!("`{name}` is a list; it is taken as empty"));
                None
            }
            _ => {
                self.wrong_type(node, name, "a mapping");
                None
            }
        }
    }

    /// The fields of an object of the specification.
    pub(super) fn object(&mut self, node: Node<'t>, name: &str) -> Option<Fields<'t>> {
        let mapping = if node.is_mapping() {
            node
        } else {
            self.mapping(node, name)?
        };
        self.spend(mapping, 1).then(|| Fields::of(mapping))
    }

    /// What a lone `$ref` leads to in a place where the specification has no references.
    fn through_reference(&mut self, node: Node<'t>) -> Option<Node<'t>> {
        let reference = node.get("$ref")?;
        let text = reference.as_str()?;
        if node.entries().count() != 1 {
            return None;
        }
        let target = reference.resolve(text).ok()?;
        let message = "`$ref` is not defined here; it is followed all the same";
        self.lenient_reference(reference, message);
        Some(target)
    }

    pub(super) fn wrong_type(&mut self, node: Node<'t>, name: &str, expected: &str) {
        let found = kind_name(node);
        let message = format!("`{name}` should be {expected}, not a {found}; it is left out");
        self.diagnostics.at(&codes::WRONG_TYPE, node, message);
    }

    pub(super) fn converted(&mut self, node: Node<'t>, message: impl Into<String>) {
        self.diagnostics.at(&codes::CONVERTED_VALUE, node, message);
    }

    pub(super) fn unknown_value(&mut self, node: Node<'t>, name: &str, taken: &str) {
        let value = node.scalar().unwrap_or_default();
        let message = format!("`{name}` has the unknown value `{value}`; {taken}");
        self.diagnostics.at(&codes::UNKNOWN_VALUE, node, message);
    }

    pub(super) fn missing_field(&mut self, node: Node<'t>, construct: &str, name: &str) {
        let message = format!("{construct} has no `{name}`");
        self.diagnostics.at(&codes::MISSING_FIELD, node, message);
    }
}

fn kind_name(node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::Null => "null",
        Kind::Bool => "boolean",
        Kind::Number => "number",
        Kind::String => "text",
        Kind::Sequence => "list",
        Kind::Mapping => "mapping",
    }
}

//! `type`: a name or a list of names.

use super::super::model::{TypeSet, Version};
use super::super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::{Kind, Node};

impl<'t> Reader<'t, '_> {
    pub(super) fn types(&mut self, node: Node<'t>) -> TypeSet {
        if node.kind() != Kind::Sequence {
            return self.type_name(node).unwrap_or_default();
        }
        let mut types = TypeSet::default();
        for item in node.items() {
            match self.type_name(item) {
                // "any" in the list allows everything, as no list does.
                Some(named) if named.is_empty() => return TypeSet::default(),
                Some(named) => types = types.with(named),
                None => {}
            }
        }
        types
    }

    /// None when the name means nothing; empty when it means any type.
    fn type_name(&mut self, node: Node<'t>) -> Option<TypeSet> {
        match node.kind() {
            Kind::Null => return self.null_type(node),
            Kind::String => {}
            _ => {
                self.wrong_type(node, "type", "the name of a type");
                return None;
            }
        }
        let text = node.as_str().unwrap_or_default();
        if let Some(named) = named(text) {
            return Some(named);
        }
        match synonym(text.trim()) {
            Some((meant, types)) => {
                self.converted(
                    node,
                    format!("`{text}` is no type; it is taken as `{meant}`"),
                );
                Some(types)
            }
            None => {
                let message = format!("`{text}` is no type; the value may have any");
                self.diagnostics.at(&codes::UNKNOWN_TYPE, node, message);
                None
            }
        }
    }

    /// An unquoted `null` in YAML: the null type where there is one or a union offers it, else as if absent.
    fn null_type(&mut self, node: Node<'t>) -> Option<TypeSet> {
        if self.version >= Version::V3_1 || is_in_union(node) {
            self.converted(
                node,
                "`null` should be in quotes; it is taken as the type \"null\"",
            );
            return Some(TypeSet::NULL);
        }
        self.converted(node, "`type` is null; it counts as absent");
        None
    }
}

/// True for the `type` of a schema that stands directly in `oneOf` or `anyOf`.
fn is_in_union(node: Node<'_>) -> bool {
    let list = node.parent().and_then(Node::parent);
    matches!(list.and_then(Node::key_in_parent), Some("oneOf" | "anyOf"))
}

fn named(text: &str) -> Option<TypeSet> {
    match text {
        "string" => Some(TypeSet::STRING),
        "object" => Some(TypeSet::OBJECT),
        "array" => Some(TypeSet::ARRAY),
        "integer" => Some(TypeSet::INTEGER),
        "number" => Some(TypeSet::NUMBER),
        "boolean" => Some(TypeSet::BOOLEAN),
        "null" => Some(TypeSet::NULL),
        "file" => Some(TypeSet::FILE),
        _ => None,
    }
}

/// What people write for a type, the type's name, and the type.
fn synonym(text: &str) -> Option<(&'static str, TypeSet)> {
    let lower = text.to_ascii_lowercase();
    let meant = match lower.as_str() {
        "any" | "mixed" => return Some(("any type", TypeSet::default())),
        "int" | "int32" | "int64" | "long" | "integer" => "integer",
        "float" | "double" | "decimal" | "numeric" | "number" => "number",
        "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "timestamp" | "string" => {
            "string"
        }
        "bool" | "boolean" => "boolean",
        "list" | "array" => "array",
        "dict" | "dictionary" | "map" | "object" => "object",
        "none" | "nil" | "null" => "null",
        "file" => "file",
        _ => return None,
    };
    named(meant).map(|types| (meant, types))
}

//! Keywords that say what a value is made of.

use super::super::model::{Conditional, SchemaId};
use super::super::reader::Reader;
use super::blank::Draft;
use crate::spec::{Kind, Node};

/// Whether a schema with a list of items says that the value is an array, or what else it is.
pub(crate) fn says_what_it_is(schema: Node<'_>) -> bool {
    const KEYWORDS: [&str; 6] = [
        "type",
        "anyOf",
        "additionalItems",
        "minItems",
        "maxItems",
        "uniqueItems",
    ];
    KEYWORDS.iter().any(|keyword| schema.get(keyword).is_some())
}

impl<'t> Reader<'t, '_> {
    /// Types, values, properties and items; true when the key is one of these.
    pub(super) fn shape(&mut self, draft: &mut Draft<'t>, key: &str, value: Node<'t>) -> bool {
        let schema = &mut draft.schema;
        match key {
            "type" => schema.types = self.types(value),
            "format" => schema.format = self.text_of(value, key),
            "nullable" | "x-nullable" => {
                schema.nullable |= self.flag_of(value, key).unwrap_or(false);
            }
            "enum" => schema.enumeration = self.enumeration(value),
            "const" => schema.constant = Some(value),
            "properties" => schema.properties = self.named_schemas(value, key),
            "required" => schema.required = self.required(value),
            "additionalProperties" => schema.additional_properties = Some(self.schema(value)),
            "unevaluatedProperties" => schema.unevaluated_properties = Some(self.schema(value)),
            "patternProperties" => schema.pattern_properties = self.named_schemas(value, key),
            "propertyNames" => schema.property_names = Some(self.schema(value)),
            "items" if value.kind() == Kind::Sequence => {
                schema.prefix_items = value.items().map(|item| self.schema(item)).collect();
            }
            "items" => schema.items = Some(self.schema(value)),
            "prefixItems" => schema.prefix_items = self.listed_schemas(value, key),
            "additionalItems" => draft.additional_items = Some(self.schema(value)),
            "unevaluatedItems" => schema.unevaluated_items = Some(self.schema(value)),
            "contains" => schema.contains = Some(self.schema(value)),
            "contentEncoding" => schema.content_encoding = self.text_of(value, key),
            "contentMediaType" => schema.content_media_type = self.text_of(value, key),
            "contentSchema" => schema.content_schema = Some(self.schema(value)),
            _ => return false,
        }
        true
    }

    /// References and combinations of schemas; true when the key is one of these.
    pub(super) fn composition(
        &mut self,
        draft: &mut Draft<'t>,
        key: &str,
        value: Node<'t>,
    ) -> bool {
        let schema = &mut draft.schema;
        match key {
            "$ref" => self.schema_reference(schema, value),
            "$dynamicRef" => self.dynamic_reference(schema, value),
            "$recursiveRef" => self.recursive_reference(schema, value),
            "allOf" => schema.all_of = self.listed_schemas(value, key),
            "oneOf" => schema.one_of = self.listed_schemas(value, key),
            "anyOf" => schema.any_of = self.listed_schemas(value, key),
            "not" => schema.not = Some(self.schema(value)),
            "if" => draft.condition = Some(self.schema(value)),
            "then" => draft.then = Some(self.schema(value)),
            "else" => draft.otherwise = Some(self.schema(value)),
            "discriminator" => schema.discriminator = self.discriminator(value),
            "dependentRequired" => {
                for (key, names) in self.map_of(value, key) {
                    let names = self.texts_of(names, "dependentRequired");
                    schema.dependent_required.push((key.text, names));
                }
            }
            "dependentSchemas" => {
                let schemas = self.named_schemas(value, key);
                schema.dependent_schemas.extend(schemas);
            }
            "dependencies" => self.dependencies(draft, value),
            "collectionFormat" => {
                self.unsupported(value, key, "of an array within an array");
            }
            _ => return false,
        }
        true
    }

    pub(super) fn upgrade_shape(&mut self, draft: &mut Draft<'t>) {
        self.upgrade_item_list(draft);
        let schema = &mut draft.schema;
        if schema.items.is_none() && !schema.prefix_items.is_empty() {
            schema.items = draft.additional_items;
        }
        if let Some(condition) = draft.condition {
            let (then, otherwise) = (draft.then, draft.otherwise);
            schema.if_then_else = Some(Conditional {
                condition,
                then,
                otherwise,
            });
        }
    }

    /// A list of items makes a tuple of an array. Where nothing says that the value is one, those who write it, and who
    /// have no `anyOf` in 2.0, mean a choice.
    fn upgrade_item_list(&mut self, draft: &mut Draft<'t>) {
        let schema = &mut draft.schema;
        let list = schema.node.get("items");
        let Some(list) = list.filter(|list| list.kind() == Kind::Sequence) else {
            return;
        };
        if !says_what_it_is(schema.node) {
            schema.any_of = std::mem::take(&mut schema.prefix_items);
            self.converted(
                list,
                "`items` is a list, but nothing says that the value is an array; its entries are taken as `anyOf`",
            );
        }
    }

    fn enumeration(&mut self, node: Node<'t>) -> Option<Vec<Node<'t>>> {
        let values = self.list_of(node, "enum");
        if values.is_empty() {
            self.converted(node, "`enum` has no values; it counts as absent");
            return None;
        }
        Some(values)
    }

    fn required(&mut self, node: Node<'t>) -> Vec<&'t str> {
        if node.kind() == Kind::Bool {
            self.wrong_type(
                node,
                "required",
                "a list of property names in the enclosing schema",
            );
            return Vec::new();
        }
        self.texts_of(node, "required")
    }

    fn listed_schemas(&mut self, node: Node<'t>, name: &str) -> Vec<SchemaId> {
        if node.kind() == Kind::Mapping {
            self.converted(
                node,
                format!("`{name}` is a mapping; it is taken as a list of one"),
            );
            return vec![self.schema(node)];
        }
        let items = self.list_of(node, name);
        items.into_iter().map(|item| self.schema(item)).collect()
    }

    fn named_schemas(&mut self, node: Node<'t>, name: &str) -> Vec<(&'t str, SchemaId)> {
        let entries = self.map_of(node, name);
        entries
            .into_iter()
            .map(|(key, value)| (key.text, self.schema(value)))
            .collect()
    }

    /// Older drafts have one keyword for required names and schemas.
    fn dependencies(&mut self, draft: &mut Draft<'t>, node: Node<'t>) {
        for (key, value) in self.map_of(node, "dependencies") {
            if value.kind() == Kind::Sequence || value.is_string() {
                let names = self.texts_of(value, "dependencies");
                draft.schema.dependent_required.push((key.text, names));
            } else {
                draft
                    .schema
                    .dependent_schemas
                    .push((key.text, self.schema(value)));
            }
        }
    }
}

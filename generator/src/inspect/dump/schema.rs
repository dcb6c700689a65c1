//! Schemas of the document, as written.

use std::collections::BTreeSet;

use crate::document::{Document, Schema, SchemaId, TypeSet};
use crate::inspect::outline::{Outline, words};

/// Prints schemas, each in full where it is met first and by its pointer afterwards.
pub(super) struct SchemaPrinter<'a, 't> {
    document: &'a Document<'t>,
    printed: BTreeSet<SchemaId>,
}

impl<'a, 't> SchemaPrinter<'a, 't> {
    pub(super) fn new(document: &'a Document<'t>) -> Self {
        // Components are printed under their own heading, whoever refers to them.
        let printed = document
            .components
            .iter()
            .map(|component| component.schema)
            .collect();
        SchemaPrinter { document, printed }
    }

    /// A use of a schema below some heading.
    pub(super) fn usage(&mut self, outline: &mut Outline, head: &str, id: SchemaId) {
        let schema = &self.document.schemas[id.0 as usize];
        if !self.printed.insert(id) {
            return outline.line(format_args!("{head} -> {}", schema.node.pointer()));
        }
        if let (Some(target), "any") = (schema.reference, summary(schema).as_str()) {
            let target = self.document.schemas[target.0 as usize].node.pointer();
            outline.line(format_args!("{head} $ref -> {target}"));
            // Keywords beside the reference, if any.
            return outline.indented(|outline| self.children(outline, schema));
        }
        self.full(outline, head, id);
    }

    /// A schema with everything in it.
    pub(super) fn full(&mut self, outline: &mut Outline, head: &str, id: SchemaId) {
        let document = self.document;
        let schema = &document.schemas[id.0 as usize];
        outline.section(format_args!("{head} {}", summary(schema)), |outline| {
            self.values(outline, schema);
            self.children(outline, schema);
        });
    }

    fn values(&self, outline: &mut Outline, schema: &Schema<'_>) {
        if let Some(target) = schema.reference {
            outline.line(format_args!(
                "$ref -> {}",
                self.document.schemas[target.0 as usize].node.pointer()
            ));
        }
        if let Some(text) = schema.unresolved {
            outline.line(format_args!("$ref leads nowhere: {text:?}"));
        }
        if let Some(values) = &schema.enumeration {
            let values: Vec<_> = values
                .iter()
                .map(|node| node.scalar().unwrap_or("a container"))
                .collect();
            outline.line(format_args!("enum {values:?}"));
        }
        if let Some(constant) = schema.constant {
            outline.line(format_args!("const {:?}", constant.scalar()));
        }
        if !schema.required.is_empty() {
            outline.line(format_args!("required {:?}", schema.required));
        }
        if let Some(discriminator) = &schema.discriminator {
            outline.section(
                format_args!("discriminator {:?}", discriminator.property),
                |outline| {
                    for (value, target) in &discriminator.mapping {
                        let target = self.document.schemas[target.0 as usize].node.pointer();
                        outline.line(format_args!("{value:?} -> {target}"));
                    }
                },
            );
        }
    }

    fn children(&mut self, outline: &mut Outline, schema: &Schema<'_>) {
        for (name, id) in &schema.properties {
            self.usage(outline, &format!("property {name:?}:"), *id);
        }
        for (name, id) in &schema.pattern_properties {
            self.usage(outline, &format!("pattern property {name:?}:"), *id);
        }
        let single = [
            ("additional properties:", schema.additional_properties),
            ("unevaluated properties:", schema.unevaluated_properties),
            ("property names:", schema.property_names),
            ("items:", schema.items),
            ("unevaluated items:", schema.unevaluated_items),
            ("contains:", schema.contains),
            ("not:", schema.not),
            ("content schema:", schema.content_schema),
        ];
        for (head, id) in single {
            if let Some(id) = id {
                self.usage(outline, head, id);
            }
        }
        let several = [
            ("prefix item:", &schema.prefix_items),
            ("all of:", &schema.all_of),
            ("one of:", &schema.one_of),
            ("any of:", &schema.any_of),
        ];
        for (head, ids) in several {
            ids.iter().for_each(|id| self.usage(outline, head, *id));
        }
        if let Some(conditional) = &schema.if_then_else {
            let branches = [
                ("if:", Some(conditional.condition)),
                ("then:", conditional.then),
                ("else:", conditional.otherwise),
            ];
            for (head, id) in branches {
                if let Some(id) = id {
                    self.usage(outline, head, id);
                }
            }
        }
        for (name, id) in &schema.dependent_schemas {
            self.usage(outline, &format!("dependent schema {name:?}:"), *id);
        }
    }
}

fn summary(schema: &Schema<'_>) -> String {
    let types = match schema.boolean {
        Some(boolean) => boolean.to_string(),
        None => type_names(schema.types),
    };
    let format = schema
        .format
        .map(|format| format!(" format {format:?}"))
        .unwrap_or_default();
    let facts = words(&[
        (schema.nullable, "nullable"),
        (schema.read_only, "read-only"),
        (schema.write_only, "write-only"),
        (schema.deprecated, "deprecated"),
    ]);
    format!("{types}{format}{facts}")
}

fn type_names(types: TypeSet) -> String {
    let names = [
        (TypeSet::NULL, "null"),
        (TypeSet::BOOLEAN, "boolean"),
        (TypeSet::INTEGER, "integer"),
        (TypeSet::NUMBER, "number"),
        (TypeSet::STRING, "string"),
        (TypeSet::ARRAY, "array"),
        (TypeSet::OBJECT, "object"),
        (TypeSet::FILE, "file"),
    ];
    let named: Vec<_> = names
        .iter()
        .filter(|(one, _)| types.contains(*one))
        .map(|(_, name)| *name)
        .collect();
    if named.is_empty() {
        "any".to_owned()
    } else {
        named.join(" | ")
    }
}

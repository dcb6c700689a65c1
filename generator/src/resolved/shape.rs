//! One schema to one shape.

use super::enumeration;
use super::keywords::{has_no_shape_but_type, is_shapeless, types_of};
use super::model::{Kind, Object, Property, Shape, StringFormat};
use super::resolver::Resolver;
use crate::diagnostic::codes;
use crate::document::{Schema, SchemaId, TypeSet};

impl<'t> Resolver<'_, 't> {
    pub(super) fn shape_of(&mut self, id: SchemaId) -> Shape<'t> {
        let schema = self.schema(id);
        let mut shape = blank(id, &schema);
        shape.kind = self.kind_of(id, &schema, &mut shape);
        shape
    }

    fn kind_of(&mut self, id: SchemaId, schema: &Schema<'t>, shape: &mut Shape<'t>) -> Kind<'t> {
        if let Some(text) = schema.unresolved {
            shape.remarks.push(format!(
                "Refers to `{text}`, which was not found; any JSON value is kept."
            ));
            return Kind::Any;
        }
        if let Some(target) = schema.reference {
            let mut own = schema.clone();
            own.reference = None;
            if is_shapeless(&own)
                || self.adds_nothing(&own, target)
                || !self.version_has_reference_siblings()
            {
                self.report_ignored_siblings(&own, target);
                return Kind::Alias(target);
            }
            own.all_of.insert(0, target);
            return self.composed(id, &own, shape);
        }
        if !schema.all_of.is_empty() {
            return self.composed(id, schema, shape);
        }
        self.plain(schema, shape)
    }

    fn composed(&mut self, id: SchemaId, schema: &Schema<'t>, shape: &mut Shape<'t>) -> Kind<'t> {
        if let Some(only) = self.only_branch(schema) {
            shape.nullable |= self.shapeless_branches_allow_null(schema);
            return Kind::Alias(only);
        }
        let merged = self.merge_all_of(id, schema);
        shape.nullable |= merged.nullable;
        if shape.description.is_none() {
            shape.description = merged.description;
        }
        self.plain(&merged, shape)
    }

    /// A schema without reference and `allOf`.
    fn plain(&mut self, schema: &Schema<'t>, shape: &mut Shape<'t>) -> Kind<'t> {
        if schema.boolean.is_some() {
            return Kind::Any;
        }
        shape.nullable |= enumeration::allows_null(schema);
        if let Some(kind) = self.enumerated(schema, shape) {
            return kind;
        }
        if let Some(kind) = self.union_of(schema, shape) {
            return kind;
        }
        let types = types_of(schema).without(TypeSet::NULL);
        match types.len() {
            0 => Kind::Any,
            1 => self.typed(schema, types, shape),
            _ => self.union_of_types(schema, types),
        }
    }

    fn typed(&mut self, schema: &Schema<'t>, types: TypeSet, shape: &mut Shape<'t>) -> Kind<'t> {
        match types {
            TypeSet::BOOLEAN => Kind::Boolean,
            TypeSet::INTEGER => Kind::Integer(schema.format),
            TypeSet::NUMBER => Kind::Number,
            TypeSet::STRING | TypeSet::FILE => Kind::String(string_format(schema)),
            TypeSet::ARRAY => self.array(schema, shape),
            _ => self.object(schema, shape),
        }
    }

    fn array(&mut self, schema: &Schema<'t>, shape: &mut Shape<'t>) -> Kind<'t> {
        if !schema.prefix_items.is_empty() {
            self.diagnostics
                .at(
                    &codes::TUPLE_DEGRADED,
                    schema.node,
                    "an array with a schema per position is read as a list of any JSON values",
                )
                .help("the values are kept as they are");
            shape
                .remarks
                .push("Its items have a schema per position; they are kept as JSON.".to_owned());
            return Kind::List(self.any());
        }
        match schema.items {
            Some(items) => Kind::List(items),
            None => Kind::List(self.any()),
        }
    }

    fn object(&mut self, schema: &Schema<'t>, shape: &mut Shape<'t>) -> Kind<'t> {
        let rest = self.rest_of(schema, shape);
        if schema.properties.is_empty() && schema.required.is_empty() {
            return match rest {
                Some(rest) => Kind::Map(rest),
                // `additionalProperties: false` on no properties: an object that is always empty.
                None if self.forbids_rest(schema) => Kind::Object(Object {
                    properties: Vec::new(),
                    rest: None,
                }),
                None => Kind::Map(self.any()),
            };
        }
        let required = |name: &str| schema.required.contains(&name);
        let declared = schema.properties.iter().map(|&(name, schema)| Property {
            name,
            schema,
            required: required(name),
        });
        let mut properties: Vec<_> = declared.collect();
        for &name in &schema.required {
            if properties.iter().all(|property| property.name != name) {
                let any = self.any();
                properties.push(Property {
                    name,
                    schema: any,
                    required: true,
                });
            }
        }
        let rest = rest.or_else(|| self.rest_for_children(schema, shape));
        Kind::Object(Object { properties, rest })
    }

    /// The schema of members beyond the declared ones, when the description asks for them.
    fn rest_of(&mut self, schema: &Schema<'t>, shape: &mut Shape<'t>) -> Option<SchemaId> {
        let further = schema
            .additional_properties
            .or(schema.unevaluated_properties);
        let further = further.filter(|&id| self.schema(id).boolean != Some(false));
        match (further, &schema.pattern_properties[..]) {
            (None, []) => None,
            (Some(further), []) => Some(further),
            (None, [(_, only)]) => Some(*only),
            _ => {
                self.diagnostics.at(
                    &codes::PATTERNS_DEGRADED,
                    schema.node,
                    "members told apart by patterns of their names are kept as JSON",
                );
                shape.remarks.push(
                    "Members are told apart by patterns of their names; they are kept as JSON."
                        .to_owned(),
                );
                Some(self.any())
            }
        }
    }

    fn forbids_rest(&self, schema: &Schema<'t>) -> bool {
        let further = schema
            .additional_properties
            .or(schema.unevaluated_properties);
        further.is_some_and(|id| self.schema(id).boolean == Some(false))
    }

    /// A parent that only names a discriminator stands for its children as well: what they add is kept as JSON.
    fn rest_for_children(
        &mut self,
        schema: &Schema<'t>,
        shape: &mut Shape<'t>,
    ) -> Option<SchemaId> {
        schema.discriminator.as_ref()?;
        self.diagnostics
            .at(
                &codes::CHILDREN_DEGRADED,
                schema.node,
                "schemas that extend this one by `allOf` are read as this one",
            )
            .help("the members that they add are kept as JSON in the type's additional members");
        shape.remarks.push(
            "Schemas that extend it are read as this type; what they add is kept as JSON."
                .to_owned(),
        );
        Some(self.any())
    }

    fn report_ignored_siblings(&mut self, own: &Schema<'t>, target: SchemaId) {
        if !is_shapeless(own) && !self.adds_nothing(own, target) {
            self.diagnostics
                .at(
                    &codes::REFERENCE_SIBLINGS,
                    own.node,
                    "keywords beside `$ref` are ignored in this version of OpenAPI",
                )
                .help("write them in an `allOf` together with the reference");
        }
    }

    /// Whether the keywords beside a reference or in a wrapper say nothing that the target does not say.
    pub(super) fn adds_nothing(&self, own: &Schema<'t>, target: SchemaId) -> bool {
        if !has_no_shape_but_type(own) {
            return false;
        }
        let target = self.schema(self.target(target));
        let types = types_of(&target);
        let same_type = own.types.is_empty()
            || own.types == types
            || own.types.without(TypeSet::NULL) == types
            || (types.is_empty() && own.types.without(TypeSet::NULL) == TypeSet::OBJECT);
        same_type
            && own
                .required
                .iter()
                .all(|name| target.required.contains(name))
    }
}

fn blank<'t>(id: SchemaId, schema: &Schema<'t>) -> Shape<'t> {
    Shape {
        id,
        node: schema.node,
        component: schema.component,
        title: schema.title,
        description: schema.description,
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        nullable: schema.nullable || schema.types.contains(TypeSet::NULL),
        kind: Kind::Any,
        remarks: Vec::new(),
    }
}

fn string_format(schema: &Schema<'_>) -> StringFormat {
    let base64 = matches!(schema.content_encoding, Some(encoding) if encoding.eq_ignore_ascii_case("base64") || encoding.eq_ignore_ascii_case("base64url"));
    match schema.format {
        Some("date-time") => StringFormat::DateTime,
        Some("date") => StringFormat::Date,
        Some("time") => StringFormat::Time,
        Some("uuid") => StringFormat::Uuid,
        Some("byte") => StringFormat::Base64,
        _ if base64 => StringFormat::Base64,
        _ => StringFormat::Plain,
    }
}

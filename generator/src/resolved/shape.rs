//! One schema to one shape.

use super::conditions::conditions;
use super::enumeration;
use super::facts;
use super::keywords::{has_no_shape_but_type, is_shapeless, types_of};
use super::model::{Integer, Kind, Object, Property, Shape, StringFormat, Tuple};
use super::resolver::Resolver;
use crate::diagnostic::codes;
use crate::document::{Schema, SchemaId, TypeSet};

impl<'t> Resolver<'_, 't> {
    pub(super) fn shape_of(&mut self, id: SchemaId) -> Shape<'t> {
        let schema = self.schema(id);
        let mut shape = blank(id, &schema);
        shape.is_made = id.0 as usize >= self.document.schemas.len();
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
        let only = self.only_branch(schema);
        if let Some(only) = only.filter(|only| !self.is_child_of(id, *only)) {
            shape.nullable |= self.shapeless_branches_allow_null(schema);
            annotate(shape, &self.with_limiting_branches(schema));
            return Kind::Alias(only);
        }
        let merged = self.merge_all_of(id, schema);
        shape.nullable |= merged.nullable;
        annotate(shape, &merged);
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
        if let Some(kind) = self.enumerated(schema) {
            return kind;
        }
        if let Some(kind) = self.union_of(schema, shape) {
            return kind;
        }
        if let Some(kind) = self.union_of_children(shape.id, schema) {
            return kind;
        }
        let types = types_of(schema).without(TypeSet::NULL);
        match types.len() {
            0 => Kind::Any,
            1 => self.typed(schema, types),
            _ => self.union_of_types(schema, types),
        }
    }

    fn typed(&mut self, schema: &Schema<'t>, types: TypeSet) -> Kind<'t> {
        match types {
            TypeSet::BOOLEAN => Kind::Boolean,
            TypeSet::INTEGER => Kind::Integer(Integer {
                format: schema.format,
                minimum: schema.limits.minimum.or(schema.limits.exclusive_minimum),
                maximum: schema.limits.maximum.or(schema.limits.exclusive_maximum),
            }),
            TypeSet::NUMBER => Kind::Number(schema.format),
            TypeSet::STRING | TypeSet::FILE => match embedded(schema) {
                Some(content) => Kind::JsonText(content),
                None => Kind::String(string_format(schema)),
            },
            TypeSet::ARRAY => self.array(schema),
            _ => self.object(schema),
        }
    }

    fn array(&mut self, schema: &Schema<'t>) -> Kind<'t> {
        let items = match schema.items.or(schema.unevaluated_items) {
            Some(items) => items,
            None => self.any(),
        };
        if schema.prefix_items.is_empty() {
            return Kind::List(items);
        }
        let count = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
        let positions = schema.prefix_items.len();
        let is_closed = self.schema(items).boolean == Some(false)
            || count(schema.limits.max_items).is_some_and(|most| most <= positions);
        Kind::Tuple(Tuple {
            items: schema.prefix_items.clone(),
            required: count(schema.limits.min_items).unwrap_or(0).min(positions),
            rest: (!is_closed).then_some(items),
        })
    }

    fn object(&mut self, schema: &Schema<'t>) -> Kind<'t> {
        let rest = self.rest_of(schema);
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
        Kind::Object(Object { properties, rest })
    }

    /// The schema of members beyond the declared ones, when the description speaks of them.
    ///
    /// Where patterns tell members apart, a value is of any of their schemas: names are not looked at again.
    fn rest_of(&mut self, schema: &Schema<'t>) -> Option<SchemaId> {
        let further = schema
            .additional_properties
            .or(schema.unevaluated_properties);
        let allowed = further.filter(|&id| self.schema(id).boolean != Some(false));
        let mut branches: Vec<SchemaId> = Vec::new();
        for &(_, branch) in &schema.pattern_properties {
            if !branches.contains(&branch) {
                branches.push(branch);
            }
        }
        if branches.is_empty() {
            return allowed;
        }
        let match_all = |pattern: &str| matches!(pattern, "" | ".*" | "^.*$" | ".+" | "^.+$");
        let patterns = &schema.pattern_properties;
        let is_open = further.is_none() && !patterns.iter().any(|(pattern, _)| match_all(pattern));
        branches.extend(allowed);
        if is_open {
            branches.push(self.any());
        }
        if let [only] = branches[..] {
            return Some(only);
        }
        let mut union = Schema::blank(schema.node);
        union.any_of = branches;
        Some(self.make(union))
    }

    fn forbids_rest(&self, schema: &Schema<'t>) -> bool {
        let further = schema
            .additional_properties
            .or(schema.unevaluated_properties);
        further.is_some_and(|id| self.schema(id).boolean == Some(false))
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
        is_made: false,
        component: schema.component,
        title: schema.title,
        description: schema.description,
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        secret: schema.write_only || schema.format == Some("password"),
        nullable: schema.nullable || schema.types.contains(TypeSet::NULL),
        open: false,
        kind: Kind::Any,
        facts: facts::facts(schema),
        conditions: conditions(schema),
        xml: schema.xml.clone().map(Box::new),
        remarks: Vec::new(),
    }
}

/// Says of a composed schema what its branches say as well.
fn annotate<'t>(shape: &mut Shape<'t>, all: &Schema<'t>) {
    shape.facts = facts::facts(all);
    shape.conditions = conditions(all);
}

/// The schema of the JSON in a string; without a media type nobody knows what the string holds.
pub(super) fn embedded(schema: &Schema<'_>) -> Option<SchemaId> {
    let media_type = schema.content_media_type?.split(';').next()?.trim();
    let is_json =
        media_type.eq_ignore_ascii_case("application/json") || media_type.ends_with("+json");
    let is_plain = schema.content_encoding.is_none() && schema.format.is_none();
    schema.content_schema.filter(|_| is_json && is_plain)
}

fn string_format(schema: &Schema<'_>) -> StringFormat {
    let base64 = matches!(schema.content_encoding, Some(encoding) if encoding.eq_ignore_ascii_case("base64") || encoding.eq_ignore_ascii_case("base64url"));
    let is_bytes = schema.types.contains(TypeSet::FILE)
        || schema.content_encoding.is_none() && schema.content_media_type.is_some_and(is_binary);
    match schema.format {
        Some("date-time") => StringFormat::DateTime,
        Some("date") => StringFormat::Date,
        Some("time") => StringFormat::Time,
        Some("uuid") => StringFormat::Uuid,
        Some("byte" | "base64" | "base64url") => StringFormat::Base64,
        Some("duration") => StringFormat::Duration,
        Some("int64") => StringFormat::Integer("int64"),
        Some("int32") => StringFormat::Integer("int32"),
        Some("uint64") => StringFormat::Integer("uint64"),
        Some("uint32") => StringFormat::Integer("uint32"),
        _ if base64 => StringFormat::Base64,
        Some("binary") => StringFormat::Binary,
        None if is_bytes => StringFormat::Binary,
        _ => StringFormat::Plain,
    }
}

fn is_binary(media_type: &str) -> bool {
    let is_text = media_type.starts_with("text/")
        || ["json", "xml", "x-www-form-urlencoded", "javascript", "yaml"]
            .iter()
            .any(|kind| media_type.contains(kind));
    !is_text
}

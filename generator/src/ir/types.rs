//! Shapes to types: every component, and every inline schema that needs a type of its own.

use std::collections::BTreeMap;

use super::model::{
    EnumValue, Field, Object, Origin, Presence, Role, Tuple, TupleItem, TypeDef, TypeId, TypeKind,
    TypeRef, Union, Variant,
};
use super::{docs, scalar, xml};
use crate::config::Config;
use crate::document::{Document, SchemaId};
use crate::resolved::{self, Choice, Kind, Resolved, Shape};
use crate::spec::Node;

pub(super) struct Types<'a, 't> {
    pub(super) resolved: &'a Resolved<'t>,
    keep_unknown_fields: bool,
    types: Vec<TypeDef>,
    by_schema: BTreeMap<SchemaId, TypeId>,
    /// Types that have an id and no definition yet, with the shape that defines them.
    waiting: Vec<(TypeId, SchemaId)>,
}

impl<'a, 't> Types<'a, 't> {
    pub(super) fn new(resolved: &'a Resolved<'t>, config: &Config) -> Self {
        Types {
            resolved,
            keep_unknown_fields: config.keep_unknown_fields,
            types: Vec::new(),
            by_schema: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    /// A type per component, used or not.
    pub(super) fn add_components(&mut self, document: &Document<'t>) {
        for component in &document.components {
            self.named(component.schema);
        }
        self.define_waiting();
    }

    /// The types, and which schemas they are of.
    pub(super) fn finish(self) -> (Vec<TypeDef>, BTreeMap<SchemaId, TypeId>) {
        (self.types, self.by_schema)
    }

    /// The type of a use of a schema; `origin` names what is inline in it.
    pub(super) fn reference(&mut self, schema: SchemaId, origin: &Origin) -> TypeRef {
        let (ty, nullable) = self.use_of(schema, origin);
        or_null(ty, nullable)
    }

    /// As [`Types::reference`], with null apart.
    pub(super) fn use_of(&mut self, schema: SchemaId, origin: &Origin) -> (TypeRef, bool) {
        let found = self.inline(schema, origin);
        self.define_waiting();
        found
    }

    fn inline(&mut self, schema: SchemaId, origin: &Origin) -> (TypeRef, bool) {
        let (behind, nullable) = self.resolved.follow(schema);
        // JSON of any kind can be null by itself.
        let nullable = nullable && !matches!(behind.kind, Kind::Any);
        let shape = self.first_that_matters(schema);
        if shape.component.is_some() {
            return (TypeRef::Named(self.named(shape.id)), nullable);
        }
        let ty = match &shape.kind {
            Kind::Object(_)
            | Kind::StringEnum(_)
            | Kind::IntegerEnum(_)
            | Kind::JsonEnum(_)
            | Kind::Tuple(_)
            | Kind::Union(_) => TypeRef::Named(self.own_type(shape, origin.clone())),
            _ if self.holds_itself(shape.id) => {
                TypeRef::Named(self.own_type(shape, origin.clone()))
            }
            _ => self.plain(shape, origin),
        };
        (ty, nullable)
    }

    /// Skips aliases that are no component: they add nothing to the type.
    fn first_that_matters(&self, schema: SchemaId) -> &'a Shape<'t> {
        let mut shape = self.resolved.shape(schema);
        while let (None, Kind::Alias(target)) = (shape.component, &shape.kind) {
            shape = self.resolved.shape(*target);
        }
        shape
    }

    /// Whether an inline list or map leads back to itself, with nothing on the way that has a name.
    fn holds_itself(&self, schema: SchemaId) -> bool {
        let mut passed = vec![schema];
        loop {
            let shape = self.resolved.shape(passed[passed.len() - 1]);
            let (Kind::List(next) | Kind::Map(next) | Kind::Alias(next) | Kind::JsonText(next)) =
                shape.kind
            else {
                return false;
            };
            if shape.component.is_some() || passed[1..].contains(&next) {
                return false;
            }
            if next == schema {
                return true;
            }
            passed.push(next);
        }
    }

    fn named(&mut self, schema: SchemaId) -> TypeId {
        let shape = self.resolved.shape(schema);
        let name = shape.component.unwrap_or_default().to_owned();
        self.add(shape, Origin::Component(name))
    }

    fn own_type(&mut self, shape: &'a Shape<'t>, origin: Origin) -> TypeId {
        let name = name_of_place(shape.node).filter(|_| !shape.is_made);
        let origin = match name {
            Some(name) => Origin::Named(name),
            None => origin,
        };
        self.add(shape, origin)
    }

    fn add(&mut self, shape: &'a Shape<'t>, origin: Origin) -> TypeId {
        if let Some(&known) = self.by_schema.get(&shape.id) {
            return known;
        }
        let id =
            TypeId(u32::try_from(self.types.len()).expect("the reader limits the number of nodes"));
        self.by_schema.insert(shape.id, id);
        self.types.push(TypeDef {
            id,
            pointer: shape.node.pointer(),
            origin,
            nullable: self.resolved.follow(shape.id).1,
            in_request: false,
            in_response: false,
            in_xml: false,
            request_view: None,
            open: false,
            docs: docs::of_shape(shape),
            rules: Vec::new(),
            kind: TypeKind::Alias(TypeRef::Json),
        });
        self.waiting.push((id, shape.id));
        id
    }

    /// A list instead of recursion: schemas nest and refer as deep as they like.
    fn define_waiting(&mut self) {
        while let Some((id, schema)) = self.waiting.pop() {
            let kind = self.kind(id, schema);
            self.types[id.0 as usize].kind = kind;
        }
    }

    fn kind(&mut self, id: TypeId, schema: SchemaId) -> TypeKind {
        let mut shape = self.resolved.shape(schema);
        if let Kind::Alias(target) = shape.kind {
            let target = self.first_that_matters(target);
            if target.component.is_some() {
                return TypeKind::Alias(TypeRef::Named(self.named(target.id)));
            }
            // A component that only wraps an inline schema is that schema.
            self.by_schema.entry(target.id).or_insert(id);
            shape = target;
        }
        self.types[id.0 as usize].open = shape.open;
        match &shape.kind {
            Kind::Object(object) => TypeKind::Object(self.object(id, object)),
            Kind::StringEnum(choices) => {
                TypeKind::StringEnum(choices.iter().map(enum_value).collect())
            }
            Kind::IntegerEnum(choices) => {
                TypeKind::IntegerEnum(choices.iter().map(enum_value).collect())
            }
            Kind::JsonEnum(choices) => TypeKind::JsonEnum(choices.iter().map(enum_value).collect()),
            Kind::Tuple(tuple) => TypeKind::Tuple(self.tuple(id, tuple)),
            Kind::Union(union) => TypeKind::Union(self.union(id, union)),
            _ => TypeKind::Alias(self.plain_alias(id, shape)),
        }
    }

    fn object(&mut self, id: TypeId, object: &resolved::Object<'t>) -> Object {
        let fields = object
            .properties
            .iter()
            .map(|property| self.field(id, property))
            .collect();
        let rest = object
            .rest
            .map(|rest| self.inline_reference(rest, &Origin::Inside(id, Role::Value)));
        let rest = rest.or(self.keep_unknown_fields.then_some(TypeRef::Json));
        let rest_rules = Vec::new();
        Object {
            fields,
            rest,
            rest_rules,
        }
    }

    fn field(&mut self, id: TypeId, property: &resolved::Property<'t>) -> Field {
        let shape = self.resolved.shape(property.schema);
        let behind = self.resolved.follow(property.schema).0;
        let origin = Origin::Inside(id, Role::Field(property.name.to_owned()));
        let (ty, nullable) = self.inline(property.schema, &origin);
        // Absent and null are two things for JSON of any kind.
        let is_any = !property.required && self.is_any(property.schema);
        let presence = presence(property.required, nullable || is_any);
        let one_value = match &behind.kind {
            Kind::StringEnum(choices) | Kind::JsonEnum(choices) => choices.len() == 1,
            Kind::IntegerEnum(choices) => choices.len() == 1,
            _ => false,
        };
        Field {
            wire: property.name.to_owned(),
            presence,
            ty,
            boxed: false,
            constant: presence == Presence::Required && one_value,
            read_only: shape.read_only || behind.read_only,
            write_only: shape.write_only || behind.write_only,
            secret: shape.secret || behind.secret,
            xml: xml::member(property, self.resolved),
            rules: Vec::new(),
            docs: docs::of_shape(shape),
        }
    }

    fn is_any(&self, schema: SchemaId) -> bool {
        matches!(self.resolved.follow(schema).0.kind, Kind::Any)
    }

    fn tuple(&mut self, id: TypeId, tuple: &resolved::Tuple) -> Tuple {
        let mut items = Vec::new();
        for (position, &schema) in tuple.items.iter().enumerate() {
            let origin = Origin::Inside(id, Role::Position(position));
            let (ty, nullable) = self.inline(schema, &origin);
            let required = position < tuple.required;
            let is_any = !required && self.is_any(schema);
            items.push(TupleItem {
                presence: presence(required, nullable || is_any),
                ty,
                boxed: false,
                rules: Vec::new(),
                docs: docs::of_shape(self.resolved.shape(schema)),
            });
        }
        let rest = tuple
            .rest
            .map(|rest| self.inline_reference(rest, &Origin::Inside(id, Role::Item)));
        let rest_rules = Vec::new();
        Tuple {
            items,
            rest,
            rest_rules,
        }
    }

    fn union(&mut self, id: TypeId, union: &resolved::Union<'t>) -> Union {
        let mut variants = Vec::new();
        for (number, variant) in union.variants.iter().enumerate() {
            let shape = self.resolved.shape(variant.schema);
            let origin = Origin::Inside(id, Role::Variant(variant_name(number, variant, shape)));
            variants.push(Variant {
                tags: variant.tags.iter().map(|&tag| tag.to_owned()).collect(),
                fallback: variant.fallback,
                // A union with a branch that may be null may be null itself.
                ty: self.inline(variant.schema, &origin).0,
                boxed: false,
                rules: Vec::new(),
                docs: docs::of_shape(shape),
            });
        }
        Union {
            tag: union.tag.map(str::to_owned),
            variants,
        }
    }

    fn inline_reference(&mut self, schema: SchemaId, origin: &Origin) -> TypeRef {
        let (ty, nullable) = self.inline(schema, origin);
        or_null(ty, nullable)
    }

    /// The body of a component that is no object, enum or union.
    fn plain_alias(&mut self, id: TypeId, shape: &'a Shape<'t>) -> TypeRef {
        match &shape.kind {
            Kind::List(item) => TypeRef::List(Box::new(
                self.inline_reference(*item, &Origin::Inside(id, Role::Item)),
            )),
            Kind::Map(value) => TypeRef::Map(Box::new(
                self.inline_reference(*value, &Origin::Inside(id, Role::Value)),
            )),
            Kind::JsonText(content) => TypeRef::JsonText(Box::new(
                self.inline_reference(*content, &Origin::Inside(id, Role::Value)),
            )),
            _ => self.plain(shape, &Origin::Inside(id, Role::Value)),
        }
    }

    /// Kinds that have no type of their own.
    fn plain(&mut self, shape: &'a Shape<'t>, origin: &Origin) -> TypeRef {
        match &shape.kind {
            Kind::Boolean => TypeRef::Boolean,
            Kind::Integer(bounds) => scalar::integer(bounds),
            Kind::Number(Some("decimal" | "decimal128")) => TypeRef::Number,
            Kind::Number(_) => TypeRef::Float,
            Kind::String(format) => scalar::string(*format),
            Kind::List(item) => TypeRef::List(Box::new(
                self.inline_reference(*item, &within(origin, Role::Item)),
            )),
            Kind::Map(value) => TypeRef::Map(Box::new(
                self.inline_reference(*value, &within(origin, Role::Value)),
            )),
            Kind::JsonText(content) => TypeRef::JsonText(Box::new(
                self.inline_reference(*content, &within(origin, Role::Value)),
            )),
            _ => TypeRef::Json,
        }
    }
}

fn or_null(ty: TypeRef, nullable: bool) -> TypeRef {
    if nullable {
        TypeRef::Nullable(Box::new(ty))
    } else {
        ty
    }
}

fn presence(required: bool, nullable: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

fn within(origin: &Origin, inner: Role) -> Origin {
    let nest = |role: &Role| Role::Within(Box::new(role.clone()), Box::new(inner.clone()));
    match origin {
        Origin::Inside(parent, role) => Origin::Inside(*parent, nest(role)),
        Origin::Of(operation, role) => Origin::Of(*operation, nest(role)),
        Origin::Component(name) | Origin::Named(name) => {
            let place = if matches!(inner, Role::Item) {
                "item"
            } else {
                "value"
            };
            Origin::Named(format!("{name} {place}"))
        }
    }
}

/// A name that the place of a schema gives it: a `$defs` entry, or a file of its own.
fn name_of_place(node: Node<'_>) -> Option<String> {
    let container = node.parent().and_then(|parent| parent.key_in_parent());
    if matches!(container, Some("$defs" | "definitions" | "schemas")) {
        return node.key_in_parent().map(str::to_owned);
    }
    if node.is_root() {
        let file = node.file().name.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        return (!stem.is_empty()).then(|| stem.to_owned());
    }
    None
}

fn variant_name(number: usize, variant: &resolved::Variant<'_>, shape: &Shape<'_>) -> String {
    let title = shape
        .title
        .map(str::trim)
        .filter(|title| !title.is_empty() && title.len() <= 60);
    match (variant.tags.first(), title) {
        (Some(tag), _) => (*tag).to_owned(),
        (None, Some(title)) => title.to_owned(),
        (None, None) => format!("variant {}", number + 1),
    }
}

fn enum_value<T: Clone>(choice: &Choice<'_, T>) -> EnumValue<T> {
    EnumValue {
        wire: choice.value.clone(),
        name: choice.name.map(str::to_owned),
        docs: docs::of(None, choice.description, false),
    }
}

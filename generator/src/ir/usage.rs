//! Which types requests carry and which answers do, and what that means for members that only one side sets.

use std::collections::BTreeSet;

use super::media::is_xml;
use super::model::{
    Answer, BodyEncoding, Callback, Content, Operation, SentAs, TypeDef, TypeId, TypeKind, TypeRef,
};

pub(super) fn mark(types: &mut [TypeDef], operations: &[Operation], callbacks: &[Callback]) {
    for callback in callbacks {
        spread(types, &callback.payload, |ty| &mut ty.in_response);
    }
    for operation in operations {
        for parameter in &operation.parameters {
            spread(types, &parameter.ty, |ty| &mut ty.in_request);
        }
        if let Some(body) = &operation.body {
            mark_content(types, &body.content, |ty| &mut ty.in_request);
            if body.media_types.iter().any(SentAs::is_xml) {
                mark_content(types, &body.content, |ty| &mut ty.in_xml);
            }
        }
        for answer in operation.success.iter().chain(&operation.errors) {
            if let Some(content) = &answer.content {
                mark_content(types, content, |ty| &mut ty.in_response);
                if answer.is_xml() {
                    mark_content(types, content, |ty| &mut ty.in_xml);
                }
            }
        }
        let items = operation.stream.iter().map(|stream| &stream.item);
        for ty in items.chain(operation.headers.iter().map(|header| &header.ty)) {
            spread(types, ty, |ty| &mut ty.in_response);
        }
    }
}

fn mark_content(types: &mut [TypeDef], content: &Content, flag: fn(&mut TypeDef) -> &mut bool) {
    if let Some(ty) = content.ty() {
        spread(types, ty, flag);
    }
}

/// Sets the flag on every type that a value of `ty` can contain.
fn spread(types: &mut [TypeDef], ty: &TypeRef, flag: fn(&mut TypeDef) -> &mut bool) {
    let mut waiting = Vec::new();
    ty.each_named(&mut |id| waiting.push(id));
    while let Some(id) = waiting.pop() {
        let def = &mut types[id.0 as usize];
        if std::mem::replace(flag(def), true) {
            continue;
        }
        def.kind.each_named(&mut |id| waiting.push(id));
    }
}

/// A member that only the other side sets is required there alone; a type that both sides use has to allow both.
pub(super) fn loosen(types: &mut [TypeDef], views: &BTreeSet<TypeId>) {
    for def in types.iter_mut().filter(|def| !views.contains(&def.id)) {
        let (in_request, in_response) = (def.in_request, def.in_response);
        let TypeKind::Object(object) = &mut def.kind else {
            continue;
        };
        for field in &mut object.fields {
            if (field.read_only && in_request) || (field.write_only && in_response) {
                field.loosen();
            }
        }
    }
}

impl Content {
    /// The type of a body that is a value.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Content::Json(ty) | Content::Form(ty) | Content::Xml(ty) => Some(ty),
            Content::Parts | Content::Text | Content::Bytes => None,
        }
    }
}

impl SentAs {
    pub fn is_xml(&self) -> bool {
        matches!(self.encoding, BodyEncoding::Xml(_))
    }
}

impl Answer {
    /// Whether its value can come as XML.
    pub fn is_xml(&self) -> bool {
        let is_value = self.content.as_ref().is_some_and(|it| it.ty().is_some());
        is_value && self.media_types.iter().any(|name| is_xml(name))
    }
}

impl TypeRef {
    /// Every named type that the use mentions.
    pub fn each_named(&self, found: &mut dyn FnMut(TypeId)) {
        match self {
            TypeRef::Named(id) => found(*id),
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::JsonText(inner) => inner.each_named(found),
            _ => {}
        }
    }

    /// The same, to be changed.
    pub(crate) fn each_named_mut(&mut self, change: &mut dyn FnMut(&mut TypeId)) {
        match self {
            TypeRef::Named(id) => change(id),
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::JsonText(inner) => inner.each_named_mut(change),
            _ => {}
        }
    }

    /// The named type that a value holds in place, not behind a list or map.
    pub fn direct(&self) -> Option<TypeId> {
        match self {
            TypeRef::Named(id) => Some(*id),
            TypeRef::Nullable(inner) => inner.direct(),
            _ => None,
        }
    }
}

impl TypeKind {
    /// Every named type that the definition mentions.
    pub fn each_named(&self, found: &mut dyn FnMut(TypeId)) {
        match self {
            TypeKind::Object(object) => {
                object
                    .fields
                    .iter()
                    .for_each(|field| field.ty.each_named(found));
                object.rest.iter().for_each(|rest| rest.each_named(found));
            }
            TypeKind::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| variant.ty.each_named(found)),
            TypeKind::Alias(ty) | TypeKind::Newtype(ty) => ty.each_named(found),
            TypeKind::Tuple(tuple) => {
                tuple
                    .items
                    .iter()
                    .for_each(|item| item.ty.each_named(found));
                tuple.rest.iter().for_each(|rest| rest.each_named(found));
            }
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::JsonEnum(_) => {}
        }
    }
}

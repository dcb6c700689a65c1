//! Places of a client that hold raw values, and why.

use crate::ir::{Client, Content, Docs, Operation, TypeDef, TypeKind, TypeRef};
use crate::spec::push_token;

/// A place that became JSON or bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untyped {
    /// Where it stands in the description.
    pub pointer: String,
    /// In words.
    pub reason: String,
}

/// Every such place, types first, each kind in the order of the client.
pub fn untyped(client: &Client) -> Vec<Untyped> {
    let mut found = Vec::new();
    for ty in &client.types {
        of_type(ty, &mut found);
    }
    for operation in client.described_operations() {
        of_operation(operation, &mut found);
    }
    found
}

fn of_type(ty: &TypeDef, found: &mut Vec<Untyped>) {
    let mut note = |place: String, of: &TypeRef, docs: &Docs| {
        if holds_json(of) {
            found.push(Untyped {
                pointer: format!("{}{place}", ty.pointer),
                reason: reason(docs),
            });
        }
    };
    match &ty.kind {
        TypeKind::Object(object) => {
            for field in &object.fields {
                note(below("/properties", &field.wire), &field.ty, &field.docs);
            }
            if let Some(rest) = &object.rest {
                note("/additionalProperties".to_owned(), rest, &Docs::default());
            }
        }
        TypeKind::Tuple(tuple) => {
            for (position, item) in tuple.items.iter().enumerate() {
                note(format!("/prefixItems/{position}"), &item.ty, &item.docs);
            }
            if let Some(rest) = &tuple.rest {
                note("/items".to_owned(), rest, &Docs::default());
            }
        }
        TypeKind::Union(union) => {
            for variant in &union.variants {
                note(String::new(), &variant.ty, &variant.docs);
            }
        }
        TypeKind::Alias(of) | TypeKind::Newtype(of) => note(String::new(), of, &ty.docs),
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::JsonEnum(_) => {}
    }
}

fn of_operation(operation: &Operation, found: &mut Vec<Untyped>) {
    let mut note = |place: String, reason: String| {
        found.push(Untyped {
            pointer: format!("{}{place}", operation.pointer),
            reason,
        });
    };
    for parameter in operation.parameters.iter().filter(|it| holds_json(&it.ty)) {
        let place = below("/parameters", &parameter.wire);
        note(place, reason(&parameter.docs));
    }
    let raw = |content: &Content| match content {
        Content::Json(ty) | Content::Form(ty) | Content::Xml(ty) => {
            holds_json(ty).then(|| reason(&Docs::default()))
        }
        Content::Parts => Some("its parts are not described".to_owned()),
        Content::Bytes => Some("its media type has no form that is known: bytes".to_owned()),
        Content::Text => None,
    };
    if let Some(reason) = operation.body.as_ref().and_then(|body| raw(&body.content)) {
        note("/requestBody".to_owned(), reason);
    }
    let streams = operation.stream.iter();
    if streams.map(|stream| &stream.item).any(holds_json) {
        let reason = "nothing is said of the items of its stream, or they can be anything";
        note("/responses".to_owned(), reason.to_owned());
    }
    for answer in operation.success.iter().chain(&operation.errors) {
        if let Some(reason) = answer.content.as_ref().and_then(raw) {
            let status = crate::inspect::dump::status_text(answer.status);
            note(format!("/responses/{status}"), reason);
        }
    }
}

fn holds_json(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Json => true,
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::JsonText(inner) => holds_json(inner),
        _ => false,
    }
}

/// What the stages noted, else what is true of all others.
fn reason(docs: &Docs) -> String {
    let noted = docs.remarks.iter().find(|remark| remark.contains("JSON"));
    match noted {
        Some(remark) => remark.clone(),
        None => "its schema allows any value".to_owned(),
    }
}

fn below(place: &str, key: &str) -> String {
    let mut pointer = place.to_owned();
    push_token(&mut pointer, key);
    pointer
}

//! The client's types in words that need no Rust names.

use crate::ir::{Client, Content, Origin, Role, Status, TypeId, TypeRef};

/// What a type is called after its place: `Parcel`, `Parcel.address`, `getParcel response 404`.
pub(super) fn label(client: &Client, id: TypeId) -> String {
    match &client.ty(id).origin {
        Origin::Component(name) | Origin::Named(name) => name.clone(),
        Origin::Inside(parent, role) => format!("{}.{}", label(client, *parent), role_text(role)),
        Origin::Of(operation, role) => {
            format!("{} {}", client.operation(*operation).name, role_text(role))
        }
    }
}

/// A use of a type: `[Parcel]`, `{string: integer i64}`, `Parcel | null`.
pub(super) fn use_text(client: &Client, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => label(client, *id),
        TypeRef::List(item) => format!("[{}]", use_text(client, item)),
        TypeRef::Map(value) => format!("{{string: {}}}", use_text(client, value)),
        TypeRef::Nullable(inner) => format!("{} | null", use_text(client, inner)),
        TypeRef::Boolean => "boolean".to_owned(),
        TypeRef::Integer(width) => format!("integer {}", format!("{width:?}").to_lowercase()),
        TypeRef::Float => "float".to_owned(),
        TypeRef::String => "string".to_owned(),
        TypeRef::DateTime => "date-time".to_owned(),
        TypeRef::Date => "date".to_owned(),
        TypeRef::Time => "time".to_owned(),
        TypeRef::Uuid => "uuid".to_owned(),
        TypeRef::Base64 => "base64".to_owned(),
        TypeRef::JsonText(inner) => format!("{} as a string", use_text(client, inner)),
        TypeRef::Number => "exact number".to_owned(),
        TypeRef::UnixTime => "unix-time".to_owned(),
        TypeRef::Duration => "duration".to_owned(),
        TypeRef::StringInteger(width) => {
            format!(
                "integer {} in a string",
                format!("{width:?}").to_lowercase()
            )
        }
        TypeRef::File => "file".to_owned(),
        TypeRef::Json => "json".to_owned(),
    }
}

pub(super) fn content_text(client: &Client, content: &Content) -> String {
    match content {
        Content::Json(ty) => format!("json {}", use_text(client, ty)),
        Content::Form(ty) => format!("form {}", use_text(client, ty)),
        Content::Xml(ty) => format!("xml {}", use_text(client, ty)),
        Content::Text => "text".to_owned(),
        Content::Parts => "parts".to_owned(),
        Content::Bytes => "bytes".to_owned(),
    }
}

pub(in crate::inspect) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn role_text(role: &Role) -> String {
    match role {
        Role::Field(name) => name.clone(),
        Role::Item => "item".to_owned(),
        Role::Position(position) => format!("item {}", position + 1),
        Role::Value => "value".to_owned(),
        Role::Request => "in requests".to_owned(),
        Role::Variant(name) => format!("variant {name}"),
        Role::Parameter(name) => format!("parameter {name}"),
        Role::RequestBody => "body".to_owned(),
        Role::Response(status) => format!("response {}", status_text(*status)),
        Role::Within(outer, inner) => format!("{} {}", role_text(outer), role_text(inner)),
    }
}

//! Types as Rust spells them at the place of use.

use super::Cx;
use super::runtime_paths as runtime;
use crate::ir::{Content, Field, Presence, TypeId, TypeRef, Width};

/// How the place of use reaches the module `types`.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    /// Inside the file of these types; other types are one module up.
    Module(&'a [TypeId]),
    /// By a path: `types`, `parcels_client::types`.
    Path(&'a str),
}

impl Cx<'_> {
    pub(super) fn spell(&self, ty: &TypeRef, scope: Scope<'_>) -> String {
        match ty {
            TypeRef::Named(id) => self.spell_named(*id, scope),
            TypeRef::List(item) => format!("Vec<{}>", self.spell(item, scope)),
            TypeRef::Map(value) => format!(
                "std::collections::BTreeMap<String, {}>",
                self.spell(value, scope)
            ),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.spell(inner, scope)),
            TypeRef::Boolean => "bool".to_owned(),
            TypeRef::Integer(width) => integer(*width).to_owned(),
            TypeRef::Float => "f64".to_owned(),
            TypeRef::String => "String".to_owned(),
            TypeRef::DateTime => runtime::DATE_TIME.to_owned(),
            TypeRef::Date => runtime::DATE.to_owned(),
            TypeRef::Time => runtime::TIME.to_owned(),
            TypeRef::Uuid => runtime::UUID.to_owned(),
            TypeRef::Base64 => runtime::BASE64.to_owned(),
            TypeRef::JsonText(inner) => {
                format!("{}<{}>", runtime::JSON_TEXT, self.spell(inner, scope))
            }
            TypeRef::Number => runtime::NUMBER.to_owned(),
            TypeRef::UnixTime => runtime::UNIX_TIME.to_owned(),
            TypeRef::Duration => runtime::DURATION.to_owned(),
            TypeRef::StringInteger(width) => {
                format!("{}<{}>", runtime::STRING_INTEGER, integer(*width))
            }
            TypeRef::File => runtime::UPLOAD.to_owned(),
            TypeRef::Json => runtime::JSON.to_owned(),
        }
    }

    pub(super) fn spell_named(&self, id: TypeId, scope: Scope<'_>) -> String {
        let ident = &self.names.types[id.0 as usize].ident;
        match scope {
            Scope::Module(here) if here.contains(&id) => ident.clone(),
            Scope::Module(_) => format!("super::{ident}"),
            Scope::Path(path) => format!("{path}::{ident}"),
        }
    }

    pub(super) fn spell_boxed(&self, ty: &TypeRef, boxed: bool, scope: Scope<'_>) -> String {
        match ty {
            TypeRef::Nullable(inner) if boxed => {
                format!("Option<Box<{}>>", self.spell(inner, scope))
            }
            _ if boxed => format!("Box<{}>", self.spell(ty, scope)),
            _ => self.spell(ty, scope),
        }
    }

    pub(super) fn spell_field(&self, field: &Field, scope: Scope<'_>) -> String {
        let ty = self.spell_boxed(&field.ty, field.boxed, scope);
        self.spell_presence(ty, field.presence)
    }

    /// A type with what says whether there is a value.
    pub(super) fn spell_presence(&self, ty: String, presence: Presence) -> String {
        match presence {
            Presence::Required => ty,
            Presence::RequiredNullable | Presence::Optional => format!("Option<{ty}>"),
            Presence::OptionalNullable => format!("{}<{ty}>", runtime::MAYBE),
        }
    }

    pub(super) fn spell_content(&self, content: Option<&Content>, scope: Scope<'_>) -> String {
        match content {
            None => "()".to_owned(),
            Some(Content::Json(ty) | Content::Form(ty) | Content::Xml(ty)) => self.spell(ty, scope),
            Some(Content::Text) => runtime::TEXT.to_owned(),
            Some(Content::Parts) => runtime::MULTIPART.to_owned(),
            Some(Content::Bytes) => runtime::BYTES.to_owned(),
        }
    }
}

fn integer(width: Width) -> &'static str {
    match width {
        Width::I8 => "i8",
        Width::I16 => "i16",
        Width::I32 => "i32",
        Width::I64 => "i64",
        Width::U8 => "u8",
        Width::U16 => "u16",
        Width::U32 => "u32",
        Width::U64 => "u64",
    }
}

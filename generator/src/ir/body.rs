//! What the media type of a body makes of it, in either direction.

use super::media::{Family, essence, family, is_wild};
use super::model::{Content, Origin, TypeRef};
use super::types::Types;
use crate::document::MediaType;
use crate::resolved::{Kind, StringFormat};

pub(super) fn content<'t>(
    media: &MediaType<'t>,
    origin: &Origin,
    types: &mut Types<'_, 't>,
) -> Content {
    match family(media) {
        // A file is a file, under whatever name it goes.
        _ if is_file(media, types) => Content::Bytes,
        // Of any type, a text is more often that text than JSON.
        Family::Json if is_wild(media.name) && is_text(media, types) => Content::Text,
        Family::Json => Content::Json(schema_type(media, origin, types)),
        Family::Form => Content::Form(schema_type(media, origin, types)),
        Family::Text => Content::Text,
        Family::Xml if is_xml_value(media, types) => {
            Content::Xml(schema_type(media, origin, types))
        }
        Family::Xml if media.schema.is_some() => Content::Text,
        Family::Parts | Family::Other | Family::Xml | Family::Stream => Content::Bytes,
    }
}

/// Whether XML has the structure of its schema; a schema of text means the document as a text.
pub(super) fn is_xml_value(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    let kind = media
        .schema
        .map(|schema| &types.resolved.follow(schema).0.kind);
    matches!(
        kind,
        Some(Kind::Object(_) | Kind::Map(_) | Kind::List(_) | Kind::Tuple(_) | Kind::Union(_))
    )
}

/// `type: file` of 2.0, and strings of the format `binary`.
pub(super) fn is_file(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    let kind = media
        .schema
        .map(|schema| &types.resolved.follow(schema).0.kind);
    matches!(kind, Some(Kind::String(StringFormat::Binary)))
}

fn is_text(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    let kind = media
        .schema
        .map(|schema| &types.resolved.follow(schema).0.kind);
    matches!(kind, Some(Kind::String(StringFormat::Plain)))
}

pub(super) fn schema_type<'t>(
    media: &MediaType<'t>,
    origin: &Origin,
    types: &mut Types<'_, 't>,
) -> TypeRef {
    media
        .schema
        .map_or(TypeRef::Json, |schema| types.reference(schema, origin))
}

pub(super) fn default_type(content: &Content) -> String {
    let name = match content {
        Content::Json(_) => "application/json",
        Content::Form(_) => "application/x-www-form-urlencoded",
        Content::Xml(_) => "application/xml",
        Content::Parts => "multipart/form-data",
        Content::Text => "text/plain",
        Content::Bytes => "application/octet-stream",
    };
    name.to_owned()
}

/// What about a media type is more than bytes, and not there yet.
pub(super) fn degraded(media: &MediaType<'_>) -> Option<&'static str> {
    let name = essence(media.name);
    match name.as_str() {
        name if name.starts_with("multipart/") => Some("reading the parts of a body"),
        "text/event-stream" => Some("reading server-sent events one by one"),
        "application/jsonl"
        | "application/x-ndjson"
        | "application/json-seq"
        | "application/x-jsonlines" => Some("reading JSON values one by one"),
        _ => None,
    }
}

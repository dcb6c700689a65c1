//! Bodies of requests, and what the media type of any body makes of it.

use super::media::{Family, essence, family, is_wild, preferred};
use super::model::{Body, Content, OperationId, Origin, Parameter, Role, TypeRef};
use super::types::Types;
use super::{docs, multipart};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, MediaType};
use crate::resolved::{Kind, StringFormat};

/// What an operation sends besides its parameters.
pub(super) enum Request {
    Whole(Body),
    /// Each part is an argument of its own.
    Parts(Vec<Parameter>),
}

/// None when the operation takes no body.
pub(super) fn request<'t>(
    operation: OperationId,
    body: &document::RequestBody<'t>,
    types: &mut Types<'_, 't>,
    diagnostics: &mut Diagnostics,
) -> Option<Request> {
    let media = preferred(&body.content)?;
    let all = body.content.iter();
    let others: Vec<_> = all.filter(|other| other.node != media.node).collect();
    report_others(media, &others, diagnostics);
    if essence(media.name) == "multipart/form-data"
        && let Some(mut parts) = multipart::parts(operation, media, types)
    {
        if !body.required {
            parts.iter_mut().for_each(|part| part.required = false);
        }
        return Some(Request::Parts(parts));
    }
    let origin = match body.component {
        Some(component) => Origin::Named(format!("{component} body")),
        None => Origin::Of(operation, Role::RequestBody),
    };
    let content = content(media, &origin, types);
    if let (Content::Bytes, Some(what)) = (&content, degraded(media)) {
        let message = format!(
            "a body of type `{}` is sent as bytes: {what} is not supported yet",
            media.name
        );
        diagnostics
            .at(&codes::BODY_DEGRADED, media.node, message)
            .help("give the bytes as they go over the wire");
    }
    Some(Request::Whole(Body {
        name: body.name.map(str::to_owned),
        required: body.required,
        content_type: if is_wild(media.name) {
            default_type(&content)
        } else {
            media.name.to_owned()
        },
        content,
        docs: docs::of(None, body.description, false),
    }))
}

pub(super) fn content<'t>(
    media: &MediaType<'t>,
    origin: &Origin,
    types: &mut Types<'_, 't>,
) -> Content {
    match family(media) {
        // A file is a file, under whatever name it goes.
        _ if is_file(media, types) => Content::Bytes,
        Family::Json => Content::Json(schema_type(media, origin, types)),
        Family::Form => Content::Form(schema_type(media, origin, types)),
        Family::Text => Content::Text,
        Family::Parts | Family::Other | Family::Xml | Family::Stream => Content::Bytes,
    }
}

/// `type: file` of 2.0, and strings of the format `binary`.
fn is_file(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    let kind = media
        .schema
        .map(|schema| &types.resolved.follow(schema).0.kind);
    matches!(kind, Some(Kind::String(StringFormat::Binary)))
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

fn default_type(content: &Content) -> String {
    let name = match content {
        Content::Json(_) => "application/json",
        Content::Form(_) => "application/x-www-form-urlencoded",
        Content::Text => "text/plain",
        Content::Bytes => "application/octet-stream",
    };
    name.to_owned()
}

/// What about a media type is more than bytes, and not there yet.
pub(super) fn degraded(media: &MediaType<'_>) -> Option<&'static str> {
    let name = essence(media.name);
    match name.as_str() {
        "multipart/form-data" | "multipart/mixed" | "multipart/related" => {
            Some("multipart of such a kind")
        }
        "text/event-stream" => Some("reading server-sent events one by one"),
        "application/jsonl"
        | "application/x-ndjson"
        | "application/json-seq"
        | "application/x-jsonlines" => Some("reading JSON values one by one"),
        name if name.ends_with("/xml") || name.ends_with("+xml") => Some("XML"),
        _ => None,
    }
}

/// Says which media types of several are not spoken.
pub(super) fn report_others(
    chosen: &MediaType<'_>,
    others: &[&MediaType<'_>],
    diagnostics: &mut Diagnostics,
) {
    let others = others
        .iter()
        .filter(|media| essence(media.name) != essence(chosen.name));
    let others: Vec<_> = others.map(|media| format!("`{}`", media.name)).collect();
    if !others.is_empty() {
        let message = format!(
            "of several media types the client speaks `{}`, not {}",
            chosen.name,
            others.join(", ")
        );
        diagnostics.at(&codes::MEDIA_TYPES_DEGRADED, chosen.node, message);
    }
}

//! Bodies of requests and responses: which media type the client speaks, and as what.

use super::model::{Answer, Body, Content, OperationId, Origin, Parameter, Role, Status, TypeRef};
use super::types::Types;
use super::{docs, multipart};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, MediaType};

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
    report_others(&body.content, media, diagnostics);
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

pub(super) fn answer<'t>(
    operation: OperationId,
    response: &document::Response<'t>,
    types: &mut Types<'_, 't>,
    diagnostics: &mut Diagnostics,
) -> (Answer, Option<&'t str>) {
    let status = match response.status {
        document::Status::Code(code) => Status::Code(code),
        document::Status::Range(digit) => Status::Range(digit),
        document::Status::Default => Status::Default,
    };
    let media = preferred(&response.content);
    let content = media.map(|media| {
        report_others(&response.content, media, diagnostics);
        let origin = match response.component {
            Some(component) => Origin::Named(format!("{component} response")),
            None => Origin::Of(operation, Role::Response(status)),
        };
        let content = content(media, &origin, types);
        if let (Content::Bytes, Some(what)) = (&content, degraded(media)) {
            let message = format!(
                "a body of type `{}` is read as bytes: {what} is not supported yet",
                media.name
            );
            diagnostics.at(&codes::BODY_DEGRADED, media.node, message);
        }
        content
    });
    let docs = docs::of(None, response.description, false);
    (
        Answer {
            status,
            content,
            docs,
        },
        media.map(|media| media.name),
    )
}

fn content<'t>(media: &MediaType<'t>, origin: &Origin, types: &mut Types<'_, 't>) -> Content {
    let mut ty = || {
        media
            .schema
            .map_or(TypeRef::Json, |schema| types.reference(schema, origin))
    };
    match family(media) {
        Family::Json => Content::Json(ty()),
        Family::Form => Content::Form(ty()),
        Family::Text => Content::Text,
        Family::Parts | Family::Other => Content::Bytes,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Json,
    Form,
    Parts,
    Text,
    Other,
}

/// The first of the family that says most about the body.
fn preferred<'m, 't>(content: &'m [MediaType<'t>]) -> Option<&'m MediaType<'t>> {
    content.iter().min_by_key(|media| family(media))
}

fn family(media: &MediaType<'_>) -> Family {
    let name = essence(media.name);
    let (kind, subtype) = name.split_once('/').unwrap_or((&name, ""));
    match (kind, subtype) {
        ("application" | "text", "json") => Family::Json,
        (_, subtype) if subtype.ends_with("+json") => Family::Json,
        // A range with a schema is JSON in practice, one without can be anything.
        ("*", "*") | ("application", "*") if media.schema.is_some() => Family::Json,
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", "form-data") => Family::Parts,
        ("text", "event-stream" | "xml") => Family::Other,
        ("text", _) => Family::Text,
        _ => Family::Other,
    }
}

/// Lower case, without parameters: `application/json` of `Application/JSON; charset=utf-8`.
fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn is_wild(name: &str) -> bool {
    name.contains('*')
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
fn degraded(media: &MediaType<'_>) -> Option<&'static str> {
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

fn report_others(content: &[MediaType<'_>], chosen: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let others = content
        .iter()
        .filter(|media| media.node != chosen.node && essence(media.name) != essence(chosen.name));
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

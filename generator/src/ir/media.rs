//! Media types, by what is known of the bodies that have them.

use crate::document::MediaType;

/// Kinds of bodies, the ones that say most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Json,
    Form,
    Xml,
    Parts,
    Text,
    Other,
    /// One thing after the other.
    Stream,
}

/// The first of the family that says most about the body.
pub(super) fn preferred<'m, 't>(content: &'m [MediaType<'t>]) -> Option<&'m MediaType<'t>> {
    content.iter().min_by_key(|media| family(media))
}

pub(super) fn family(media: &MediaType<'_>) -> Family {
    let name = essence(media.name);
    let (kind, subtype) = name.split_once('/').unwrap_or((&name, ""));
    match (kind, subtype) {
        _ if is_stream(&name) => Family::Stream,
        ("application" | "text", "json") => Family::Json,
        (_, subtype) if subtype.ends_with("+json") => Family::Json,
        // A range with a schema is JSON in practice, one without can be anything.
        ("*", "*") | ("application", "*") if media.schema.is_some() => Family::Json,
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", _) => Family::Parts,
        _ if is_xml(&name) => Family::Xml,
        ("text", _) => Family::Text,
        _ => Family::Other,
    }
}

/// Whether bodies of such a name are XML.
pub(super) fn is_xml(name: &str) -> bool {
    let name = essence(name);
    let is_text = !name.starts_with("image/");
    is_text && (name.ends_with("/xml") || name.ends_with("+xml"))
}

/// Media types whose bodies are one event or value after the other.
fn is_stream(name: &str) -> bool {
    is_events(name) || is_values(name)
}

/// `text/event-stream`, of the HTML Living Standard.
pub(super) fn is_events(name: &str) -> bool {
    name == "text/event-stream"
}

fn is_values(name: &str) -> bool {
    matches!(
        name,
        "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/ndjson"
            | "application/x-ndjson"
            | "text/x-ndjson"
            | "application/stream+json"
            | "application/x-json-stream"
            | "application/json-seq"
            | "application/geo+json-seq"
    )
}

/// Lower case, without parameters: `application/json` of `Application/JSON; charset=utf-8`.
pub(super) fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

pub(super) fn is_wild(name: &str) -> bool {
    name.contains('*')
}

//! The body of a request and its media type.

use std::fmt;

use smol_str::SmolStr;

use super::media_type::Encoding;
use super::{Call, MediaType, form, parts};
use crate::body::{Body, Multipart};
use crate::json::Json;
use crate::xml;

/// A body that has been set, before its media type is settled.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) content_type: SmolStr,
    pub(super) payload: Payload,
}

#[derive(Clone)]
pub(super) enum Payload {
    Ready(Body),
    Parts(Multipart),
    /// Encoded when it is clear which media type it goes as; the second says how where no table does.
    Value(Json, Encoding),
}

impl Content {
    /// The value, if it is one, or JSON in memory.
    pub(super) fn json(&self) -> Option<Json> {
        match &self.payload {
            Payload::Value(value, _) => Some(value.clone()),
            Payload::Ready(body) => Json::from_slice(&body.as_bytes()?).ok(),
            Payload::Parts(_) => None,
        }
    }

    /// Puts another value in place of the one that [`Content::json`] gives.
    pub(super) fn set_json(&mut self, json: Json) {
        match &mut self.payload {
            Payload::Value(value, _) => *value = json,
            Payload::Ready(body) => *body = json.to_string().into(),
            Payload::Parts(_) => {}
        }
    }
}

/// Shows how much there is, not what.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Payload::Ready(body) => body.fmt(f),
            Payload::Value(..) => f.write_str("Body(a value)"),
            Payload::Parts(_) => f.write_str("Body(parts)"),
        }
    }
}

/// The media type and the body, if the call has one.
pub(super) fn content(call: &Call) -> Result<Option<(String, Body)>, String> {
    let Some(content) = &call.body else {
        return parts::of_arguments(call);
    };
    let declared = call.operation.media_types;
    let chosen = call.overrides().content_type.as_deref();
    let name = chosen.unwrap_or(&content.content_type);
    // An exact name comes before a range that it lies in.
    let exact = declared.iter().find(|known| known.name == name);
    let known = exact.or_else(|| declared.iter().find(|known| known.takes(name)));
    if known.is_none() && chosen.is_some() {
        return Err(unknown(name, declared));
    }
    let (encoding, fields) = match (known, &content.payload) {
        (Some(known), _) => (known.encoding, known.fields),
        (None, Payload::Value(_, encoding)) => (*encoding, &[][..]),
        (None, Payload::Ready(_) | Payload::Parts(_)) => (Encoding::Ready, &[][..]),
    };
    let (name, body) = match &content.payload {
        Payload::Ready(body) => (name.to_owned(), body.clone()),
        Payload::Parts(parts) => parts.clone().assemble(name)?,
        Payload::Value(value, _) => match encoding {
            Encoding::Form => (name.to_owned(), form::encode(value, fields).into()),
            Encoding::Parts => parts::of_value(value, fields)?,
            Encoding::Xml(document) => (name.to_owned(), xml::write(&document, value)?.into()),
            Encoding::Json | Encoding::Ready => (name.to_owned(), value.to_string().into()),
        },
    };
    Ok(Some((name, body)))
}

fn unknown(name: &str, declared: &[MediaType]) -> String {
    let names: Vec<_> = declared.iter().map(|known| known.name).collect();
    format!(
        "the operation takes no body of type `{name}`; it takes {}",
        names.join(", ")
    )
}

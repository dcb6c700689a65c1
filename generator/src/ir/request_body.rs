//! Bodies of requests: what of several media types is one argument, and what is another way to call.
//!
//! Media types of one schema are one value, whose caller may choose among them. What differs more — files in parts,
//! bytes, another schema — is a payload of its own: a further method, so that callers of the first are not affected.

use super::body::{content, default_type, degraded, is_file, is_xml_value};
use super::media::{Family, essence, family, is_wild};
use super::model::{
    Body, BodyEncoding, Content, Encoding, OperationId, Origin, Parameter, Role, SentAs,
};
use super::types::Types;
use super::{docs, form, multipart, xml};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{MediaType, RequestBody, SchemaId};

/// What an operation sends besides its parameters.
pub(super) enum Request {
    Whole(Body),
    /// Each part is an argument of its own.
    Parts(Vec<Parameter>),
}

/// Media types that take the same argument.
pub(super) struct Payload<'m, 't> {
    /// The one that is sent by itself first.
    media_types: Vec<&'m MediaType<'t>>,
    way: Way,
    /// A word that tells it from the payloads before it.
    pub(super) kind: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A value of the schema.
    Value,
    /// An argument for each part.
    Parts,
    /// Parts that are the caller's to make.
    FreeParts,
    Text,
    Bytes,
}

/// The payloads of a body, the one that says most about it first.
pub(super) fn payloads<'m, 't>(
    body: &'m RequestBody<'t>,
    types: &Types<'_, 't>,
) -> Vec<Payload<'m, 't>> {
    let mut media_types: Vec<_> = body.content.iter().collect();
    media_types.sort_by_key(|media| family(media));
    let mut payloads: Vec<Payload<'_, '_>> = Vec::new();
    for media in media_types {
        let same = |payload: &&mut Payload<'_, 't>| payload.takes(media, types);
        match payloads.iter_mut().find(same) {
            Some(payload) => payload.media_types.push(media),
            None => {
                let payload = Payload::new(media, &payloads, types);
                payloads.push(payload);
            }
        }
    }
    payloads
}

impl<'m, 't> Payload<'m, 't> {
    fn new(media: &'m MediaType<'t>, others: &[Self], types: &Types<'_, 't>) -> Self {
        let way = match family(media) {
            _ if is_file(media, types) => Way::Bytes,
            Family::Json | Family::Form => Way::Value,
            Family::Xml if is_xml_value(media, types) => Way::Value,
            Family::Xml if media.schema.is_some() => Way::Text,
            Family::Parts if multipart::is_known(media, types) => Way::Parts,
            Family::Parts => Way::FreeParts,
            Family::Text => Way::Text,
            Family::Other | Family::Xml | Family::Stream => Way::Bytes,
        };
        let kind = match (way, family(media)) {
            (Way::Value, Family::Form) => "form",
            (Way::Value, Family::Xml) => "xml",
            (Way::Value, _) => "json",
            (Way::Parts | Way::FreeParts, _) => "multipart",
            (Way::Text, _) => "text",
            (Way::Bytes, _) => "bytes",
        };
        let is_taken = others.iter().any(|other| other.kind == kind);
        Payload {
            media_types: vec![media],
            way,
            kind: if is_taken { media.name } else { kind }.to_owned(),
        }
    }

    /// The media type that is sent by itself.
    pub(super) fn content_type(&self) -> &'t str {
        self.media_types[0].name
    }

    /// Whether the media type is one more name or form of this payload.
    fn takes(&self, media: &MediaType<'t>, types: &Types<'_, 't>) -> bool {
        let first = self.media_types[0];
        match self.way {
            Way::Value => is_value(media, types) && same_schema(first, media, types),
            Way::Parts => false,
            Way::FreeParts => family(media) == Family::Parts && !multipart::is_known(media, types),
            Way::Bytes if is_file(media, types) => true,
            _ if is_file(media, types) => false,
            Way::Text => {
                let is_document = family(media) == Family::Xml && media.schema.is_some();
                family(media) == Family::Text || is_document && !is_xml_value(media, types)
            }
            Way::Bytes => match family(media) {
                Family::Xml => media.schema.is_none(),
                family => matches!(family, Family::Other | Family::Stream),
            },
        }
    }
}

/// Whether a value of the schema can be written as it by itself.
fn is_value(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    match family(media) {
        Family::Json | Family::Form => true,
        Family::Xml => is_xml_value(media, types),
        Family::Parts => multipart::is_known(media, types) && !multipart::has_files(media, types),
        Family::Text | Family::Other | Family::Stream => is_yaml(media),
    }
}

/// JSON is YAML.
fn is_yaml(media: &MediaType<'_>) -> bool {
    let name = essence(media.name);
    name.ends_with("/yaml") || name.ends_with("+yaml") || name.ends_with("/x-yaml")
}

fn same_schema(one: &MediaType<'_>, other: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    match (one.schema, other.schema) {
        (Some(one), Some(other)) => {
            let node = |schema: SchemaId| types.resolved.shape(schema).node;
            one == other || node(one).is_like(node(other))
        }
        (None, None) => true,
        _ => false,
    }
}

/// What the operation takes for one payload.
pub(super) fn request<'t>(
    operation: OperationId,
    body: &RequestBody<'t>,
    payload: &Payload<'_, 't>,
    types: &mut Types<'_, 't>,
    diagnostics: &mut Diagnostics,
) -> Request {
    let media = payload.media_types[0];
    if payload.way == Way::Parts {
        return Request::Parts(multipart::parts(operation, media, types));
    }
    let origin = match body.component {
        Some(component) => Origin::Named(format!("{component} body")),
        None => Origin::Of(operation, Role::RequestBody),
    };
    let content = match payload.way {
        Way::FreeParts => Content::Parts,
        _ => content(media, &origin, types),
    };
    if let (Content::Bytes, Some(what)) = (&content, degraded(media)) {
        let message = format!(
            "a body of type `{}` is sent as bytes: {what} is not supported yet",
            media.name
        );
        diagnostics
            .at(&codes::BODY_DEGRADED, media.node, message)
            .help("give the bytes as they go over the wire");
    }
    let sent_as = |media: &&MediaType<'t>| sent_as(media, &content, types);
    let media_types: Vec<SentAs> = payload.media_types.iter().map(sent_as).collect();
    Request::Whole(Body {
        name: body.name.map(str::to_owned),
        required: body.required,
        content_type: match is_wild(media.name) {
            true => default_type(&content),
            false => media.name.to_owned(),
        },
        content,
        media_types,
        docs: docs::of(None, body.description, false),
    })
}

fn sent_as<'t>(media: &MediaType<'t>, content: &Content, types: &Types<'_, 't>) -> SentAs {
    let (encoding, fields) = match (content, family(media)) {
        (Content::Parts | Content::Text | Content::Bytes, _) => (BodyEncoding::Plain, Vec::new()),
        (_, Family::Form) => (BodyEncoding::Form, form::fields(media, types)),
        (_, Family::Xml) => {
            let schema = media.schema;
            let document = schema.map(|schema| xml::document(schema, types.resolved));
            // Without a schema nothing is known of the elements: such a body is bytes.
            let encoding = document.map_or(BodyEncoding::Plain, BodyEncoding::Xml);
            (encoding, Vec::new())
        }
        (_, Family::Parts) => (BodyEncoding::Parts, multipart::encodings(media, types)),
        _ => (BodyEncoding::Json, Vec::new()),
    };
    let is_special = |field: &Encoding| *field != Encoding::usual(&field.wire, field.place);
    let is_stated = |field: &Encoding| encoding == BodyEncoding::Form || is_special(field);
    let fields = fields.into_iter().filter(is_stated).collect();
    SentAs {
        name: media.name.to_owned(),
        encoding,
        fields,
    }
}

//! Answers that say one thing after the other: which types they have, and how a caller asks for them.

use super::answer::status;
use super::media::{Family, essence, family, is_events, preferred};
use super::model::{EventShape, OperationId, Origin, Role, Stream, TypeRef};
use super::types::Types;
use crate::document::{self, MediaType, Response, SchemaId};
use crate::resolved::{Kind, Object, Resolved, StringFormat};

/// The member of a request that asks for a stream, as OpenAI and those who follow it have it.
const FLAG: &str = "stream";

/// The stream of a response; none where no media type of it is one.
pub(super) fn stream<'t>(
    id: OperationId,
    operation: &document::Operation<'t>,
    response: &Response<'t>,
    types: &mut Types<'_, 't>,
) -> Option<Stream> {
    let content = response.content.iter();
    let streams: Vec<_> = content
        .filter(|media| family(media) == Family::Stream)
        .collect();
    let media = *streams.first()?;
    let (item, shape) = item(id, response, media, types);
    let meant = |media: &MediaType<'t>| {
        let schema = media.item_schema.or(media.schema)?;
        Some(types.resolved.follow(schema).0.id)
    };
    let is_events = |media: &MediaType<'t>| is_events(&essence(media.name));
    let same = streams
        .iter()
        .filter(|other| meant(other) == meant(media) && is_events(other) == is_events(media));
    Some(Stream {
        media_types: same.map(|media| media.name.to_owned()).collect(),
        item,
        shape,
        flag: flag(operation, types.resolved),
    })
}

fn item<'t>(
    id: OperationId,
    response: &Response<'t>,
    media: &MediaType<'t>,
    types: &mut Types<'_, 't>,
) -> (TypeRef, EventShape) {
    let is_events = is_events(&essence(media.name));
    let Some(schema) = media.item_schema.or(media.schema) else {
        // Nothing is known of an event, so all of it is kept.
        return (TypeRef::Json, EventShape::Event);
    };
    // Where the whole body is described, as a list, its items are what comes one by one.
    let schema = match types.resolved.follow(schema).0.kind {
        Kind::List(item) if media.item_schema.is_none() => item,
        _ => schema,
    };
    let shape = match is_events {
        true => event_shape(schema, types.resolved),
        false => EventShape::Json,
    };
    let place = Role::Response(status(response.status));
    let origin = Origin::Of(id, Role::Within(Box::new(place), Box::new(Role::Item)));
    (types.reference(schema, &origin), shape)
}

/// What of an event its schema describes: the data, or the whole with its name and id.
fn event_shape(schema: SchemaId, resolved: &Resolved<'_>) -> EventShape {
    match &resolved.follow(schema).0.kind {
        Kind::String(_) | Kind::StringEnum(_) => EventShape::Text,
        Kind::Object(object) => whole_event(object, resolved).unwrap_or(EventShape::Json),
        Kind::Union(union) => {
            let shapes = union.variants.iter().map(|variant| {
                match &resolved.follow(variant.schema).0.kind {
                    Kind::Object(object) => whole_event(object, resolved),
                    // Below another union, the variants are looked at no further.
                    _ => None,
                }
            });
            let shapes: Option<Vec<_>> = shapes.collect();
            match shapes {
                None => EventShape::Json,
                Some(shapes) if shapes.contains(&EventShape::Event) => EventShape::Event,
                Some(_) => EventShape::EventOfText,
            }
        }
        _ => EventShape::Json,
    }
}

/// An object that has data and something else that only events have.
fn whole_event(object: &Object<'_>, resolved: &Resolved<'_>) -> Option<EventShape> {
    let property = |name: &str| {
        object
            .properties
            .iter()
            .find(|property| property.name == name)
    };
    let data = property("data")?;
    let is_event = ["event", "id", "retry"]
        .iter()
        .any(|name| property(name).is_some());
    let others = ["event", "id", "retry", "data", "comment"];
    let is_nothing_else = object
        .properties
        .iter()
        .all(|property| others.contains(&property.name));
    let shape = match resolved.follow(data.schema).0.kind {
        Kind::String(StringFormat::Integer(_)) => EventShape::Event,
        Kind::String(_) | Kind::JsonText(_) | Kind::StringEnum(_) => EventShape::EventOfText,
        _ => EventShape::Event,
    };
    (is_event && is_nothing_else).then_some(shape)
}

/// The flag, where the JSON body has it as a boolean.
fn flag(operation: &document::Operation<'_>, resolved: &Resolved<'_>) -> Option<String> {
    let media = preferred(&operation.request_body.as_ref()?.content)?;
    let Kind::Object(object) = &resolved.follow(media.schema?).0.kind else {
        return None;
    };
    let property = object
        .properties
        .iter()
        .find(|property| property.name == FLAG)?;
    let is_boolean = matches!(resolved.follow(property.schema).0.kind, Kind::Boolean);
    (is_boolean && family(media) == Family::Json).then(|| FLAG.to_owned())
}

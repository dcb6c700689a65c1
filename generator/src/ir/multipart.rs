//! `multipart/form-data`: each property of the schema is a part, and an argument of the operation, as is each header
//! that is described for a part.

use super::docs;
use super::media::essence;
use super::model::{Encoding, OperationId, Origin, Parameter, Place, Role, Style, TypeRef};
use super::parameter;
use super::types::Types;
use crate::document::{self, Header, MediaType, SchemaId};
use crate::resolved::{Kind, Property, StringFormat};

/// Whether the parts are known: the schema is an object with properties, which name parts of forms alone.
pub(super) fn is_known(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    essence(media.name) == "multipart/form-data" && !properties(media, types).is_empty()
}

/// Whether a part is a file, which no value can hold.
pub(super) fn has_files(media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
    let is_file = |property: &Property<'_>| {
        let encoding = encoding_of(media, property);
        let stated = encoding.and_then(|encoding| encoding.content_type);
        file(property.schema, stated, types).is_some()
    };
    properties(media, types).iter().any(is_file)
}

/// The parts, as arguments.
pub(super) fn parts<'t>(
    operation: OperationId,
    media: &MediaType<'t>,
    types: &mut Types<'_, 't>,
) -> Vec<Parameter> {
    let mut parts = Vec::new();
    for property in properties(media, types) {
        let stated = encoding_of(media, property);
        parts.push(part(operation, property, stated, types));
        let headers = stated.map_or(&[][..], |encoding| &encoding.headers);
        // The media type has a place of its own, and the specification says to ignore it here.
        let headers = headers.iter().filter(|header| {
            let reserved = ["content-type", "content-disposition"];
            !reserved
                .iter()
                .any(|name| header.name.eq_ignore_ascii_case(name))
        });
        for header in headers {
            parts.push(part_header(operation, property, header, types));
        }
    }
    parts
}

fn part_header<'t>(
    operation: OperationId,
    property: &Property<'t>,
    header: &Header<'t>,
    types: &mut Types<'_, 't>,
) -> Parameter {
    let name = format!("{} {}", property.name, header.name);
    let origin = Origin::Of(operation, Role::Parameter(name));
    let content = header.content.as_ref();
    let schema = header.schema.or(content.and_then(|content| content.schema));
    let usual = Encoding::usual(header.name, Place::PartHeader);
    Parameter {
        wire: usual.wire,
        place: usual.place,
        part: property.name.to_owned(),
        style: if content.is_some() {
            Style::Json
        } else {
            usual.style
        },
        explode: header.explode,
        allow_reserved: false,
        as_is: false,
        may_be_empty: false,
        content_type: None,
        // The part itself may be left out.
        required: false,
        allow_empty: false,
        ty: schema.map_or(TypeRef::String, |schema| types.use_of(schema, &origin).0),
        docs: docs::of(None, header.description, header.deprecated),
    }
}

/// The parts, as members of a value.
pub(super) fn encodings(media: &MediaType<'_>, types: &Types<'_, '_>) -> Vec<Encoding> {
    let encoding = |property: &Property<'_>| encoding(property, encoding_of(media, property));
    properties(media, types).iter().map(encoding).collect()
}

fn properties<'a, 't>(media: &MediaType<'t>, types: &Types<'a, 't>) -> &'a [Property<'t>] {
    let shape = media.schema.map(|schema| types.resolved.follow(schema).0);
    match shape.map(|shape| &shape.kind) {
        Some(Kind::Object(object)) => &object.properties,
        _ => &[],
    }
}

fn encoding_of<'m, 't>(
    media: &'m MediaType<'t>,
    property: &Property<'t>,
) -> Option<&'m document::Encoding<'t>> {
    let mut encodings = media.encoding.iter();
    encodings.find(|encoding| encoding.property == property.name)
}

fn encoding(property: &Property<'_>, stated: Option<&document::Encoding<'_>>) -> Encoding {
    let style = stated.and_then(|encoding| encoding.style);
    let style = style.map_or(Style::Form, parameter::style);
    let content_type = stated.and_then(|encoding| encoding.content_type);
    Encoding {
        style,
        explode: stated
            .and_then(|encoding| encoding.explode)
            .unwrap_or(style == Style::Form),
        content_type: content_type.and_then(one_type),
        ..Encoding::usual(property.name, Place::Part)
    }
}

fn part<'t>(
    operation: OperationId,
    property: &Property<'t>,
    stated: Option<&document::Encoding<'t>>,
    types: &mut Types<'_, 't>,
) -> Parameter {
    let encoding = encoding(property, stated);
    let stated = stated.and_then(|encoding| encoding.content_type);
    let place = Role::Field(property.name.to_owned());
    let role = Role::Within(Box::new(Role::RequestBody), Box::new(place));
    let origin = Origin::Of(operation, role);
    let ty = match file(property.schema, stated, types) {
        Some(file) => file,
        None => types.use_of(property.schema, &origin).0,
    };
    let shape = types.resolved.shape(property.schema);
    Parameter {
        wire: encoding.wire,
        place: encoding.place,
        part: encoding.part,
        style: encoding.style,
        explode: encoding.explode,
        allow_reserved: encoding.allow_reserved,
        as_is: false,
        may_be_empty: false,
        content_type: encoding.content_type,
        required: property.required && !shape.read_only,
        allow_empty: false,
        ty,
        docs: docs::of_shape(shape),
    }
}

/// What is no text and no JSON is a file, and a list of such things a list of files; a list of lists is neither.
fn file(schema: SchemaId, stated: Option<&str>, types: &Types<'_, '_>) -> Option<TypeRef> {
    match types.resolved.follow(schema).0.kind {
        Kind::List(item) => {
            is_file(item, stated, types).then(|| TypeRef::List(Box::new(TypeRef::File)))
        }
        _ => is_file(schema, stated, types).then_some(TypeRef::File),
    }
}

fn is_file(schema: SchemaId, stated: Option<&str>, types: &Types<'_, '_>) -> bool {
    let is_text = |name: &str| name.starts_with("text/") || name.contains("json");
    let is_binary = stated.is_some_and(|names| !names.split(',').any(|name| is_text(name.trim())));
    match types.resolved.follow(schema).0.kind {
        Kind::String(StringFormat::Binary) => true,
        Kind::String(StringFormat::Plain) => is_binary,
        // Without a type, the specification says `application/octet-stream`.
        Kind::Any => stated.is_none() || is_binary,
        _ => false,
    }
}

/// The one media type of a part; of several, and of a range, the caller chooses.
fn one_type(names: &str) -> Option<String> {
    let is_one = !names.contains(',') && !names.contains('*');
    is_one.then(|| names.trim().to_owned())
}

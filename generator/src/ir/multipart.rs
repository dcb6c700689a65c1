//! `multipart/form-data`: each property of the schema is a part, and an argument of the operation.

use super::docs;
use super::model::{OperationId, Origin, Parameter, Place, Role, Style, TypeRef};
use super::parameter;
use super::types::Types;
use crate::document::{Encoding, MediaType, SchemaId};
use crate::resolved::{Kind, Property, StringFormat};

/// The parts; none where the schema is no object with properties, so that nobody knows them.
pub(super) fn parts<'t>(
    operation: OperationId,
    media: &MediaType<'t>,
    types: &mut Types<'_, 't>,
) -> Option<Vec<Parameter>> {
    let shape = types.resolved.follow(media.schema?).0;
    let Kind::Object(object) = &shape.kind else {
        return None;
    };
    let part = |property: &Property<'t>| {
        let mut encodings = media.encoding.iter();
        let encoding = encodings.find(|encoding| encoding.property == property.name);
        part(operation, property, encoding, types)
    };
    let parts: Vec<_> = object.properties.iter().map(part).collect();
    (!parts.is_empty()).then_some(parts)
}

fn part<'t>(
    operation: OperationId,
    property: &Property<'t>,
    encoding: Option<&Encoding<'t>>,
    types: &mut Types<'_, 't>,
) -> Parameter {
    let stated = encoding.and_then(|encoding| encoding.content_type);
    let place = Role::Field(property.name.to_owned());
    let role = Role::Within(Box::new(Role::RequestBody), Box::new(place));
    let origin = Origin::Of(operation, role);
    let ty = match file(property.schema, stated, types) {
        Some(file) => file,
        None => types.use_of(property.schema, &origin).0,
    };
    let style = encoding.and_then(|encoding| encoding.style);
    let style = style.map_or(Style::Form, parameter::style);
    let shape = types.resolved.shape(property.schema);
    Parameter {
        wire: property.name.to_owned(),
        place: Place::Part,
        style,
        explode: encoding
            .and_then(|encoding| encoding.explode)
            .unwrap_or(style == Style::Form),
        allow_reserved: false,
        content_type: stated.and_then(one_type),
        required: property.required && !shape.read_only,
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

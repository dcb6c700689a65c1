//! Headers that successful responses are documented to have.

use super::answer::status;
use super::docs;
use super::model::{HeaderForm, OperationId, Origin, ResponseHeader, Role, TypeRef};
use super::types::Types;
use crate::document::{Header, Response};
use crate::resolved::Kind;

/// Adds the headers of a response that are not known yet; names are compared without regard to case.
pub(super) fn add<'t>(
    id: OperationId,
    response: &Response<'t>,
    types: &mut Types<'_, 't>,
    headers: &mut Vec<ResponseHeader>,
) {
    for header in &response.headers {
        let is_known = |known: &ResponseHeader| known.wire.eq_ignore_ascii_case(header.name);
        // The media type is what the body is read by, and the specification says to ignore it here.
        if header.name.eq_ignore_ascii_case("content-type") || headers.iter().any(is_known) {
            continue;
        }
        let place = Role::Response(status(response.status));
        let name = Role::Field(header.name.to_owned());
        let origin = Origin::Of(id, Role::Within(Box::new(place), Box::new(name)));
        let (ty, form) = form(header, &origin, types);
        headers.push(ResponseHeader {
            wire: header.name.to_owned(),
            ty,
            form,
            docs: docs::of(None, header.description, header.deprecated),
        });
    }
}

/// The type, and how it is written: what has no form of its own in a header is text.
fn form<'t>(
    header: &Header<'t>,
    origin: &Origin,
    types: &mut Types<'_, 't>,
) -> (TypeRef, HeaderForm) {
    if let Some(content) = &header.content {
        let ty = content.schema.map(|schema| types.use_of(schema, origin).0);
        return match content.name.contains("json") {
            true => (ty.unwrap_or(TypeRef::Json), HeaderForm::Json),
            false => (TypeRef::String, HeaderForm::Plain),
        };
    }
    let Some(schema) = header.schema else {
        return (TypeRef::String, HeaderForm::Plain);
    };
    match types.resolved.follow(schema).0.kind {
        Kind::List(item) => match types.resolved.follow(item).0.kind {
            Kind::List(_) | Kind::Object(_) | Kind::Map(_) | Kind::Tuple(_) | Kind::Union(_) => {
                (TypeRef::String, HeaderForm::Plain)
            }
            _ => (types.use_of(schema, origin).0, HeaderForm::List),
        },
        Kind::Object(_) | Kind::Map(_) | Kind::Tuple(_) | Kind::Union(_) | Kind::Any => {
            (TypeRef::String, HeaderForm::Plain)
        }
        _ => (types.use_of(schema, origin).0, HeaderForm::Plain),
    }
}

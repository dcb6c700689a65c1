//! `application/x-www-form-urlencoded`: members that are not written the usual way.

use super::model::{Encoding, Place, Style};
use super::parameter;
use super::types::Types;
use crate::document::{self, MediaType};
use crate::resolved::Kind;

/// What the encodings of a form say, as far as it changes anything.
pub(super) fn fields(media: &MediaType<'_>, types: &Types<'_, '_>) -> Vec<Encoding> {
    let encodings = media.encoding.iter();
    encodings
        .filter_map(|encoding| field(media, encoding, types))
        .collect()
}

fn field(
    media: &MediaType<'_>,
    encoding: &document::Encoding<'_>,
    types: &Types<'_, '_>,
) -> Option<Encoding> {
    let usual = Encoding::usual(encoding.property, Place::Field);
    // With any of these, a field is written as a parameter of the query, and its media type has no effect.
    if encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved {
        let style = encoding.style.map_or(Style::Form, parameter::style);
        return Some(Encoding {
            style,
            explode: encoding.explode.unwrap_or(style == Style::Form),
            allow_reserved: encoding.allow_reserved,
            ..usual
        });
    }
    // Text is written as JSON only where that is asked for.
    let is_json = encoding
        .content_type
        .is_some_and(|name| name.contains("json"));
    (is_json && !is_nested(media, encoding.property, types)).then_some(Encoding {
        style: Style::Json,
        ..usual
    })
}

/// Whether a member is an object, which is written as JSON anyway.
fn is_nested(media: &MediaType<'_>, property: &str, types: &Types<'_, '_>) -> bool {
    let Some(schema) = media.schema else {
        return false;
    };
    let Kind::Object(object) = &types.resolved.follow(schema).0.kind else {
        return false;
    };
    let member = object.properties.iter().find(|it| it.name == property);
    member.is_some_and(|member| {
        let kind = &types.resolved.follow(member.schema).0.kind;
        matches!(kind, Kind::Object(_) | Kind::Map(_))
    })
}

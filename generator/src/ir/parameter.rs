//! What an operation takes beside its body.

use super::docs;
use super::model::{Docs, OperationId, Origin, Parameter, Place, Role, Style, TypeRef};
use super::types::Types;
use crate::document::{self, MediaType, ParameterLocation, SchemaId};
use crate::spec::Node;

pub(super) fn parameter<'t>(
    operation: OperationId,
    parameter: &document::Parameter<'t>,
    types: &mut Types<'_, 't>,
) -> Parameter {
    let place = match parameter.location {
        ParameterLocation::Path => Place::Path,
        ParameterLocation::Query | ParameterLocation::QueryString => Place::Query,
        ParameterLocation::Header => Place::Header,
        ParameterLocation::Cookie => Place::Cookie,
    };
    let schema = parameter.schema.or(parameter
        .content
        .as_ref()
        .and_then(|content| content.schema));
    let origin = match parameter.component {
        Some(component) => Origin::Named(component.to_owned()),
        None => Origin::Of(operation, Role::Parameter(parameter.name.to_owned())),
    };
    // Null has no spelling in a path, query or header: an optional parameter is left out instead.
    let ty = schema.map_or(TypeRef::String, |schema| types.use_of(schema, &origin).0);
    Parameter {
        wire: parameter.name.to_owned(),
        place,
        part: String::new(),
        style: match &parameter.content {
            Some(content) if parameter.location == ParameterLocation::QueryString => {
                whole_query(content)
            }
            Some(_) => Style::Json,
            None => style(parameter.style),
        },
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        as_is: is_as_is(parameter),
        may_be_empty: place == Place::Path && lists_empty(schema, types),
        content_type: None,
        required: parameter.required,
        // Whatever can be text has the empty text anyway.
        allow_empty: parameter.allow_empty_value && place == Place::Query && ty != TypeRef::String,
        docs: own_docs(parameter, schema, types),
        ty,
    }
}

/// What the description says of the parameter, and what its schema says beside that: limits, a default.
fn own_docs(
    parameter: &document::Parameter<'_>,
    schema: Option<SchemaId>,
    types: &Types<'_, '_>,
) -> Docs {
    let own = docs::of(None, parameter.description, parameter.deprecated);
    let Some(schema) = schema else {
        return own;
    };
    let of_schema = docs::of_shape(types.resolved.shape(schema));
    Docs {
        description: own.description.or(of_schema.description),
        deprecated: own.deprecated || of_schema.deprecated,
        remarks: of_schema.remarks,
        ..own
    }
}

/// Whether the empty text is one of the values that are listed.
fn lists_empty(schema: Option<SchemaId>, types: &Types<'_, '_>) -> bool {
    let Some(schema) = schema else {
        return false;
    };
    let lists = |node: Node<'_>| {
        let values = node.get("enum");
        values.is_some_and(|values| values.items().any(|value| value.as_str() == Some("")))
    };
    lists(types.resolved.shape(schema).node) || lists(types.resolved.follow(schema).0.node)
}

/// AutoRest's way to say that a value is not to be encoded once more.
fn is_as_is(parameter: &document::Parameter<'_>) -> bool {
    let mut extensions = parameter.extensions.iter();
    let found = extensions.find(|(name, _)| *name == "x-ms-skip-url-encoding");
    let is_encoded = found.is_some_and(|(_, value)| value.as_bool() == Some(true));
    is_encoded
        && matches!(
            parameter.location,
            ParameterLocation::Path | ParameterLocation::Query
        )
}

fn whole_query(content: &MediaType<'_>) -> Style {
    match content.name.contains("x-www-form-urlencoded") {
        true => Style::QueryForm,
        false => Style::QueryJson,
    }
}

pub(super) fn style(style: document::Style) -> Style {
    match style {
        document::Style::Matrix => Style::Matrix,
        document::Style::Label => Style::Label,
        document::Style::Simple => Style::Simple,
        document::Style::Form => Style::Form,
        document::Style::Cookie => Style::Cookie,
        document::Style::SpaceDelimited => Style::SpaceDelimited,
        document::Style::PipeDelimited => Style::PipeDelimited,
        document::Style::DeepObject => Style::DeepObject,
        document::Style::Delimited(delimiter) => Style::Delimited(delimiter),
    }
}

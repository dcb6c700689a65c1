//! What an operation takes beside its body.

use super::docs;
use super::model::{OperationId, Origin, Parameter, Place, Role, Style, TypeRef};
use super::types::Types;
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, ParameterLocation};

/// None when the parameter has no place in a call yet; a diagnostic says so.
pub(super) fn parameter<'t>(
    operation: OperationId,
    parameter: &document::Parameter<'t>,
    types: &mut Types<'_, 't>,
    diagnostics: &mut Diagnostics,
) -> Option<Parameter> {
    let place = match parameter.location {
        ParameterLocation::Path => Place::Path,
        ParameterLocation::Query => Place::Query,
        ParameterLocation::Header => Place::Header,
        ParameterLocation::Cookie => Place::Cookie,
        ParameterLocation::QueryString => {
            if let Some(node) = parameter.node {
                let message = format!(
                    "parameter `{}` is a whole query string, which is not supported yet",
                    parameter.name
                );
                diagnostics
                    .at(&codes::PARAMETER_DEGRADED, node, message)
                    .help("the request builder has no method for it");
            }
            return None;
        }
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
    Some(Parameter {
        wire: parameter.name.to_owned(),
        place,
        style: if parameter.content.is_some() {
            Style::Json
        } else {
            style(parameter.style)
        },
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        content_type: None,
        required: parameter.required,
        ty,
        docs: docs::of(None, parameter.description, parameter.deprecated),
    })
}

pub(super) fn style(style: document::Style) -> Style {
    match style {
        document::Style::Matrix => Style::Matrix,
        document::Style::Label => Style::Label,
        document::Style::Simple => Style::Simple,
        document::Style::Form | document::Style::Cookie => Style::Form,
        document::Style::SpaceDelimited => Style::SpaceDelimited,
        document::Style::PipeDelimited => Style::PipeDelimited,
        document::Style::DeepObject => Style::DeepObject,
        document::Style::Delimited(delimiter) => Style::Delimited(delimiter),
    }
}

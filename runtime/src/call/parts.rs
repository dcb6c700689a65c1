//! Bodies of parts: from arguments, or from the members of one value.

use super::argument::Value;
use super::operation::{Location, Parameter, Style};
use super::{Call, style};
use crate::body::{Body, Multipart, Part};
use crate::json::Json;

const FORM: &str = "multipart/form-data";

/// The body that the arguments make, with its media type; none where none of them is a part, unless one is required.
///
/// They go in the order of the description, since some servers want to know the rest before a file comes.
pub(super) fn of_arguments(call: &Call) -> Result<Option<(String, Body)>, String> {
    let arguments = call.arguments.iter();
    let mut arguments: Vec<_> = arguments
        .filter(|argument| argument.location == Location::Part)
        .collect();
    if arguments.is_empty() && !call.operation.requires_parts {
        return Ok(None);
    }
    let declared = call.operation.parameters;
    arguments.sort_by_key(|argument| {
        let is_this =
            |known: &Parameter| known.location == Location::Part && known.name == argument.name;
        declared.iter().position(is_this).unwrap_or(declared.len())
    });
    let mut parts = Vec::new();
    for argument in arguments {
        let parameter = argument.parameter(&call.operation);
        let own = match &argument.value {
            Value::Files(uploads) => uploads.iter().cloned().map(Part::file).collect(),
            Value::Json(value) => parts_of(&parameter, value),
        };
        let headers = headers(call, &argument.name);
        parts.extend(own.into_iter().map(|part| {
            let part = labelled(part, &argument.name, &parameter);
            let with = |part: Part, (name, value): &(String, String)| part.header(name, value);
            headers.iter().fold(part, with)
        }));
    }
    match parts.is_empty() && !call.operation.requires_parts {
        true => Ok(None),
        false => Multipart::from(parts).assemble(FORM).map(Some),
    }
}

/// The headers that are set for a part.
fn headers(call: &Call, part: &str) -> Vec<(String, String)> {
    let is_of = |location: Location| matches!(location, Location::PartHeader(of) if of == part);
    let arguments = call.arguments.iter().filter(|it| is_of(it.location));
    let headers = arguments.filter_map(|argument| match &argument.value {
        Value::Json(value) => {
            let value = style::in_header(&argument.parameter(&call.operation), value);
            Some((argument.name.to_string(), value))
        }
        Value::Files(_) => None,
    });
    headers.collect()
}

/// The body that the members of an object make, with its media type.
pub(super) fn of_value(value: &Json, fields: &[Parameter]) -> Result<(String, Body), String> {
    let members = value
        .as_object()
        .into_iter()
        .flat_map(|members| members.iter());
    let parts = members.filter(|(_, member)| !member.is_null());
    let parts = parts.flat_map(|(name, member)| {
        let field = fields.iter().find(|field| field.name == name).copied();
        let field = field.unwrap_or(Parameter::part(""));
        let parts = parts_of(&field, member).into_iter();
        parts.map(move |part| labelled(part, name, &field))
    });
    parts.collect::<Multipart>().assemble(FORM)
}

fn labelled(part: Part, name: &str, parameter: &Parameter) -> Part {
    let part = part.name(name);
    match parameter.content_type {
        "" => part,
        content_type => part.content_type(content_type),
    }
}

/// A part, or one for each item of a list.
fn parts_of(parameter: &Parameter, value: &Json) -> Vec<Part> {
    let Json::Array(items) = value else {
        return vec![Part::value(value)];
    };
    let items = items.iter().filter(|item| !item.is_null());
    if parameter.explode {
        return items.map(Part::value).collect();
    }
    let items: Vec<_> = items.map(Json::plain_text).collect();
    vec![Part::text(items.join(delimiter(parameter.style)))]
}

fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited | Style::Delimited(' ') => " ",
        Style::PipeDelimited | Style::Delimited('|') => "|",
        Style::Delimited('\t') => "\t",
        _ => ",",
    }
}

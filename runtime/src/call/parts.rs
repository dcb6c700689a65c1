//! Bodies of parts: from arguments, or from the members of one value.

use super::operation::{Location, Parameter, Style};
use super::{Call, Value};
use crate::body::{Body, Part, PartContent, assemble};
use crate::json::Json;

/// The body that the arguments make, with its media type; none where none of them is a part.
///
/// They go in the order of the description, since some servers want to know the rest before a file comes.
pub(super) fn of_arguments(call: &Call) -> Result<Option<(String, Body)>, String> {
    let mut arguments: Vec<_> = call
        .arguments
        .iter()
        .filter(|argument| argument.location == Location::Part)
        .collect();
    let declared = call.operation.parameters;
    arguments.sort_by_key(|argument| {
        let is_this =
            |known: &Parameter| known.location == Location::Part && known.name == argument.name;
        declared.iter().position(is_this).unwrap_or(declared.len())
    });
    let mut parts = Vec::new();
    for argument in arguments {
        let parameter = argument.parameter(&call.operation);
        match &argument.value {
            Value::Files(uploads) => {
                let file = |upload| part(&argument.name, &parameter, PartContent::File(upload));
                parts.extend(uploads.iter().map(file));
            }
            Value::Json(value) => push(&mut parts, &argument.name, &parameter, value),
        }
    }
    match parts.is_empty() {
        true => Ok(None),
        false => assemble(parts).map(Some),
    }
}

/// The body that the members of an object make, with its media type.
pub(super) fn of_value(value: &Json, fields: &[Parameter]) -> Result<(String, Body), String> {
    let mut parts = Vec::new();
    let members = value
        .as_object()
        .into_iter()
        .flat_map(|members| members.iter());
    for (name, member) in members.filter(|(_, member)| !member.is_null()) {
        let field = fields.iter().find(|field| field.name == name).copied();
        let field = field.unwrap_or(Parameter::part(""));
        push(&mut parts, name, &field, member);
    }
    assemble(parts)
}

/// A part, or one for each item of a list.
fn push<'p>(parts: &mut Vec<Part<'p>>, name: &'p str, parameter: &Parameter, value: &'p Json) {
    match value {
        Json::Array(items) if parameter.explode => {
            let items = items.iter().filter(|item| !item.is_null());
            parts.extend(items.map(|item| part(name, parameter, PartContent::Value(item))));
        }
        Json::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            let items: Vec<_> = items.map(Json::plain_text).collect();
            let joined = items.join(delimiter(parameter.style));
            parts.push(part(name, parameter, PartContent::Text(joined)));
        }
        value => parts.push(part(name, parameter, PartContent::Value(value))),
    }
}

fn part<'p>(name: &'p str, parameter: &Parameter, content: PartContent<'p>) -> Part<'p> {
    Part {
        name,
        content_type: parameter.content_type,
        content,
    }
}

fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited | Style::Delimited(' ') => " ",
        Style::PipeDelimited | Style::Delimited('|') => "|",
        Style::Delimited('\t') => "\t",
        _ => ",",
    }
}

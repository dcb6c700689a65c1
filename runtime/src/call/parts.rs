//! The arguments that are parts of a body.

use super::operation::{Location, Parameter, Style};
use super::{Call, Value};
use crate::body::{Body, Part, PartContent, assemble};
use crate::json::Json;

/// The body that the parts make, with its media type; none where there is no part.
///
/// They go in the order of the description, since some servers want to know the rest before a file comes.
pub(super) fn multipart(call: &Call) -> Result<Option<(String, Body)>, String> {
    let mut parts = Vec::new();
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
    for argument in arguments {
        let parameter = argument.parameter(call.operation);
        let part = |content| Part {
            name: &argument.name,
            content_type: parameter.content_type,
            content,
        };
        match &argument.value {
            Value::Files(uploads) => parts.extend(uploads.iter().map(PartContent::File).map(part)),
            Value::Json(Json::Array(items)) if parameter.explode => {
                let items = items.iter().filter(|item| !item.is_null());
                parts.extend(items.map(PartContent::Value).map(part));
            }
            Value::Json(Json::Array(items)) => {
                let items = items.iter().filter(|item| !item.is_null());
                let items: Vec<_> = items.map(Json::plain_text).collect();
                let joined = items.join(delimiter(parameter.style));
                parts.push(part(PartContent::Text(joined)));
            }
            Value::Json(value) => parts.push(part(PartContent::Value(value))),
        }
    }
    match parts.is_empty() {
        true => Ok(None),
        false => assemble(parts).map(Some),
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

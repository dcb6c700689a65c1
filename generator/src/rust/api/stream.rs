//! Further ways of being sent: item by item, and piece by piece.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use super::{SCOPE, request};
use crate::ir::{Answer, Content, EventShape, Operation};
use crate::names::OperationNames;

pub(super) fn render(
    text: &mut Text,
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
    errors: &str,
) {
    if let Some(stream) = &operation.stream {
        text.blank();
        text.open(format_args!("{} {{", runtime::STREAM));
        let item = cx.spell(&stream.item, SCOPE);
        text.line(format_args!("{} => {item}, {errors};", request(names)));
        let accept = literal(&stream.media_types.join(", "));
        let flag = stream.flag.as_ref();
        let flag = flag.map_or(String::new(), |flag| format!(", {}", literal(flag)));
        text.line(format_args!("{accept}, {}{flag}", shape(stream.shape)));
        text.close("}");
    }
    let streamed = operation
        .stream
        .iter()
        .flat_map(|stream| &stream.media_types);
    let streamed: Vec<_> = streamed.collect();
    // The bytes of a stream as a whole are nothing to save.
    let is_file = |answer: &Answer| {
        let names = &answer.media_types;
        answer.content == Some(Content::Bytes) && !names.iter().all(|name| streamed.contains(&name))
    };
    if operation.success.iter().any(is_file) {
        text.blank();
        text.open(format_args!("{} {{", runtime::DOWNLOAD));
        text.line(format_args!("{} => {errors}", request(names)));
        text.close("}");
    }
}

fn shape(shape: EventShape) -> &'static str {
    match shape {
        EventShape::Json => "Json",
        EventShape::Text => "Text",
        EventShape::Event => "Event",
        EventShape::EventOfText => "EventOfText",
    }
}

//! What each operation is sent, and what it may answer.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::bundle::Bundle;
use super::picker::{Picker, anything, examples};
use super::text;
use crate::document::{
    self, Document, MediaType, Operation, ParameterLocation, PathItem, SchemaId, Status, Version,
};
use crate::spec::Node;

/// What one operation is sent, and what it may answer.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// A value for each parameter, in the order of the description.
    pub arguments: Vec<Argument>,
    /// A body for each media type.
    pub bodies: Vec<Content>,
    /// An answer for each documented status.
    pub answers: Vec<Answer>,
}

/// A value for a parameter.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Where the parameter goes.
    pub location: ParameterLocation,
    /// Its name on the wire.
    pub name: String,
    /// The value; none where none was found.
    pub value: Option<Value>,
    /// No value is of the schema as it is written; this one fits several branches of a `oneOf`, say.
    pub doubtful: bool,
}

/// A body of one media type.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type as the description has it.
    pub media_type: String,
    /// What it holds; none where nothing was found.
    pub payload: Option<Payload>,
    /// As of an argument.
    pub doubtful: bool,
}

/// What a body holds.
#[derive(Clone, Debug)]
pub enum Payload {
    /// A value that has a form as JSON: a document, a form, the parts of a body.
    Value(Value),
    /// Text, as it goes over the wire.
    Text(String),
}

/// A documented answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status that it is documented for.
    pub status: Status,
    /// Headers with values.
    pub headers: Vec<(String, String)>,
    /// A body for each media type; empty where none is documented.
    pub contents: Vec<Content>,
}

/// The exchanges of a description.
#[derive(Debug, Default)]
pub struct Exchanges {
    by_place: BTreeMap<(String, String), Exchange>,
}

impl Exchanges {
    /// The exchange of the operation at a pointer; the path, without its query, tells those apart that share one.
    pub fn of(&self, pointer: &str, path: &str) -> Option<&Exchange> {
        self.by_place.get(&(pointer.to_owned(), path.to_owned()))
    }
}

/// Finds values for the operations of a document that are wanted, by their pointers.
pub fn exchanges(document: &Document<'_>, wanted: &BTreeSet<&str>) -> Exchanges {
    let is_wanted = |(_, operation): &(&PathItem<'_>, &Operation<'_>)| {
        wanted.contains(operation.node.pointer().as_str())
    };
    let operations: Vec<_> = operations(document).filter(is_wanted).collect();
    let bundle = bundle(document, &operations);
    let builder = Builder {
        document,
        sent: Picker::new(&bundle, "readOnly"),
        answered: Picker::new(&bundle, "writeOnly"),
    };
    let by_place = operations.iter().map(|(item, operation)| {
        let path = item.path.split(['?', '#']).next().unwrap_or_default();
        let place = (operation.node.pointer(), path.to_owned());
        (place, builder.exchange(operation))
    });
    Exchanges {
        by_place: by_place.collect(),
    }
}

/// The operations of a document, each with its path.
pub(super) fn operations<'d, 't>(
    document: &'d Document<'t>,
) -> impl Iterator<Item = (&'d PathItem<'t>, &'d Operation<'t>)> {
    document.paths.iter().flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(move |operation| (item, operation))
    })
}

/// The schemas of some operations.
pub(super) fn bundle<'t>(
    document: &Document<'t>,
    operations: &[(&PathItem<'t>, &Operation<'t>)],
) -> Bundle {
    let mut nodes = Vec::new();
    let mut forms = Vec::new();
    let mut add = |schema: Option<SchemaId>, operation: Node<'t>| {
        let Some(schema) = schema.map(|id| &document.schemas[id.0 as usize]) else {
            return;
        };
        if schema.node != operation {
            nodes.push(schema.node);
            return;
        }
        // A form of 2.0 stands nowhere as a schema.
        let node_of = |id: SchemaId| document.schemas[id.0 as usize].node;
        let properties = schema.properties.iter();
        let members: Vec<_> = properties.map(|(name, id)| (*name, node_of(*id))).collect();
        nodes.extend(members.iter().map(|(_, node)| *node));
        forms.push((operation, members, &schema.required));
    };
    for (_, operation) in operations {
        let contents = operation.request_body.iter().flat_map(|body| &body.content);
        let answered = operation.responses.iter().flat_map(|it| &it.content);
        for media in contents.chain(answered) {
            add(media.schema, operation.node);
            add(media.item_schema, operation.node);
        }
        for parameter in &operation.parameters {
            let content = parameter
                .content
                .as_ref()
                .and_then(|content| content.schema);
            add(parameter.schema.or(content), operation.node);
        }
        for header in operation.responses.iter().flat_map(|it| &it.headers) {
            add(header.schema, operation.node);
        }
    }
    let version = match document.version {
        Version::V2_0 => "2.0",
        Version::V3_0 => "3.0",
        Version::V3_1 | Version::V3_2 => "3.1",
    };
    let mut bundle = Bundle::of(nodes, version);
    for (operation, members, required) in forms {
        bundle.add_object(operation, members, required);
    }
    bundle
}

struct Builder<'d, 't> {
    document: &'d Document<'t>,
    sent: Picker,
    answered: Picker,
}

impl<'t> Builder<'_, 't> {
    fn exchange(&self, operation: &Operation<'t>) -> Exchange {
        let arguments = operation.parameters.iter().map(|it| self.argument(it));
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter().map(|it| self.answer(it));
        Exchange {
            arguments: arguments.collect(),
            bodies: bodies.map(|media| self.body(media)).collect(),
            answers: answers.collect(),
        }
    }

    fn node(&self, schema: SchemaId) -> Node<'t> {
        self.document.schemas[schema.0 as usize].node
    }

    fn argument(&self, parameter: &document::Parameter<'t>) -> Argument {
        let content = parameter.content.as_ref();
        let schema = parameter
            .schema
            .or(content.and_then(|content| content.schema));
        let own = content
            .and_then(|content| content.example)
            .or(parameter.example);
        let named = content.map_or(&[][..], |content| &content.examples);
        let examples = examples(self.document, own, named, schema);
        let in_header = matches!(
            parameter.location,
            ParameterLocation::Header | ParameterLocation::Cookie
        );
        let fit = |value: &Value| says_something(value) && (!in_header || texts_fit(value));
        let value = match schema {
            Some(schema) => {
                let value = self.sent.pick(self.node(schema), &examples, &fit);
                value.map(|value| self.with_longer_lists(schema, value))
            }
            None => Some(examples.into_iter().find(fit).unwrap_or("text".into())),
        };
        Argument {
            location: parameter.location,
            name: parameter.name.to_owned(),
            doubtful: self.is_doubtful(schema, value.as_ref()),
            value,
        }
    }

    fn body(&self, media: &MediaType<'t>) -> Content {
        let mut examples = examples(self.document, media.example, &media.examples, media.schema);
        let value = match media.schema {
            Some(schema) => {
                let node = self.node(schema);
                // What no field holds cannot be sent.
                examples.retain(|example| self.sent.covers(node, example));
                self.sent
                    .pick(node, &examples, &|value| !is_empty(value))
                    .or_else(|| self.sent.pick(node, &examples, &|_| true))
                    .or_else(|| self.answered.pick(node, &examples, &|_| true))
            }
            None => Some(examples.into_iter().next().unwrap_or_else(anything)),
        };
        let name = text::essence(media.name);
        let is_form = name.contains("form") || name.contains('*') || name.starts_with("multipart/");
        let has_form = is_form || text::is_json(&name) || text::is_xml(&name);
        let value = match (media.schema, value) {
            (Some(schema), Some(value)) if name.contains("form") => {
                Some(self.with_longer_lists(schema, value))
            }
            (_, value) => value,
        };
        let doubtful = self.is_doubtful(media.schema, value.as_ref());
        let payload = value.map(|value| match has_form {
            true => Payload::Value(value),
            false => Payload::Text(text::body(&value)),
        });
        Content {
            media_type: media.name.to_owned(),
            payload,
            doubtful,
        }
    }

    /// A list, or an object with lists, that have two items each, since one alone is no list to those who do not know
    /// the schema.
    fn with_longer_lists(&self, schema: SchemaId, value: Value) -> Value {
        // Where items have to differ, the second is another one.
        let candidates = [Value::clone, text::another].map(|second| longer(&value, second));
        let mut candidates = candidates.into_iter().flatten();
        let found = candidates.find(|longer| self.sent.allows(self.node(schema), longer));
        found.unwrap_or(value)
    }

    fn is_doubtful(&self, schema: Option<SchemaId>, value: Option<&Value>) -> bool {
        match (schema, value) {
            (Some(schema), Some(value)) => !self.sent.allows(self.node(schema), value),
            _ => false,
        }
    }

    fn answer(&self, response: &document::Response<'t>) -> Answer {
        let headers = response.headers.iter().filter_map(|header| {
            let node = self.node(header.schema?);
            let value = self
                .answered
                .pick(node, &[], &|value| text::header(value).is_some());
            Some((header.name.to_owned(), text::header(&value?)?))
        });
        Answer {
            status: response.status,
            headers: headers.collect(),
            contents: response.content.iter().map(|it| self.content(it)).collect(),
        }
    }

    fn content(&self, media: &MediaType<'t>) -> Content {
        let schema = media.item_schema.or(media.schema);
        let examples = match media.item_schema {
            Some(_) => Vec::new(),
            None => examples(self.document, media.example, &media.examples, schema),
        };
        let value = match schema {
            Some(schema) => self.answered.pick(self.node(schema), &examples, &|_| true),
            None => Some(examples.into_iter().next().unwrap_or_else(anything)),
        };
        let name = text::essence(media.name);
        // What XML a value is, is settled by later stages.
        let value = value.filter(|_| !text::is_xml(&name));
        let payload = value.map(|value| match name.as_str() {
            "text/event-stream" => Payload::Text(format!("data: {value}\n\n")),
            "application/json-seq" => Payload::Text(format!("\u{1e}{value}\n")),
            "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => {
                Payload::Text(format!("{value}\n"))
            }
            name if text::is_json(name) || name.contains('*') => Payload::Value(value),
            _ => Payload::Text(text::body(&value)),
        });
        Content {
            media_type: media.name.to_owned(),
            payload,
            doubtful: false,
        }
    }
}

/// A list, or an object with lists, in which single items got a second one; none where there is no list.
fn longer(value: &Value, second: fn(&Value) -> Value) -> Option<Value> {
    let mut longer = value.clone();
    let lists: Vec<&mut Vec<Value>> = match &mut longer {
        Value::Array(items) => vec![items],
        Value::Object(members) => members
            .values_mut()
            .filter_map(Value::as_array_mut)
            .collect(),
        _ => return None,
    };
    for items in lists {
        if let [only] = &items[..] {
            let item = second(only);
            items.push(item);
        }
    }
    Some(longer)
}

/// Whether a value is more than nothing in a path, a query or a header.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !matches!(text.as_str(), "" | "." | ".."),
        Value::Array(items) => !items.is_empty() && items.iter().all(says_something),
        Value::Object(members) => !members.is_empty() && members.values().all(says_something),
        _ => true,
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(|members| members.is_empty())
}

/// Whether all texts can stand in a header.
fn texts_fit(value: &Value) -> bool {
    match value {
        Value::String(text) => text::is_header(text),
        Value::Array(items) => items.iter().all(texts_fit),
        Value::Object(members) => members.values().all(texts_fit),
        _ => true,
    }
}

//! `wire.json`: a line for each operation.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Taken;
use super::entry::{Argument, Entry};
use crate::document::Status;
use crate::ir::{Operation, Place, SecurityKind, SecurityScheme, Style};
use crate::names::GroupNames;
use crate::rust::Cx;
use crate::sample::{Answer, Content, Payload};

pub(super) fn render(cx: &Cx<'_>, groups: &[(&GroupNames, Vec<Entry<'_>>)]) -> String {
    let schemes: Vec<Value> = cx.client.schemes.iter().map(scheme).collect();
    let entries = groups.iter().flat_map(|(_, entries)| entries);
    let lines: Vec<String> = entries.map(operation).collect();
    format!(
        "{{\"schemes\":{},\"operations\":[\n{}\n]}}\n",
        Value::from(schemes),
        lines.join(",\n")
    )
}

fn scheme(scheme: &SecurityScheme) -> Value {
    let (kind, key) = match &scheme.kind {
        SecurityKind::ApiKeyHeader(key) => ("header", key.as_str()),
        SecurityKind::ApiKeyQuery(key) => ("query", key.as_str()),
        SecurityKind::ApiKeyCookie(key) => ("cookie", key.as_str()),
        SecurityKind::Bearer => ("bearer", ""),
        SecurityKind::Basic => ("basic", ""),
        SecurityKind::Other(_) => ("other", ""),
    };
    json!({"name": scheme.name, "kind": kind, "key": key})
}

/// An object with its members in this order, which a map would sort by name.
fn object(members: &[(&str, Value)]) -> String {
    let members = members.iter();
    let members: Vec<String> = members
        .map(|(name, value)| format!("{}:{value}", Value::from(*name)))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn operation(entry: &Entry<'_>) -> String {
    let operation = entry.operation;
    let answers = entry.exchange.map_or(&[][..], |exchange| &exchange.answers);
    let bodies = entry.exchange.map_or(&[][..], |exchange| &exchange.bodies);
    let statuses: Vec<String> = answers
        .iter()
        .map(|answer| status_text(answer.status))
        .collect();
    let consumes: Vec<&str> = bodies.iter().map(|body| body.media_type.as_str()).collect();
    let known = entry
        .arguments
        .iter()
        .filter(|argument| argument.value.is_some());
    let arguments: Vec<Value> = known.map(argument).collect();
    object(&[
        ("test", entry.test.as_str().into()),
        ("id", operation.name.as_str().into()),
        ("method", operation.method.as_str().into()),
        ("path", operation.path.as_str().into()),
        (
            "query",
            operation.fixed_query.as_deref().unwrap_or_default().into(),
        ),
        ("security", json!(schemes(operation))),
        ("arguments", arguments.into()),
        ("consumes", consumes.into()),
        // Where nothing is documented, nothing is out of place.
        (
            "statuses",
            if statuses.is_empty() {
                vec!["default".to_owned()]
            } else {
                statuses
            }
            .into(),
        ),
        ("answers", answers_of(answers).into()),
    ])
}

/// The alternatives by the names of their schemes.
fn schemes(operation: &Operation) -> Vec<Vec<&str>> {
    let alternatives = operation.security.iter();
    let names = alternatives.map(|schemes| schemes.iter().map(|it| it.scheme.as_str()).collect());
    names.collect()
}

fn argument(argument: &Argument<'_>) -> Value {
    let mut members = Map::new();
    let mut add = |name: &str, value: Value| members.insert(name.to_owned(), value);
    add("argument", argument.ident.into());
    add("required", argument.required.into());
    add("value", argument.value.clone().unwrap_or_default());
    if argument.doubtful {
        add("doubtful", true.into());
    }
    match argument.ty {
        Taken::Body(body) => {
            add("in", "body".into());
            add("name", body.content_type.as_str().into());
        }
        Taken::Parameter(parameter) => {
            let place = match parameter.place {
                Place::Part | Place::PartHeader | Place::Field => "part",
                place => place.word(),
            };
            add("in", place.into());
            add("name", parameter.wire.as_str().into());
            add("style", style(parameter.style).into());
            add("explode", parameter.explode.into());
        }
    }
    Value::Object(members)
}

fn style(style: Style) -> String {
    let name = match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
        Style::Json => "json",
        Style::QueryForm => "query-form",
        Style::QueryJson => "query-json",
        Style::Delimited(delimiter) => return format!("delimited {delimiter}"),
    };
    name.to_owned()
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// The answers with a status each: one that is documented by its own number, or one that nothing else documents.
fn answers_of(answers: &[Answer]) -> Vec<Value> {
    let taken: BTreeSet<u16> = answers
        .iter()
        .filter_map(|answer| match answer.status {
            Status::Code(code) => Some(code),
            _ => None,
        })
        .collect();
    let succeeds = answers.iter().any(|answer| match answer.status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(digit) => digit == 2,
        Status::Default => false,
    });
    let free = |codes: std::ops::Range<u16>| codes.into_iter().find(|code| !taken.contains(code));
    let numbered = answers.iter().filter_map(|answer| {
        let status = match answer.status {
            Status::Code(code) => Some(code),
            Status::Range(digit) => free(u16::from(digit) * 100..u16::from(digit) * 100 + 100),
            Status::Default if succeeds => free(500..600),
            Status::Default => Some(200),
        };
        let is_known = answer.contents.is_empty()
            || answer
                .contents
                .iter()
                .any(|content| content.payload.is_some());
        // Of those below no client sees anything; of a redirect, neither.
        let status = status.filter(|status| *status >= 200 && is_known)?;
        Some(answer_of(answer, status))
    });
    numbered.collect()
}

fn answer_of(answer: &Answer, status: u16) -> Value {
    let contents: Vec<Value> = answer.contents.iter().filter_map(content).collect();
    let headers: Map<String, Value> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    json!({"status": status, "headers": headers, "contents": contents})
}

fn content(content: &Content) -> Option<Value> {
    let name = &content.media_type;
    Some(match content.payload.as_ref()? {
        Payload::Value(value) => json!({"type": name, "json": value}),
        Payload::Text(text) => json!({"type": name, "text": text}),
    })
}

//! The members of a schema and of the objects in it, and what they are.

use crate::document::SchemaId;
use crate::resolved::{Kind, Resolved, Shape, StringFormat};

/// Envelopes nest no deeper.
const DEPTH: usize = 4;
/// No envelope has as many members; what has is no envelope.
const MEMBERS: usize = 400;

/// A member, by the names that lead to it.
#[derive(Clone, Debug)]
pub(super) struct Member<'t> {
    pub(super) path: Vec<&'t str>,
    pub(super) schema: SchemaId,
    pub(super) value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text,
    Whole,
    Flag,
    /// Of items of this schema.
    List(SchemaId),
    Object,
    Other,
}

/// The members of an object and of the objects in it, those nearest to it first; lists are not entered.
pub(super) fn members<'t>(resolved: &Resolved<'t>, root: SchemaId) -> Vec<Member<'t>> {
    let mut found: Vec<Member<'t>> = Vec::new();
    let mut level = vec![(Vec::new(), root)];
    for _ in 0..DEPTH {
        let first = found.len();
        for (path, schema) in &level {
            let Kind::Object(object) = &resolved.follow(*schema).0.kind else {
                continue;
            };
            for property in &object.properties {
                if found.len() == MEMBERS {
                    return found;
                }
                let path = path.iter().copied().chain([property.name]).collect();
                found.push(Member {
                    path,
                    schema: property.schema,
                    value: value(resolved, property.schema),
                });
            }
        }
        let objects = found[first..].iter();
        let objects = objects.filter(|member| member.value == Value::Object);
        level = objects
            .map(|member| (member.path.clone(), member.schema))
            .collect();
    }
    found
}

pub(super) fn value(resolved: &Resolved<'_>, schema: SchemaId) -> Value {
    match &resolved.follow(schema).0.kind {
        Kind::String(StringFormat::Plain | StringFormat::Uuid | StringFormat::Base64) => {
            Value::Text
        }
        Kind::Integer(_) => Value::Whole,
        // Some descriptions know no other numbers.
        Kind::Number(None) => Value::Whole,
        Kind::Boolean => Value::Flag,
        Kind::List(item) => Value::List(*item),
        Kind::Object(_) => Value::Object,
        _ => Value::Other,
    }
}

/// What is written about a schema, in lower case.
pub(super) fn description(resolved: &Resolved<'_>, schema: SchemaId) -> String {
    let own: &Shape<'_> = resolved.shape(schema);
    let text = own.description.or(resolved.follow(schema).0.description);
    text.unwrap_or_default().to_lowercase()
}

impl Member<'_> {
    pub(super) fn name(&self) -> &str {
        self.path.last().copied().unwrap_or_default()
    }

    pub(super) fn owned_path(&self) -> Vec<String> {
        self.path.iter().map(|&name| name.to_owned()).collect()
    }
}

//! `enum` and `const`: the values a schema lists.

use super::model::{Choice, Kind};
use super::resolver::Resolver;
use crate::document::{Schema, TypeSet};
use crate::spec::{self, Node};

/// Whether null is among the listed values.
pub(super) fn allows_null(schema: &Schema<'_>) -> bool {
    values(schema).iter().any(|node| node.is_null())
}

/// The listed values without null; a constant is a list of one.
pub(super) fn values<'t>(schema: &Schema<'t>) -> Vec<Node<'t>> {
    match (&schema.enumeration, schema.constant) {
        (_, Some(constant)) => vec![constant],
        (Some(listed), None) => listed.clone(),
        (None, None) => Vec::new(),
    }
}

impl<'t> Resolver<'_, 't> {
    /// The kind that listed values make; none when nothing is listed, or when `type` says it better.
    pub(super) fn enumerated(&self, schema: &Schema<'t>) -> Option<Kind<'t>> {
        let all = values(schema);
        let nodes: Vec<_> = all
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, node)| !node.is_null())
            .collect();
        if nodes.is_empty() {
            return None;
        }
        let every = |kind: spec::Kind| nodes.iter().all(|(_, node)| node.kind() == kind);
        let types = schema.types.without(TypeSet::NULL);
        if every(spec::Kind::Bool) && !types.contains(TypeSet::STRING) {
            return Some(Kind::Boolean);
        }
        if every(spec::Kind::Number)
            && !types.contains(TypeSet::STRING)
            && let Some(integers) = integers(schema, &nodes)
        {
            return Some(Kind::IntegerEnum(integers));
        }
        let scalars = nodes.iter().all(|(_, node)| node.scalar().is_some());
        if every(spec::Kind::String) || (scalars && types == TypeSet::STRING) {
            return Some(Kind::StringEnum(strings(schema, &nodes)));
        }
        if types.len() == 1 && (types == TypeSet::OBJECT || types == TypeSet::ARRAY) {
            return None;
        }
        Some(Kind::JsonEnum(literals(schema, &nodes)))
    }
}

type Listed<'n, 't> = &'n [(usize, Node<'t>)];

fn strings<'t>(schema: &Schema<'t>, nodes: Listed<'_, 't>) -> Vec<Choice<'t, String>> {
    let mut choices: Vec<Choice<'t, String>> = Vec::new();
    for &(index, node) in nodes {
        let value = node.scalar().unwrap_or_default();
        if choices.iter().all(|choice| choice.value != value) {
            choices.push(choice(schema, index, value.to_owned()));
        }
    }
    choices
}

fn integers<'t>(schema: &Schema<'t>, nodes: Listed<'_, 't>) -> Option<Vec<Choice<'t, i64>>> {
    let mut choices: Vec<Choice<'t, i64>> = Vec::new();
    for &(index, node) in nodes {
        let value: i64 = node.scalar()?.parse().ok()?;
        if choices.iter().all(|choice| choice.value != value) {
            choices.push(choice(schema, index, value));
        }
    }
    Some(choices)
}

/// Each value as compact JSON text.
fn literals<'t>(schema: &Schema<'t>, nodes: Listed<'_, 't>) -> Vec<Choice<'t, String>> {
    let mut choices: Vec<Choice<'t, String>> = Vec::new();
    for &(index, node) in nodes {
        let value = node.json_text();
        if choices.iter().all(|choice| choice.value != value) {
            choices.push(choice(schema, index, value));
        }
    }
    choices
}

fn choice<'t, T>(schema: &Schema<'t>, index: usize, value: T) -> Choice<'t, T> {
    Choice {
        value,
        name: schema.enumeration_names.get(index).copied(),
        description: schema.enumeration_descriptions.get(index).copied(),
    }
}

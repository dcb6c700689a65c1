//! Payloads that a description shows for its components.

use std::collections::{BTreeMap, BTreeSet};

use attache_generator::sample::plain;
use attache_generator::spec::{Node, NodeId, Tree};
use serde_json::Value;

/// By the component that they are examples of.
pub(super) fn of(tree: &Tree) -> BTreeMap<NodeId, Vec<Value>> {
    let mut found = BTreeMap::new();
    let mut waiting: Vec<Node<'_>> = tree.roots().collect();
    let mut seen = BTreeSet::new();
    while let Some(node) = waiting.pop() {
        if !seen.insert(node.id()) {
            continue;
        }
        if let Some(schema) = target(node) {
            let examples: &mut Vec<Value> = found.entry(schema.id()).or_default();
            collect(node, examples);
        }
        if matches!(node.key_in_parent(), Some("schemas" | "definitions")) {
            for (_, schema) in node.entries() {
                let listed = schema.get("examples").filter(|node| node.is_sequence());
                let examples = schema
                    .get("example")
                    .into_iter()
                    .chain(schema.get("default"))
                    .chain(listed.into_iter().flat_map(Node::items));
                found
                    .entry(schema.id())
                    .or_default()
                    .extend(examples.map(plain));
            }
        }
        waiting.extend(node.items());
        waiting.extend(node.entries().map(|(_, value)| value));
    }
    found
}

/// The component that a media type, a response of 2.0 or a parameter refers to.
fn target(node: Node<'_>) -> Option<Node<'_>> {
    let reference = node.get("schema")?.get("$ref")?;
    let target = reference.resolve(reference.as_str()?).ok()?;
    let container = target.parent()?.key_in_parent();
    matches!(container, Some("schemas" | "definitions")).then_some(target)
}

fn collect(node: Node<'_>, examples: &mut Vec<Value>) {
    examples.extend(node.get("example").map(plain));
    for (name, example) in node.get("examples").into_iter().flat_map(Node::entries) {
        let reference = example.get("$ref").and_then(Node::as_str);
        let example = reference
            .and_then(|text| example.resolve(text).ok())
            .unwrap_or(example);
        match example.get("value") {
            Some(value) if !name.text.contains('/') => examples.extend(behind(value).map(plain)),
            // In 2.0 the examples stand below their media types.
            _ if name.text.contains("json") => examples.push(plain(example)),
            _ => {}
        }
    }
    let sandbox = node.get("x-amzn-api-sandbox").into_iter();
    let cases = sandbox.flat_map(|sandbox| [sandbox.get("static"), sandbox.get("dynamic")]);
    for case in cases.flatten().flat_map(Node::items) {
        examples.extend(case.get("response").map(plain));
    }
}

/// Some descriptions refer where a value should stand.
fn behind(value: Node<'_>) -> Option<Node<'_>> {
    match value.get("$ref").and_then(Node::as_str) {
        Some(text) => value.resolve(text).ok()?.get("value"),
        None => Some(value),
    }
}

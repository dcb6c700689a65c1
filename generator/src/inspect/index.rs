//! The index of generated items, as JSON for scripts.

use std::collections::BTreeSet;

use super::item::{Item, items};
use crate::diagnostic::{Diagnostic, json_string};
use crate::ir::{self, Origin, TypeId};
use crate::names::Names;

/// Component schemas and operations with the Rust path of each, and what is not, or not fully, in the client.
pub fn index(client: &ir::Client, names: &Names, diagnostics: &[Diagnostic]) -> String {
    let mut seen = BTreeSet::new();
    let components = client
        .types
        .iter()
        .filter(|ty| matches!(ty.origin, Origin::Component(_)) && seen.insert(&ty.pointer));
    let schemas: Vec<String> = components.map(|ty| schema(ty.id, client, names)).collect();
    let operations = items(client)
        .filter_map(|item| operation(item, client, names))
        .collect::<Vec<_>>();
    format!(
        "{{\"crate\": {},\n \"schemas\": {},\n \"operations\": {},\n \"degraded\": {}}}\n",
        json_string(&names.library),
        array(&schemas),
        array(&operations),
        array(&degraded(diagnostics)),
    )
}

fn schema(id: TypeId, client: &ir::Client, names: &Names) -> String {
    let path = format!("{}::{}", names.library, Item::Type(id).path(names));
    let path = if client.ty(id).nullable {
        format!("Option<{path}>")
    } else {
        path
    };
    object(&[("pointer", &client.ty(id).pointer), ("rust", &path)])
}

fn operation(item: Item, client: &ir::Client, names: &Names) -> Option<String> {
    let Item::Operation(id) = item else {
        return None;
    };
    let operation = client.operation(id);
    Some(object(&[
        ("id", &operation.name),
        ("method", &operation.method),
        ("path", &operation.path),
        ("pointer", &operation.pointer),
        ("rust", &format!("{}::{}", names.library, item.path(names))),
    ]))
}

fn degraded(diagnostics: &[Diagnostic]) -> Vec<String> {
    let degrading = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.degrades);
    let entry = |diagnostic: &Diagnostic| {
        let pointer = diagnostic.at.as_ref().map_or("", |at| at.pointer.as_str());
        object(&[
            ("pointer", pointer),
            ("code", diagnostic.code.name),
            ("message", &diagnostic.message),
        ])
    };
    degrading.map(entry).collect()
}

fn object(members: &[(&str, &str)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{}: {}", json_string(key), json_string(value)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

fn array(items: &[String]) -> String {
    if items.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n  {}]", items.join(",\n  "))
    }
}

//! `src/api`: one file per group of operations.

pub(super) mod answers;
pub(super) mod argument;
mod method;
mod operation;
mod pages;
mod parameters;
mod response_headers;
mod security;
mod stream;
mod table;

pub(super) use security::{alternatives, most_used};

use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::spelling::Scope;
use super::text::Text;
use super::{Cx, Source};
use crate::ir::Group;
use crate::names::{GroupNames, OperationNames};

/// How these files reach the types.
const TYPES: &str = "types";
const SCOPE: Scope<'static> = Scope::Path(TYPES);
/// The requests of a group's operations; no operation has this name.
pub(super) const REQUEST: &str = "Request";

/// The request of an operation, in the file of its group.
fn request(names: &OperationNames) -> String {
    format!("{REQUEST}<{}>", names.marker)
}

pub(super) fn render(cx: &Cx<'_>) -> Vec<Source> {
    let mut sources = vec![Source {
        path: cx.path("api/mod.rs"),
        text: index(cx),
    }];
    for (group, names) in cx.client.groups.iter().zip(&cx.names.groups) {
        let path = cx.path(&format!("api/{}.rs", names.module));
        sources.push(Source {
            path,
            text: file(cx, group, names),
        });
    }
    sources
}

fn index(cx: &Cx<'_>) -> String {
    let mut text = Text::page();
    let mut modules: Vec<_> = cx.names.groups.iter().map(|group| &group.module).collect();
    modules.sort();
    for module in modules {
        text.line(format_args!("pub mod {module};"));
    }
    let mut items = Text::default();
    security::render(&mut items, cx);
    for shared in &cx.names.shared_errors {
        if items.lines() > 0 {
            items.blank();
        }
        answers::render_shared(&mut items, cx, shared);
    }
    let items = items.finish();
    if items.is_empty() {
        return text.finish();
    }
    text.blank();
    use_types(&mut text, &items, "super");
    text.finish_with(&items)
}

/// Imports the types, where a file mentions any.
fn use_types(text: &mut Text, items: &str, root: &str) {
    if items.contains(&format!("{TYPES}::")) {
        text.line(format_args!("use {root}::{TYPES};"));
        text.blank();
    }
}

fn file(cx: &Cx<'_>, group: &Group, names: &GroupNames) -> String {
    let mut items = Text::default();
    render_handle(&mut items, cx, group, names);
    items.blank();
    items.line(format_args!("{} {{ {REQUEST} }}", runtime::REQUESTS));
    for &id in &group.operations {
        items.blank();
        operation::render(&mut items, cx, id);
    }
    let items = items.finish();
    let mut text = Text::page();
    use_types(&mut text, &items, "super::super");
    text.finish_with(&items)
}

/// The handle that offers the group's operations.
fn render_handle(text: &mut Text, cx: &Cx<'_>, group: &Group, names: &GroupNames) {
    let mut docs = doc_lines(&group.docs);
    if docs.is_empty() {
        docs.push("Operations of this group.".to_owned());
    }
    text.docs("///", &docs);
    text.line("#[derive(Clone, Copy, Debug)]");
    text.open(format_args!("pub struct {}<'c> {{", names.handle));
    text.line(format_args!("client: &'c {},", runtime::CLIENT));
    text.close("}");
    text.blank();
    text.open(format_args!("impl<'c> {}<'c> {{", names.handle));
    text.open(format_args!(
        "pub(in super::super) fn new(client: &'c {}) -> Self {{",
        runtime::CLIENT
    ));
    text.line("Self { client }");
    text.close("}");
    for &id in &group.operations {
        text.blank();
        method::render(text, cx, id);
    }
    text.close("}");
}

//! `tests/wire.rs` and `tests/wire.json`: a test for each operation, and the values that it sends and reads.
//!
//! Input: the client, its names, and an exchange for each operation. Output: two files.
//! Invariant: every operation has a test; one for which no value is found says so, and is ignored.
//! Never: a value in Rust, which would have to be compiled.

mod entry;
mod table;

use super::spelling::Scope;
use super::text::Text;
use super::{Cx, Source, runtime_paths as runtime};
use crate::ir::{Body, Content, Parameter, TypeRef};
use crate::names::GroupNames;
use crate::sample::Exchanges;
use entry::Entry;

pub(super) fn render(cx: &Cx<'_>, exchanges: &Exchanges) -> Vec<Source> {
    let mut entries = Vec::new();
    for group in &cx.names.groups {
        let operations = group.operations.iter().map(|id| cx.client.operation(*id));
        let found = operations.map(|operation| Entry::of(cx, group, operation, exchanges));
        entries.push((group, found.collect::<Vec<_>>()));
    }
    let file = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    vec![
        file("tests/wire.rs", render_tests(cx, &entries)),
        file("tests/wire.json", table::render(cx, &entries)),
    ]
}

fn render_tests(cx: &Cx<'_>, groups: &[(&GroupNames, Vec<Entry<'_>>)]) -> String {
    let mut text = Text::page();
    text.docs(
        "//!",
        &[
            "A test for each operation: what is sent is what was asked for, and what is documented can be read."
                .to_owned(),
            String::new(),
            "The values are in `wire.json`. The variable `ATTACHE_WIRE_URL` names a server to call; without it, a mock answers."
                .to_owned(),
        ],
    );
    text.blank();
    text.line("#![allow(deprecated)]");
    text.blank();
    text.open(format_args!("{} {{", runtime::WIRE_TESTS));
    let library = &cx.names.library;
    text.line(format_args!(
        "{library}::Client, include_str!(\"wire.json\");"
    ));
    for (group, entries) in groups {
        text.blank();
        text.open(format_args!("mod {} {{", group.accessor));
        for entry in entries {
            render_entry(&mut text, cx, entry);
        }
        text.close("}");
    }
    text.close("}");
    text.finish()
}

fn render_entry(text: &mut Text, cx: &Cx<'_>, entry: &Entry<'_>) {
    if let Some(reason) = &entry.impossible {
        text.line(format_args!("#[ignore = {reason:?}]"));
    }
    let scope = format!("::{}::types", cx.names.library);
    let (required, optional): (Vec<_>, Vec<_>) = entry
        .arguments
        .iter()
        .partition(|argument| argument.required);
    let required = required
        .iter()
        .map(|it| format!("{}: {}", it.ident, spell(cx, it.ty, &scope)));
    let head = format!(
        "{}({})",
        entry.method,
        required.collect::<Vec<_>>().join(", ")
    );
    let setters = optional.iter().filter(|it| it.value.is_some());
    let setters = setters.map(|it| format!(".{}({})", it.ident, spell(cx, it.ty, &scope)));
    let words: Vec<String> = setters.collect();
    match words.split_last() {
        None => text.line(format_args!("{head};")),
        Some((last, others)) => {
            text.open(head);
            for word in others {
                text.line(word);
            }
            text.line(format_args!("{last};"));
            text.end();
        }
    }
}

/// What an argument is: a parameter, or the body.
#[derive(Clone, Copy)]
enum Taken<'c> {
    Parameter(&'c Parameter),
    Body(&'c Body),
}

fn spell(cx: &Cx<'_>, taken: Taken<'_>, scope: &str) -> String {
    let spell = |ty: &TypeRef| cx.spell(ty, Scope::Path(scope));
    match taken {
        Taken::Parameter(parameter) => spell(&parameter.ty),
        Taken::Body(body) => match &body.content {
            Content::Json(ty) | Content::Form(ty) | Content::Xml(ty) => spell(ty),
            Content::Text => "String".to_owned(),
            Content::Parts => runtime::MULTIPART.to_owned(),
            Content::Bytes => runtime::BODY.to_owned(),
        },
    }
}

/// The name of a test: `parcels.create`.
fn test_name(group: &GroupNames, method: &str) -> String {
    format!("{}.{method}", group.accessor)
}

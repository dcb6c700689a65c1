//! `src/callbacks.rs`: what servers send back on behalf of operations, each as a name for its type.

use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::spelling::Scope;
use super::text::{Text, plain};
use super::{Cx, Source};
use crate::ir::Callback;

const TYPES: &str = "types";

/// None where no operation has any.
pub(super) fn render(cx: &Cx<'_>) -> Option<Source> {
    if cx.client.callbacks.is_empty() {
        return None;
    }
    let mut items = Text::default();
    let named = cx.client.callbacks.iter().zip(&cx.names.callbacks);
    for (number, (callback, ident)) in named.enumerate() {
        if number > 0 {
            items.blank();
        }
        render_payload(&mut items, cx, callback, ident);
    }
    let items = items.finish();
    let mut text = Text::page();
    if items.contains(&format!("{TYPES}::")) {
        text.line(format_args!("use super::{TYPES};"));
        text.blank();
    }
    Some(Source {
        path: cx.path("callbacks.rs"),
        text: text.finish_with(&items),
    })
}

fn render_payload(text: &mut Text, cx: &Cx<'_>, callback: &Callback, ident: &str) {
    let mut docs = doc_lines(&callback.docs);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    let operation = cx.client.operation(callback.operation);
    docs.push(format!(
        "The body of `{}`, sent as `{} {}` on behalf of `{}`.",
        plain(&callback.name),
        plain(&callback.method),
        plain(&callback.expression),
        plain(&operation.name)
    ));
    docs.push(format!("`{}::json::from_slice` reads it.", runtime::ROOT));
    text.docs("///", &docs);
    if callback.docs.deprecated {
        text.line("#[deprecated]");
    }
    let ty = cx.spell(&callback.payload, Scope::Path(TYPES));
    text.typed(&format!("pub type {ident} ="), &ty, ";");
}

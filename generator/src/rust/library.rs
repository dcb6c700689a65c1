//! `src/lib.rs`, or `mod.rs` for `include!`: the front page, the modules, what they re-export.

use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::text::{Text, plain};
use super::{Cx, Source};
use crate::config::Layout;
use crate::ir::Docs;

/// What a description's words can bring about, and nobody can change in generated code.
const ALLOWED: &[&str] = &[
    "deprecated",
    "clippy::doc_lazy_continuation",
    "clippy::doc_overindented_list_items",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::len_without_is_empty",
    "clippy::module_inception",
    "clippy::new_ret_no_self",
    "clippy::should_implement_trait",
    "clippy::too_long_first_doc_paragraph",
    "clippy::too_many_arguments",
    "clippy::type_complexity",
    "clippy::upper_case_acronyms",
    "clippy::wrong_self_convention",
];

/// The lints of a crate are its author's taste, and included code is not the author's.
const ALLOWED_WHEN_INCLUDED: &[&str] = &[
    "clippy::all",
    "clippy::nursery",
    "clippy::pedantic",
    "dead_code",
    "deprecated",
    "missing_docs",
    "unreachable_pub",
    "unused_imports",
];

pub(super) fn render(cx: &Cx<'_>) -> Source {
    let mut text = Text::page();
    let mut modules = vec!["pub mod api;", "mod client;", "pub mod types;"];
    if !cx.client.callbacks.is_empty() {
        modules.insert(1, "pub mod callbacks;");
    }
    if !cx.client.links.is_empty() {
        modules.insert(modules.len() - 1, "pub mod links;");
    }
    if !cx.client.servers.is_empty() {
        modules.insert(modules.len() - 1, "pub mod servers;");
    }
    match cx.config.layout {
        Layout::Crate => {
            text.docs("//!", &front_page(cx));
            text.blank();
            text.line("#![forbid(unsafe_code)]");
            allow(&mut text, "#![allow(", ALLOWED);
            text.blank();
            modules.iter().for_each(|module| text.line(module));
            text.blank();
            text.line(format_args!("pub use {};", runtime::ROOT));
            re_exports(&mut text, "", true);
        }
        Layout::Module => {
            // Included text can have no attributes of its own, so each module gets them.
            for module in modules {
                allow(&mut text, "#[allow(", ALLOWED_WHEN_INCLUDED);
                text.line(module);
            }
            text.blank();
            re_exports(
                &mut text,
                "#[allow(unreachable_pub, unused_imports)]",
                false,
            );
        }
    }
    let path = match cx.config.layout {
        Layout::Crate => "src/lib.rs",
        Layout::Module => "mod.rs",
    };
    Source {
        path: path.to_owned(),
        text: text.finish(),
    }
}

fn allow(text: &mut Text, head: &str, lints: &[&str]) {
    text.open(head);
    for (number, lint) in lints.iter().enumerate() {
        let comma = if number + 1 < lints.len() { "," } else { "" };
        text.line(format_args!("{lint}{comma}"));
    }
    text.close(")]");
}

/// Each with the attribute that the layout needs; only a crate has features.
fn re_exports(text: &mut Text, attribute: &str, has_features: bool) {
    let mut line = |attribute: &str, line: String| {
        if !attribute.is_empty() {
            text.line(attribute);
        }
        text.line(line);
    };
    let root = runtime::ROOT;
    let always = "{ApiKey, Basic, Bearer, Environment, Error, Maybe, Response}";
    line(attribute, format!("pub use {root}::{always};"));
    if has_features {
        let validation = format!("pub use {root}::{{Validate, Violation, Violations}};");
        line("#[cfg(feature = \"validate\")]", validation);
    }
    let client = "pub use client::{Client, ClientBuilder};";
    line(attribute, client.to_owned());
}

fn front_page(cx: &Cx<'_>) -> Vec<String> {
    let info = &cx.client.info;
    let title = if info.title.is_empty() {
        &cx.names.package
    } else {
        &info.title
    };
    let title = Docs {
        summary: Some(format!("Client of {title}.")),
        ..Docs::default()
    };
    let about = Docs {
        summary: info.summary.clone(),
        description: info.description.clone(),
        ..Docs::default()
    };
    let version = vec![format!("Version of the API: `{}`.", plain(&info.version))];
    let mut lines = doc_lines(&title);
    for paragraph in [doc_lines(&about), version] {
        if !paragraph.is_empty() {
            lines.push(String::new());
            lines.extend(paragraph);
        }
    }
    lines
}

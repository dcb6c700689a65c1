//! Unions: told apart by a tag, or tried in order; both keep JSON that fits no variant.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::spelling::Scope;
use super::super::text::{Text, literal, plain};
use super::rules::clause;
use super::{or_any, render_head};
use crate::ir::{TypeDef, Union, Variant};

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, def: &TypeDef, union: &Union, scope: Scope<'_>) {
    let names = &cx.names.types[def.id.0 as usize];
    render_head(text, cx, def);
    text.line("#[derive(Clone)]");
    text.line("#[non_exhaustive]");
    text.open(format_args!("pub enum {} {{", names.ident));
    for (variant, name) in union.variants.iter().zip(&names.members) {
        text.docs("///", &variant_docs(cx, variant));
        text.variant(name, &cx.spell_boxed(&variant.ty, variant.boxed, scope));
    }
    text.line("/// A value that fits no variant of the description.");
    text.line(format_args!("Unknown({}),", runtime::JSON));
    text.close("}");
    text.blank();
    let open = or_any(def);
    let rules = clause(&def.rules);
    match &union.tag {
        Some(tag) => {
            let head = format!("{}{open} by {}{rules} {{", names.ident, literal(tag));
            render_tagged(text, cx, union, &head, &names.members, scope);
        }
        None => {
            let head = format!("{}{open}{rules} {{", names.ident);
            render_untagged(text, cx, union, &head, &names.members, scope);
        }
    }
}

fn variant_docs(cx: &Cx<'_>, variant: &Variant) -> Vec<String> {
    let lines = doc_lines(&variant.docs);
    if !lines.is_empty() {
        return lines;
    }
    let tags = || {
        variant
            .tags
            .iter()
            .map(|tag| format!("`{}`", plain(tag)))
            .collect::<Vec<_>>()
    };
    if variant.tags.is_empty() {
        vec![format!("`{}`", cx.spell(&variant.ty, Scope::Path("types")))]
    } else {
        vec![tags().join(", ")]
    }
}

fn render_tagged(
    text: &mut Text,
    cx: &Cx<'_>,
    union: &Union,
    head: &str,
    members: &[String],
    scope: Scope<'_>,
) {
    text.open(format_args!("{} {{", runtime::TAGGED_UNION));
    text.open(head);
    let variants = || union.variants.iter().zip(members);
    for (variant, name) in variants().filter(|(variant, _)| !variant.tags.is_empty()) {
        let tags: Vec<_> = variant.tags.iter().map(|tag| literal(tag)).collect();
        let ty = cx.spell_boxed(&variant.ty, variant.boxed, scope);
        text.line(format_args!("{} => {name}({ty}),", tags.join(" | ")));
    }
    if let Some((variant, name)) = variants().find(|(variant, _)| variant.fallback) {
        let ty = cx.spell_boxed(&variant.ty, variant.boxed, scope);
        text.line(format_args!("_ => {name}({ty}),"));
    }
    text.close("}");
    text.close("}");
}

fn render_untagged(
    text: &mut Text,
    cx: &Cx<'_>,
    union: &Union,
    head: &str,
    members: &[String],
    scope: Scope<'_>,
) {
    text.open(format_args!("{} {{", runtime::UNTAGGED_UNION));
    text.open(head);
    for (variant, name) in union.variants.iter().zip(members) {
        let ty = cx.spell_boxed(&variant.ty, variant.boxed, scope);
        text.line(format_args!("{name}({ty}){},", clause(&variant.rules)));
    }
    text.close("}");
    text.close("}");
}

//! `src/types`: one file per component schema, its inline children beside it.

mod alias;
mod enumeration;
mod object;
mod rules;
mod tuple;
mod union;
mod xml;

use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::spelling::Scope;
use super::text::{Text, plain};
use super::version_sort::version_key;
use super::{Cx, Source};
use crate::ir::{Origin, Role, TypeDef, TypeId, TypeKind};
use crate::names::{Rename, TypeModule};

pub(super) fn render(cx: &Cx<'_>) -> Vec<Source> {
    let mut sources = vec![Source {
        path: cx.path("types/mod.rs"),
        text: index(cx),
    }];
    for module in &cx.names.type_modules {
        let path = cx.path(&format!("types/{}.rs", module.module));
        sources.push(Source {
            path,
            text: file(cx, module),
        });
    }
    sources
}

fn index(cx: &Cx<'_>) -> String {
    let mut text = Text::page();
    let mut modules: Vec<_> = cx
        .names
        .type_modules
        .iter()
        .map(|module| &module.module)
        .collect();
    modules.sort();
    for module in &modules {
        text.line(format_args!("mod {module};"));
    }
    text.blank();
    modules.sort_by_key(|module| version_key(module));
    for module in &modules {
        text.line(format_args!("pub use self::{module}::*;"));
    }
    text.finish()
}

fn file(cx: &Cx<'_>, module: &TypeModule) -> String {
    let mut text = Text::page();
    for &id in &module.types {
        render_type(&mut text, cx, id, Scope::Module(&module.types));
        text.blank();
    }
    render_values(&mut text, cx, module);
    text.finish()
}

/// The types of a file that are printed and compared by what they are when they are sent.
fn render_values(text: &mut Text, cx: &Cx<'_>, module: &TypeModule) {
    let is_json = |id: &&TypeId| {
        let kind = &cx.client.ty(**id).kind;
        matches!(kind, TypeKind::Object(_) | TypeKind::Union(_))
    };
    let mut types = module.types.iter().filter(is_json).peekable();
    if types.peek().is_none() {
        return;
    }
    text.open(format_args!("{} {{", runtime::JSON_VALUES));
    for id in types {
        text.line(format_args!("{},", cx.names.types[id.0 as usize].ident));
    }
    text.close("}");
}

fn render_type(text: &mut Text, cx: &Cx<'_>, id: TypeId, scope: Scope<'_>) {
    let def = cx.client.ty(id);
    match &def.kind {
        TypeKind::Object(object) => object::render(text, cx, def, object, scope),
        TypeKind::StringEnum(values) => enumeration::render_strings(text, cx, def, values),
        TypeKind::IntegerEnum(values) => enumeration::render_integers(text, cx, def, values),
        TypeKind::JsonEnum(values) => enumeration::render_literals(text, cx, def, values),
        TypeKind::Tuple(tuple) => tuple::render(text, cx, def, tuple, scope),
        TypeKind::Union(union) => union::render(text, cx, def, union, scope),
        TypeKind::Alias(ty) => alias::render_alias(text, cx, def, ty, scope),
        TypeKind::Newtype(ty) => alias::render_newtype(text, cx, def, ty, scope),
    }
    if def.in_xml {
        xml::render(text, cx, def, scope);
    }
    if let (Some(whole), false) = (whole_of(def), matches!(def.kind, TypeKind::Alias(_))) {
        let (view, whole) = (cx.spell_named(id, scope), cx.spell_named(whole, scope));
        text.blank();
        text.open(format_args!("{} {{", runtime::REQUEST_VIEW));
        text.line(format_args!("{view} of {whole}"));
        text.close("}");
    }
}

/// The type in the place of which requests carry this one.
fn whole_of(def: &TypeDef) -> Option<TypeId> {
    match def.origin {
        Origin::Inside(whole, Role::Request) => Some(whole),
        _ => None,
    }
}

/// Doc comment and deprecation of a type. Every type has a comment: its place in the description where it has no text.
fn render_head(text: &mut Text, cx: &Cx<'_>, def: &TypeDef) {
    let mut lines = doc_lines(&def.docs);
    if lines.is_empty() {
        lines.push(format!("`{}`", plain(&def.pointer)));
    }
    let ident = &cx.names.types[def.id.0 as usize].ident;
    // Members without a place of their own are noted at the same pointer.
    let is_this = |rename: &&Rename| rename.pointer == def.pointer && rename.given == *ident;
    let renamed = cx.names.renames.iter().find(is_this);
    if let Some(rename) = renamed {
        lines.push(String::new());
        lines.push(format!(
            "Named `{}` in the description ({}).",
            plain(&rename.wanted),
            rename.reason
        ));
    }
    let views = [
        (def.request_view, "Requests carry"),
        (whole_of(def), "Requests carry this; responses carry"),
    ];
    for (other, what) in views {
        if let Some(other) = other {
            let other = &cx.names.types[other.0 as usize].ident;
            lines.push(String::new());
            lines.push(format!("{what} [`{other}`]."));
        }
    }
    text.docs("///", &lines);
    deprecated(text, def.docs.deprecated);
}

/// Behind the name in a table: values that it does not list are as good as those it does.
fn or_any(def: &TypeDef) -> &'static str {
    if def.open { " or any" } else { "" }
}

fn deprecated(text: &mut Text, deprecated: bool) {
    if deprecated {
        text.line("#[deprecated]");
    }
}

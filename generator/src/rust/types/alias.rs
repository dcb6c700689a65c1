//! Other names for types, and the structs that stand for aliases of themselves.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::spelling::Scope;
use super::super::text::Text;
use super::render_head;
use super::rules::clause;
use crate::ir::{TypeDef, TypeRef};

pub(super) fn render_alias(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    ty: &TypeRef,
    scope: Scope<'_>,
) {
    let ident = &cx.names.types[def.id.0 as usize].ident;
    render_head(text, cx, def);
    text.typed(&format!("pub type {ident} ="), &cx.spell(ty, scope), ";");
}

pub(super) fn render_newtype(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    ty: &TypeRef,
    scope: Scope<'_>,
) {
    let ident = &cx.names.types[def.id.0 as usize].ident;
    let ty = cx.spell(ty, scope);
    render_head(text, cx, def);
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line(format_args!("pub struct {ident}(pub {ty});"));
    text.blank();
    text.open(format_args!("{} {{", runtime::NEWTYPE));
    text.line(format_args!("{ident}({ty}){}", clause(&def.rules)));
    text.close("}");
}

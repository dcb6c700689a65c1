//! Arrays with a type per position: a struct without names, and the table of what is always there.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::spelling::Scope;
use super::super::text::Text;
use super::render_head;
use super::rules::clause;
use crate::ir::{Presence, Rule, Tuple, TypeDef, TypeRef};

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, def: &TypeDef, tuple: &Tuple, scope: Scope<'_>) {
    let ident = &cx.names.types[def.id.0 as usize].ident;
    render_head(text, cx, def);
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.open(format_args!("pub struct {ident}("));
    for (position, item) in tuple.items.iter().enumerate() {
        let mut docs = doc_lines(&item.docs);
        if docs.is_empty() {
            docs.push(format!("Item {}.", position + 1));
        }
        text.docs("///", &docs);
        let ty = cx.spell_boxed(&item.ty, item.boxed, scope);
        text.typed("pub", &cx.spell_presence(ty, item.presence), ",");
    }
    if let Some(rest) = &tuple.rest {
        text.line("/// Items beyond those.");
        let rest = TypeRef::List(Box::new(rest.clone()));
        text.typed("pub", &cx.spell(&rest, scope), ",");
    }
    text.close(");");
    text.blank();
    render_table(text, tuple, ident, &def.rules);
}

fn render_table(text: &mut Text, tuple: &Tuple, ident: &str, rules: &[Rule]) {
    text.open(format_args!("{} {{", runtime::TUPLE));
    text.open(format_args!("{ident}{} {{", clause(rules)));
    for (position, item) in tuple.items.iter().enumerate() {
        let presence = match item.presence {
            Presence::Required | Presence::RequiredNullable => "required",
            Presence::Optional | Presence::OptionalNullable => "optional",
        };
        let rules = clause(&item.rules);
        text.line(format_args!("{presence} {position}{rules},"));
    }
    if tuple.rest.is_some() {
        let rules = clause(&tuple.rest_rules);
        text.line(format_args!("..{}{rules},", tuple.items.len()));
    }
    text.close("}");
    text.close("}");
}

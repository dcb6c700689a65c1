//! Enums of strings, of integers and of any JSON; all keep values that the description does not list.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal, plain};
use super::{or_any, render_head};
use crate::ir::{Docs, EnumValue, TypeDef};

pub(super) fn render_strings(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    values: &[EnumValue<String>],
) {
    let values: Vec<_> = values
        .iter()
        .map(|value| (literal(&value.wire), literal(&value.wire), &value.docs))
        .collect();
    // What the macro of the table gives is all of it.
    let derives = None;
    render(
        text,
        cx,
        def,
        &values,
        derives,
        "String",
        runtime::STRING_ENUM,
    );
}

pub(super) fn render_integers(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    values: &[EnumValue<i64>],
) {
    let values: Vec<_> = values
        .iter()
        .map(|value| (value.wire.to_string(), value.wire.to_string(), &value.docs))
        .collect();
    let derives = Some("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    render(
        text,
        cx,
        def,
        &values,
        derives,
        "i64",
        runtime::INTEGER_ENUM,
    );
}

pub(super) fn render_literals(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    values: &[EnumValue<String>],
) {
    let values: Vec<_> = values
        .iter()
        .map(|value| (literal(&value.wire), value.wire.clone(), &value.docs))
        .collect();
    let derives = Some("#[derive(Clone, Debug, PartialEq)]");
    let base = runtime::JSON;
    render(text, cx, def, &values, derives, base, runtime::JSON_ENUM);
}

fn render(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    values: &[(String, String, &Docs)],
    derives: Option<&str>,
    base: &str,
    table: &str,
) {
    let names = &cx.names.types[def.id.0 as usize];
    render_head(text, cx, def);
    if let Some(derives) = derives {
        text.line(derives);
    }
    text.line("#[non_exhaustive]");
    text.open(format_args!("pub enum {} {{", names.ident));
    for ((_, shown, docs), name) in values.iter().zip(&names.members) {
        let lines = doc_lines(docs);
        let lines = if lines.is_empty() {
            vec![format!("`{}`", plain(shown))]
        } else {
            lines
        };
        text.docs("///", &lines);
        text.line(format_args!("{name},"));
    }
    text.line(match def.open {
        true => "/// Any other value, which is as good as those.",
        false => "/// A value that the description does not list.",
    });
    text.line(format_args!("Unknown({base}),"));
    text.close("}");
    text.blank();
    text.open(format_args!("{table} {{"));
    text.open(format_args!("{}{} {{", names.ident, or_any(def)));
    for ((wire, _, _), name) in values.iter().zip(&names.members) {
        text.line(format_args!("{name} => {wire},"));
    }
    text.close("}");
    text.close("}");
}

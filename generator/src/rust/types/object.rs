//! Structs: the fields, the table of their names in JSON, and setters where a request carries the type.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::spelling::Scope;
use super::super::text::{Text, literal, plain};
use super::rules::clause;
use super::{deprecated, render_head};
use crate::ir::{Field, Object, Presence, Rule, TypeDef, TypeRef};
use crate::names::TypeNames;

pub(super) fn render(
    text: &mut Text,
    cx: &Cx<'_>,
    def: &TypeDef,
    object: &Object,
    scope: Scope<'_>,
) {
    let names = &cx.names.types[def.id.0 as usize];
    render_struct(text, cx, def, object, scope);
    text.blank();
    render_table(text, object, names, &def.rules);
    if def.in_request {
        text.blank();
        render_setters(text, cx, object, names, scope);
    }
}

fn render_struct(text: &mut Text, cx: &Cx<'_>, def: &TypeDef, object: &Object, scope: Scope<'_>) {
    let names = &cx.names.types[def.id.0 as usize];
    render_head(text, cx, def);
    text.line("#[derive(Clone)]");
    text.line("#[non_exhaustive]");
    if object.fields.is_empty() && object.rest.is_none() {
        text.line(format_args!("pub struct {} {{}}", names.ident));
        return;
    }
    text.open(format_args!("pub struct {} {{", names.ident));
    for (field, name) in object.fields.iter().zip(&names.members) {
        text.docs("///", &field_docs(field, name));
        deprecated(text, field.docs.deprecated);
        text.typed(&format!("pub {name}:"), &cx.spell_field(field, scope), ",");
    }
    if let (Some(rest), Some(name)) = (&object.rest, &names.rest) {
        text.line("/// Members beyond the declared ones.");
        let rest = TypeRef::Map(Box::new(rest.clone()));
        text.typed(&format!("pub {name}:"), &cx.spell(&rest, scope), ",");
    }
    text.close("}");
}

/// The table below tells the name in JSON; here it stands only where it differs from the field's.
fn field_docs(field: &Field, name: &str) -> Vec<String> {
    let lines = doc_lines(&field.docs);
    if lines.is_empty() && field.wire != name {
        vec![format!("`{}`", plain(&field.wire))]
    } else {
        lines
    }
}

fn render_table(text: &mut Text, object: &Object, names: &TypeNames, rules: &[Rule]) {
    text.open(format_args!("{} {{", runtime::OBJECT));
    text.open(format_args!("{}{} {{", names.ident, clause(rules)));
    for (field, name) in object.fields.iter().zip(&names.members) {
        let presence = match field.presence {
            Presence::Required | Presence::RequiredNullable => "required",
            Presence::Optional | Presence::OptionalNullable => "optional",
        };
        text.line(format_args!(
            "{presence} {} => {name}{},",
            literal(&field.wire),
            clause(&field.rules)
        ));
    }
    if let Some(rest) = &names.rest {
        text.line(format_args!("..{rest}{},", clause(&object.rest_rules)));
    }
    text.close("}");
    text.close("}");
}

/// `new` takes what has to be said; the rest has setters.
fn render_setters(
    text: &mut Text,
    cx: &Cx<'_>,
    object: &Object,
    names: &TypeNames,
    scope: Scope<'_>,
) {
    let members = || object.fields.iter().zip(&names.members);
    let said = |field: &Field| {
        matches!(
            field.presence,
            Presence::Required | Presence::RequiredNullable
        ) && !field.constant
    };
    let argument = |(field, name): (&Field, &String)| {
        let ty = cx.spell(&field.ty, scope);
        let ty = if field.presence == Presence::RequiredNullable {
            format!("Option<{ty}>")
        } else {
            ty
        };
        format!("{name}: {ty}")
    };
    let arguments: Vec<_> = members()
        .filter(|(field, _)| said(field))
        .map(argument)
        .collect();
    text.open(format_args!("{} {{", runtime::SETTERS));
    text.open(format_args!("{}({}) {{", names.ident, arguments.join(", ")));
    for (field, name) in members().filter(|(field, _)| !said(field) && !field.constant) {
        text.line(format_args!("{name}: {},", cx.spell(&field.ty, scope)));
    }
    text.close("}");
    text.close("}");
}

//! `src/servers.rs`: a type per server, where the description leaves a choice.

use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::text::{Text, literal, plain};
use super::{Cx, Source};
use crate::ir::{Server, ServerVariable};
use crate::names::{ServerNames, VariableNames};

pub(super) fn render(cx: &Cx<'_>) -> Option<Source> {
    if cx.client.servers.is_empty() {
        return None;
    }
    let mut text = Text::page();
    for (server, names) in cx.client.servers.iter().zip(&cx.names.servers) {
        render_server(&mut text, server, names);
        text.blank();
        for (variable, variable_names) in server.variables.iter().zip(&names.variables) {
            render_values(&mut text, variable, variable_names, names);
        }
    }
    Some(Source {
        path: cx.path("servers.rs"),
        text: text.finish(),
    })
}

fn render_server(text: &mut Text, server: &Server, names: &ServerNames) {
    let mut docs = doc_lines(&server.docs);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!("`{}`", plain(&server.url)));
    text.docs("///", &docs);
    let (ident, url) = (&names.ident, literal(&server.url));
    if server.variables.is_empty() {
        text.line("#[derive(Clone, Copy, Debug, PartialEq, Eq)]");
        text.line(format_args!("pub struct {ident};"));
    } else {
        text.line("#[derive(Clone, Debug, PartialEq, Eq)]");
        text.line("#[non_exhaustive]");
        text.open(format_args!("pub struct {ident} {{"));
        for (variable, names) in server.variables.iter().zip(&names.variables) {
            render_field(text, variable, names);
        }
        text.close("}");
    }
    text.blank();
    text.open(format_args!("{} {{", runtime::SERVER));
    if server.variables.is_empty() {
        text.line(format_args!("{ident} => {url}"));
    } else {
        text.open(format_args!("{ident} => {url} {{"));
        for (variable, names) in server.variables.iter().zip(&names.variables) {
            let (wire, default) = (literal(&variable.name), literal(&variable.default));
            let (field, ty) = (&names.field, value_type(names));
            text.line(format_args!("{wire} => {field}: {ty} = {default},"));
        }
        text.close("}");
    }
    text.close("}");
}

fn render_field(text: &mut Text, variable: &ServerVariable, names: &VariableNames) {
    let mut docs = doc_lines(&variable.docs);
    if docs.is_empty() {
        docs.push(format!("`{}` of the address.", plain(&variable.name)));
    }
    docs.push(String::new());
    docs.push(format!("By default `{}`.", plain(&variable.default)));
    text.docs("///", &docs);
    text.typed(&format!("pub {}:", names.field), value_type(names), ",");
}

fn value_type(names: &VariableNames) -> &str {
    names.values.as_ref().map_or("String", |(ident, _)| ident)
}

fn render_values(
    text: &mut Text,
    variable: &ServerVariable,
    names: &VariableNames,
    server: &ServerNames,
) {
    let Some((ident, variants)) = &names.values else {
        return;
    };
    text.line(format_args!(
        "/// Values of [`{}::{}`].",
        server.ident, names.field
    ));
    text.line("#[non_exhaustive]");
    text.open(format_args!("pub enum {ident} {{"));
    for (value, variant) in variable.values.iter().zip(variants) {
        text.line(format_args!("/// `{}`", plain(value)));
        text.line(format_args!("{variant},"));
    }
    text.line("/// A value that the description does not list.");
    text.line("Unknown(String),");
    text.close("}");
    text.blank();
    text.open(format_args!("{} {{", runtime::STRING_ENUM));
    text.open(format_args!("{ident} {{"));
    for (value, variant) in variable.values.iter().zip(variants) {
        text.line(format_args!("{variant} => {},", literal(value)));
    }
    text.close("}");
    text.close("}");
    text.blank();
}

//! One operation: the table, the type that stands for it, its setters, the bodies of its answers.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal, plain};
use super::argument::{self, Setting};
use super::{REQUEST, answers, pages, parameters, request, response_headers, stream, table};
use crate::ir::{Body, Operation, OperationId, Parameter};
use crate::names::OperationNames;

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, id: OperationId) {
    let (operation, names) = (cx.client.operation(id), cx.operation_names(id));
    table::render(text, cx, operation, names);
    text.blank();
    render_marker(text, cx, operation, names);
    pages::render(text, cx, operation, names);
    render_setters(text, cx, operation, names);
    if operation.variation.is_none() {
        answers::render(text, cx, operation, names);
        response_headers::render(text, cx, operation, names);
    }
}

/// The type that stands for the operation, and what it yields.
fn render_marker(text: &mut Text, cx: &Cx<'_>, operation: &Operation, names: &OperationNames) {
    text.line(format_args!(
        "/// The operation `{}`, of a [`{REQUEST}`].",
        plain(&operation.name)
    ));
    text.line(format_args!("pub enum {} {{}}", names.marker));
    text.blank();
    text.open(format_args!("{} {{", runtime::OPERATION));
    let (success, errors) = answers::types(cx, operation, names);
    let headers = names.headers.as_ref();
    let headers = headers.map_or(String::new(), |(ident, _)| format!(", {ident}"));
    text.line(format_args!(
        "{} => {success}, {errors}{headers}",
        names.marker
    ));
    text.close("}");
    stream::render(text, cx, operation, names, &errors);
}

fn render_setters(text: &mut Text, cx: &Cx<'_>, operation: &Operation, names: &OperationNames) {
    let parameters = operation.parameters.iter().enumerate();
    let optional: Vec<_> = parameters
        .zip(&names.parameters)
        .filter(|((_, parameter), _)| !parameter.required)
        .collect();
    let body = operation.body.as_ref().filter(|body| !body.required);
    let content_type = operation.body.as_ref().zip(names.content_type.as_ref());
    let empty = operation.parameters.iter().zip(&names.empty);
    let empty: Vec<_> = empty
        .filter_map(|(parameter, name)| Some((parameter, name.as_ref()?)))
        .collect();
    if optional.is_empty() && empty.is_empty() && body.is_none() && content_type.is_none() {
        return;
    }
    text.blank();
    text.open(format_args!("impl {} {{", request(names)));
    for ((index, parameter), name) in optional {
        text.blank();
        let place = parameters::place(operation, index);
        render_parameter_setter(text, cx, (place, parameter), name);
    }
    for (parameter, name) in empty {
        text.blank();
        render_empty_setter(text, parameter, name);
    }
    if let Some(body) = body {
        text.blank();
        render_body_setter(text, cx, body, &names.body);
    }
    if let Some((body, name)) = content_type {
        text.blank();
        render_content_type_setter(text, body, name);
    }
    text.close("}");
}

fn render_parameter_setter(
    text: &mut Text,
    cx: &Cx<'_>,
    (at, parameter): (usize, &Parameter),
    name: &str,
) {
    let mut docs = doc_lines(&parameter.docs);
    if parameter.docs.summary.is_none() && parameter.docs.description.is_none() {
        let rest = std::mem::take(&mut docs);
        docs.push(format!("Sets `{}`.", plain(&parameter.wire)));
        if !rest.is_empty() {
            docs.push(String::new());
            docs.extend(rest);
        }
    }
    text.docs("///", &docs);
    if parameter.docs.deprecated {
        text.line("#[deprecated]");
    }
    let argument = argument::of_parameter(cx, parameter, name);
    render_setter(
        text,
        name,
        argument,
        &Setting::parameter(cx, (at, parameter), name),
    );
}

fn render_body_setter(text: &mut Text, cx: &Cx<'_>, body: &Body, name: &str) {
    let mut docs = doc_lines(&body.docs);
    if docs.is_empty() {
        docs.push("Sets the body.".to_owned());
    }
    text.docs("///", &docs);
    render_setter(
        text,
        name,
        argument::of_body(cx, body, name),
        &Setting::body(cx, body, name),
    );
}

fn render_empty_setter(text: &mut Text, parameter: &Parameter, name: &str) {
    let docs = format!("Sends `{}` without a value.", plain(&parameter.wire));
    text.docs("///", &[docs]);
    text.open_function(&format!("pub fn {name}"), &["mut self".to_owned()], "Self");
    let arguments = [literal(&parameter.wire), "\"\"".to_owned()];
    text.method_call("self.call", "query::<String>", &arguments);
    text.line("self");
    text.close("}");
}

fn render_content_type_setter(text: &mut Text, body: &Body, name: &str) {
    let names = body.media_types.iter();
    let names: Vec<_> = names.map(|it| format!("`{}`", plain(&it.name))).collect();
    let docs = [
        "Chooses what the body is sent as.".to_owned(),
        String::new(),
        format!("One of {}; the first is the usual one.", names.join(", ")),
    ];
    text.docs("///", &docs);
    let argument = format!("{name}: impl Into<String>");
    text.open_function(
        &format!("pub fn {name}"),
        &["mut self".to_owned(), argument],
        "Self",
    );
    text.method_call("self.call", "content_type", &[name.to_owned()]);
    text.line("self");
    text.close("}");
}

fn render_setter(text: &mut Text, name: &str, argument: String, setting: &Setting) {
    text.open_function(
        &format!("pub fn {name}"),
        &["mut self".to_owned(), argument],
        "Self",
    );
    setting.render(text, "self.call");
    text.line("self");
    text.close("}");
}

impl Cx<'_> {
    pub(super) fn operation_names(&self, id: OperationId) -> &OperationNames {
        &self.names.operations[id.0 as usize]
    }
}

//! The method of a handle that begins a request: what is required are its arguments.

use super::super::docs::doc_lines;
use super::super::text::{Text, plain};
use super::super::{BODY_LINES, Cx, scopes};
use super::argument::{self, Setting};
use super::{REQUEST, parameters, request};
use crate::ir::{Operation, OperationId};

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, id: OperationId) {
    let (operation, names) = (cx.client.operation(id), cx.operation_names(id));
    render_docs(text, cx, operation);
    let required = operation.parameters.iter().enumerate();
    let required = required
        .zip(&names.parameters)
        .filter(|((_, parameter), _)| parameter.required);
    let body = operation.body.as_ref().filter(|body| body.required);
    let mut arguments = vec!["&self".to_owned()];
    let mut settings = Vec::new();
    for ((index, parameter), name) in required {
        let place = parameters::place(operation, index);
        arguments.push(argument::of_parameter(cx, parameter, name));
        settings.push(Setting::parameter(cx, (place, parameter), name));
    }
    if let Some(body) = body {
        arguments.push(argument::of_body(cx, body, &names.body));
        settings.push(Setting::body(cx, body, &names.body));
    }
    text.open_function(
        &format!("pub fn {}", names.method),
        &arguments,
        &request(names),
    );
    let keyword = if settings.is_empty() {
        "let"
    } else {
        "let mut"
    };
    let mut beginning = Text::at(text);
    beginning.chain(
        &format!("{keyword} call = "),
        "self.client",
        "call",
        &format!("&{}", names.table),
    );
    // One line after the settings wraps the call.
    let room = BODY_LINES - beginning.lines() - 1;
    text.append(beginning);
    argument::render_settings(text, &settings, room);
    text.line(format_args!("{REQUEST}::new(call)"));
    text.close("}");
}

fn render_docs(text: &mut Text, cx: &Cx<'_>, operation: &Operation) {
    let mut lines = doc_lines(&operation.docs);
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let body = operation.variation.as_ref().map_or(String::new(), |it| {
        format!(", with a body of `{}`", plain(&it.content_type))
    });
    lines.push(format!(
        "`{} {}`{body}",
        plain(&operation.method),
        plain(&operation.path)
    ));
    if let Some(scopes) = scopes::docs(cx.client, operation) {
        lines.extend([String::new(), scopes]);
    }
    text.docs("///", &lines);
    if operation.docs.deprecated {
        text.line("#[deprecated]");
    }
}

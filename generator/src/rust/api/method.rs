//! The method of a handle that begins a request: what is required are its arguments.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::text::{Text, plain};
use super::argument::{self, Setting};
use crate::ir::{Operation, OperationId};

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, id: OperationId) {
    let (operation, names) = (cx.client.operation(id), cx.operation_names(id));
    render_docs(text, operation);
    let parameters = operation.parameters.iter().zip(&names.parameters);
    let parameters: Vec<_> = parameters
        .filter(|(parameter, _)| parameter.required)
        .collect();
    let body = operation.body.as_ref().filter(|body| body.required);
    let mut arguments = vec!["&self".to_owned()];
    let mut settings = Vec::new();
    for (parameter, name) in parameters {
        arguments.push(argument::of_parameter(cx, parameter, name));
        settings.push(Setting::parameter(cx, parameter, name));
    }
    if let Some(body) = body {
        arguments.push(argument::of_body(cx, body, &names.body));
        settings.push(Setting::body(cx, body, &names.body));
    }
    text.open_function(
        &format!("pub fn {}", names.method),
        &arguments,
        &names.builder,
    );
    let keyword = if settings.is_empty() {
        "let"
    } else {
        "let mut"
    };
    text.chain(
        &format!("{keyword} call = "),
        "self.client",
        "call",
        &format!("&{}", names.table),
    );
    argument::render_settings(text, &settings);
    text.line(format_args!("{} {{ call }}", names.builder));
    text.close("}");
}

fn render_docs(text: &mut Text, operation: &Operation) {
    let mut lines = doc_lines(&operation.docs);
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!(
        "`{} {}`",
        plain(&operation.method),
        plain(&operation.path)
    ));
    text.docs("///", &lines);
    if operation.docs.deprecated {
        text.line("#[deprecated]");
    }
}

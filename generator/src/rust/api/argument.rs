//! What an operation takes: the argument in the signature, and the statement that sets it.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use super::SCOPE;
use crate::ir::{Body, Content, Parameter, Place, TypeRef};

/// Generated bodies are no longer.
const BODY_LINES: usize = 10;

/// `name: impl Into<…>` of a parameter.
pub(super) fn of_parameter(cx: &Cx<'_>, parameter: &Parameter, name: &str) -> String {
    match &parameter.ty {
        TypeRef::List(item) => {
            let item = cx.spell(item, SCOPE);
            format!("{name}: impl IntoIterator<Item = impl Into<{item}>>")
        }
        ty => format!("{name}: impl Into<{}>", cx.spell(ty, SCOPE)),
    }
}

/// `name: impl Into<…>` of the body.
pub(super) fn of_body(cx: &Cx<'_>, body: &Body, name: &str) -> String {
    match &body.content {
        Content::Json(ty) | Content::Form(ty) => {
            format!("{name}: impl Into<{}>", cx.spell(ty, SCOPE))
        }
        Content::Text => format!("{name}: impl Into<String>"),
        Content::Bytes => format!("{name}: impl Into<{}>", runtime::BYTES),
    }
}

/// A method of the call, and what it is called with.
pub(super) struct Setting {
    method: String,
    arguments: Vec<String>,
}

impl Setting {
    pub(super) fn parameter(cx: &Cx<'_>, parameter: &Parameter, name: &str) -> Self {
        let place = match parameter.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
        };
        let method = match &parameter.ty {
            TypeRef::List(item) => format!("{place}_list::<{}>", cx.spell(item, SCOPE)),
            ty => format!("{place}::<{}>", cx.spell(ty, SCOPE)),
        };
        let arguments = vec![literal(&parameter.wire), name.to_owned()];
        Setting { method, arguments }
    }

    pub(super) fn body(cx: &Cx<'_>, body: &Body, name: &str) -> Self {
        let typed = vec![literal(&body.content_type), name.to_owned()];
        let (method, arguments) = match &body.content {
            Content::Json(ty) => (format!("json::<{}>", cx.spell(ty, SCOPE)), typed),
            Content::Form(ty) => (
                format!("form::<{}>", cx.spell(ty, SCOPE)),
                vec![name.to_owned()],
            ),
            Content::Text => ("text".to_owned(), typed),
            Content::Bytes => ("bytes".to_owned(), typed),
        };
        Setting { method, arguments }
    }

    /// One statement: `call.path::<String>("id", id);`.
    pub(super) fn render(&self, text: &mut Text, call: &str) {
        text.method_call(call, &self.method, &self.arguments);
    }
}

/// A statement each, or a table of them where that would make a long body.
pub(super) fn render_settings(text: &mut Text, settings: &[Setting]) {
    let mut statements = Text::at(text);
    for setting in settings {
        setting.render(&mut statements, "call");
    }
    // One line before them makes the call, one after them wraps it.
    if statements.lines() + 2 <= BODY_LINES {
        text.append(statements);
        return;
    }
    text.open(format_args!("{} {{", runtime::ARGUMENTS));
    let entries = settings
        .iter()
        .map(|setting| format!("{}({}),", setting.method, setting.arguments.join(", ")));
    text.fill("call:", entries);
    text.close("}");
}

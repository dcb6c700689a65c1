//! What an operation takes: the argument in the signature, and the statement that sets it.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use super::SCOPE;
use crate::ir::{Body, BodyEncoding, Content, Parameter, Place, TypeRef};

/// `name: impl Into<…>` of a parameter.
pub(in super::super) fn of_parameter(cx: &Cx<'_>, parameter: &Parameter, name: &str) -> String {
    match &parameter.ty {
        TypeRef::List(item) => {
            let item = cx.spell(item, SCOPE);
            format!("{name}: impl IntoIterator<Item = impl Into<{item}>>")
        }
        ty => format!("{name}: impl Into<{}>", cx.spell(ty, SCOPE)),
    }
}

/// `name: impl Into<…>` of the body.
pub(in super::super) fn of_body(cx: &Cx<'_>, body: &Body, name: &str) -> String {
    match &body.content {
        Content::Json(ty) | Content::Form(ty) | Content::Xml(ty) => {
            format!("{name}: impl Into<{}>", cx.spell(ty, SCOPE))
        }
        Content::Parts => format!("{name}: impl Into<{}>", runtime::MULTIPART),
        Content::Text => format!("{name}: impl Into<String>"),
        Content::Bytes => format!("{name}: impl Into<{}>", runtime::BODY),
    }
}

/// A method of the call, and what it is called with.
pub(super) struct Setting {
    method: String,
    arguments: Vec<String>,
    /// The same in a table of arguments, where a parameter is told by its place.
    entry: String,
}

impl Setting {
    /// The parameter has a place in the operation's table.
    pub(super) fn parameter(cx: &Cx<'_>, (at, parameter): (usize, &Parameter), name: &str) -> Self {
        let place = match parameter.place {
            Place::Part | Place::PartHeader | Place::Field => "part",
            place => place.word(),
        };
        let (list, ty) = match &parameter.ty {
            TypeRef::List(item) => ("_list", &**item),
            ty => ("", ty),
        };
        let arguments = vec![literal(&parameter.wire), name.to_owned()];
        if parameter.place == Place::PartHeader {
            let ty = cx.spell(ty, SCOPE);
            let method = format!("set{list}::<{ty}>");
            let arguments = vec![at.to_string(), name.to_owned()];
            let entry = format!("{method}({at}, {name}),");
            return Setting {
                method,
                arguments,
                entry,
            };
        }
        if *ty == TypeRef::File {
            return Setting {
                method: format!("file{list}"),
                entry: format!("set_file{list}({at}, {name}),"),
                arguments,
            };
        }
        let ty = cx.spell(ty, SCOPE);
        Setting {
            method: format!("{place}{list}::<{ty}>"),
            entry: format!("set{list}::<{ty}>({at}, {name}),"),
            arguments,
        }
    }

    pub(super) fn body(cx: &Cx<'_>, body: &Body, name: &str) -> Self {
        let typed = vec![literal(&body.content_type), name.to_owned()];
        let (method, arguments) = match &body.content {
            Content::Json(ty) | Content::Form(ty) | Content::Xml(ty) => {
                let way = way(body);
                (format!("{way}::<{}>", cx.spell(ty, SCOPE)), typed)
            }
            Content::Parts => ("multipart".to_owned(), typed),
            Content::Text => ("text".to_owned(), typed),
            Content::Bytes => ("bytes".to_owned(), typed),
        };
        Setting {
            entry: format!("{method}({}),", arguments.join(", ")),
            method,
            arguments,
        }
    }

    /// One statement: `call.path::<String>("id", id);`.
    pub(super) fn render(&self, text: &mut Text, call: &str) {
        text.method_call(call, &self.method, &self.arguments);
    }
}

/// How a value is set: written at once where all its media types are JSON.
fn way(body: &Body) -> &'static str {
    let all = |encoding: BodyEncoding| body.media_types.iter().all(|it| it.encoding == encoding);
    if all(BodyEncoding::Json) {
        "json"
    } else if all(BodyEncoding::Form) {
        "form"
    } else {
        "value"
    }
}

/// A statement each, or a table of them where that would make a body of more lines than there is room for.
pub(super) fn render_settings(text: &mut Text, settings: &[Setting], room: usize) {
    let mut statements = Text::at(text);
    for setting in settings {
        setting.render(&mut statements, "call");
    }
    if statements.lines() <= room {
        text.append(statements);
        return;
    }
    text.open(format_args!("{} {{", runtime::ARGUMENTS));
    let entries: Vec<_> = settings
        .iter()
        .map(|setting| setting.entry.clone())
        .collect();
    // The braces take two.
    text.fill("call:", &entries, room.saturating_sub(2));
    text.close("}");
}

//! `examples/quickstart.rs`: one call, with the arguments it needs.

use super::api::answers::is_unit;
use super::runtime_paths as runtime;
use super::spelling::Scope;
use super::text::{Text, literal};
use super::{Cx, Source, credentials};
use crate::ir::{Body, Content, Operation, Parameter, TypeId, TypeKind, TypeRef};

pub(super) fn render(cx: &Cx<'_>) -> Source {
    let code = code(cx).unwrap_or_else(|| "fn main() {}\n".to_owned());
    Source {
        path: "examples/quickstart.rs".to_owned(),
        text: Text::page().finish_with(&code),
    }
}

/// The program; none when the API has no operation.
pub(super) fn code(cx: &Cx<'_>) -> Option<String> {
    let operation = first_operation(cx)?;
    let names = &cx.names.operations[operation.id.0 as usize];
    let group = cx.group_of(operation.id)?;
    let mut arguments = Arguments::of(cx, operation, false);
    // The program around the arguments takes about as many lines again.
    if arguments.values.len() + arguments.before.len() > super::BODY_LINES / 2 {
        arguments = Arguments::of(cx, operation, true);
    }
    let mut text = Text::default();
    let imports = imports(&arguments);
    text.line(format_args!("use {}::{imports};", cx.names.library));
    text.blank();
    let mut client = Text::indented();
    render_client(&mut client, cx, operation);
    let mut call = Text::indented();
    for (head, value) in &arguments.before {
        call.typed(head, value, ";");
    }
    let is_unit = is_unit(operation, names);
    let binding = if is_unit { "" } else { "let answer = " };
    let steps = (group.accessor.as_str(), names.method.as_str());
    render_call(&mut call, binding, steps, &arguments.values);
    // Two lines end the program.
    if client.lines() + call.lines() + 2 > super::BODY_LINES {
        client = outlined(&mut text, client);
    }
    text.line("#[tokio::main]");
    text.open(format_args!("async fn main() -> Result<(), {ERROR}> {{"));
    text.append(client);
    text.append(call);
    text.line(if is_unit {
        "println!(\"done\");"
    } else {
        "println!(\"{answer:?}\");"
    });
    text.line("Ok(())");
    text.close("}");
    Some(text.finish())
}

const ERROR: &str = "Box<dyn std::error::Error>";

/// Moves the making of the client to a function of its own, and gives the call of that.
fn outlined(text: &mut Text, client: Text) -> Text {
    text.open(format_args!("fn client() -> Result<Client, {ERROR}> {{"));
    text.append(client);
    text.line("Ok(client)");
    text.close("}");
    text.blank();
    let mut call = Text::indented();
    call.line("let client = client()?;");
    call
}

fn imports(arguments: &Arguments) -> String {
    let mut names = vec!["Client"];
    if !arguments.before.is_empty() {
        names.push(runtime::ROOT);
    }
    if arguments.mentions_types {
        names.push("types");
    }
    names.sort_unstable();
    match &names[..] {
        [only] => (*only).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    }
}

fn render_client(text: &mut Text, cx: &Cx<'_>, operation: &Operation) {
    let variables = variables(cx, operation);
    if !variables.is_empty() {
        text.line(format_args!("// Reads {}.", variables.join(", ")));
    }
    text.line("let client = Client::from_env()?;");
}

/// One line where that is short, else a step per line.
fn render_call(
    text: &mut Text,
    binding: &str,
    (accessor, method): (&str, &str),
    arguments: &[String],
) {
    let steps = [
        format!("{accessor}()"),
        format!("{method}({})", arguments.join(", ")),
        "send()".to_owned(),
        "await?".to_owned(),
    ];
    if !text.steps(&format!("{binding}client"), &steps) {
        text.line(format_args!("let group = client.{accessor}();"));
        text.call_on("let request = group", method, arguments);
        text.line(format_args!("{binding}request.send().await?;"));
    }
}

/// The operation that is easiest to call: one that reads, with few and plain arguments.
fn first_operation<'a>(cx: &Cx<'a>) -> Option<&'a Operation> {
    let required = |operation: &Operation| {
        let parameters = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required);
        let plain = parameters
            .clone()
            .all(|parameter| is_plain(cx, &parameter.ty));
        let body = operation.body.as_ref().is_some_and(|body| body.required);
        (
            !plain || body,
            operation.method != "GET",
            parameters.count().saturating_sub(1),
        )
    };
    cx.client
        .operations
        .iter()
        .min_by_key(|operation| (operation.docs.deprecated, required(operation)))
}

fn is_plain(cx: &Cx<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::String | TypeRef::Integer(_) | TypeRef::Boolean | TypeRef::Float => true,
        TypeRef::Named(id) => match &cx.client.ty(*id).kind {
            TypeKind::Alias(ty) => is_plain(cx, ty),
            kind => matches!(kind, TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_)),
        },
        _ => false,
    }
}

/// The environment variables that the operation cannot be called without.
fn variables(cx: &Cx<'_>, operation: &Operation) -> Vec<String> {
    let mut variables = Vec::new();
    if !cx.client.base_url.contains("://") {
        variables.push(format!("{}_BASE_URL", cx.names.environment));
    }
    let is_anonymous = operation.security.iter().any(Vec::is_empty);
    let first = operation.security.first().filter(|_| !is_anonymous);
    for requirement in first.into_iter().flatten() {
        let mut given = credentials::given(cx);
        match given.find(|(scheme, _)| scheme.name == requirement.scheme) {
            Some((scheme, names)) if credentials::kind(scheme) == Some("basic") => variables
                .extend(["USERNAME", "PASSWORD"].map(|part| format!("{}_{part}", names.variable))),
            Some((_, names)) => variables.push(names.variable.clone()),
            None => {}
        }
    }
    variables
}

/// The arguments of the call, and what has to be made before it.
#[derive(Default)]
struct Arguments {
    /// `let value_1: types::Parcel =`, and the value.
    before: Vec<(String, String)>,
    values: Vec<String>,
    mentions_types: bool,
    /// Values of enums are written as their text, which is shorter.
    is_short: bool,
}

impl Arguments {
    fn of(cx: &Cx<'_>, operation: &Operation, is_short: bool) -> Self {
        let mut arguments = Arguments {
            is_short,
            ..Arguments::default()
        };
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
        {
            arguments.add_parameter(cx, parameter);
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            arguments.add_body(cx, body);
        }
        arguments
    }

    fn add_parameter(&mut self, cx: &Cx<'_>, parameter: &Parameter) {
        let value = match &parameter.ty {
            TypeRef::List(item) => format!("[{}]", self.value(cx, item)),
            ty => self.value(cx, ty),
        };
        self.values.push(value);
    }

    fn add_body(&mut self, cx: &Cx<'_>, body: &Body) {
        let value = match &body.content {
            Content::Json(ty) | Content::Form(ty) | Content::Xml(ty) => self.value(cx, ty),
            Content::Text => "\"text\"".to_owned(),
            Content::Parts => format!("{}::new()", runtime::MULTIPART),
            Content::Bytes => "b\"bytes\".to_vec()".to_owned(),
        };
        self.values.push(value);
    }

    /// A word, a number, the first value of an enum; everything else from JSON.
    fn value(&mut self, cx: &Cx<'_>, ty: &TypeRef) -> String {
        match ty {
            TypeRef::String => "\"…\"".to_owned(),
            TypeRef::Integer(_) => "1".to_owned(),
            TypeRef::Float => "1.0".to_owned(),
            TypeRef::Boolean => "true".to_owned(),
            TypeRef::File => "b\"bytes\"".to_owned(),
            TypeRef::Named(id) => self.named(cx, *id),
            ty => self.decoded(cx, ty),
        }
    }

    fn named(&mut self, cx: &Cx<'_>, id: TypeId) -> String {
        match &cx.client.ty(id).kind {
            TypeKind::Alias(ty) => self.value(cx, ty),
            TypeKind::StringEnum(_) if self.is_short => "\"…\"".to_owned(),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::JsonEnum(_) => {
                self.mentions_types = true;
                let names = &cx.names.types[id.0 as usize];
                match names.members.first() {
                    Some(value) => format!("types::{}::{value}", names.ident),
                    None => format!("types::{}::from(\"…\")", names.ident),
                }
            }
            _ => self.decoded(cx, &TypeRef::Named(id)),
        }
    }

    fn decoded(&mut self, cx: &Cx<'_>, ty: &TypeRef) -> String {
        let spelled = cx.spell(ty, Scope::Path("types"));
        self.mentions_types |= spelled.contains("types::");
        let name = format!("value_{}", self.before.len() + 1);
        let json = literal(sample(ty));
        self.before.push((
            format!("let {name}: {spelled} ="),
            format!("{}::json::from_str({json})?", runtime::ROOT),
        ));
        name
    }
}

fn sample(ty: &TypeRef) -> &'static str {
    match ty {
        TypeRef::List(_) => "[]",
        TypeRef::Map(_) | TypeRef::Named(_) => "{}",
        TypeRef::DateTime => "\"2026-01-01T00:00:00Z\"",
        TypeRef::Date => "\"2026-01-01\"",
        TypeRef::Time => "\"00:00:00Z\"",
        TypeRef::Uuid => "\"00000000-0000-0000-0000-000000000000\"",
        TypeRef::Base64 => "\"\"",
        TypeRef::JsonText(_) => "\"{}\"",
        TypeRef::Number | TypeRef::UnixTime => "0",
        TypeRef::StringInteger(_) => "\"0\"",
        TypeRef::Duration => "\"P1D\"",
        _ => "null",
    }
}

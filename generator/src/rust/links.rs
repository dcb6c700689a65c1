//! `src/links.rs`: for each operation whose answers lead to other operations, a trait with a method per link.

use super::api::{self, answers, argument};
use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::spelling::Scope;
use super::text::{Text, literal, plain};
use super::{Cx, Source};
use crate::ir::{Body, Link, LinkValue, Operation, OperationId, Parameter};
use crate::names::{GroupNames, LinkNames};

const TYPES: &str = "types";

/// None where no operation has any.
pub(super) fn render(cx: &Cx<'_>) -> Option<Source> {
    if cx.client.links.is_empty() {
        return None;
    }
    let links: Vec<_> = cx.client.links.iter().zip(&cx.names.links).collect();
    let mut items = Text::default();
    for (number, links) in links
        .chunk_by(|one, other| one.0.operation == other.0.operation)
        .enumerate()
    {
        if number > 0 {
            items.blank();
        }
        render_trait(&mut items, cx, links);
    }
    let items = items.finish();
    let mut text = Text::page();
    let mut names = vec!["Client", "api"];
    if items.contains(&format!("{TYPES}::")) {
        names.push(TYPES);
    }
    text.line(format_args!("use super::{{{}}};", names.join(", ")));
    text.blank();
    Some(Source {
        path: cx.path("links.rs"),
        text: text.finish_with(&items),
    })
}

fn render_trait(text: &mut Text, cx: &Cx<'_>, links: &[(&Link, &LinkNames)]) {
    let (first, names) = links[0];
    let operation = cx.client.operation(first.operation);
    text.open(format_args!("{} {{", runtime::LINKS));
    text.line(format_args!(
        "/// What a success of `{}` leads to: methods of its whole response.",
        plain(&operation.name)
    ));
    let success = success(cx, operation);
    text.open(format_args!("{} for {success} {{", names.links));
    for (link, names) in links {
        text.blank();
        render_link(text, cx, link, names);
    }
    text.close("}");
    text.close("}");
}

fn render_link(text: &mut Text, cx: &Cx<'_>, link: &Link, names: &LinkNames) {
    let target = cx.client.operation(link.target);
    let mut docs = doc_lines(&link.docs);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!(
        "`{}`: `{} {}`",
        plain(&link.name),
        plain(&target.method),
        plain(&target.path)
    ));
    text.docs("///", &docs);
    let mut arguments = format!("link = {}, client: Client", literal(&link.name));
    let open = target.parameters.iter().enumerate();
    let open = open.filter(|(at, _)| link.leaves_open(target, *at));
    for ((_, parameter), name) in open.zip(&names.parameters) {
        arguments.push_str(&format!(
            ", {}",
            argument::of_parameter(cx, parameter, name)
        ));
    }
    if let (Some(body), Some(name)) = (&target.body, &names.body) {
        arguments.push_str(&format!(", {}", argument::of_body(cx, body, name)));
    }
    let marker = &cx.names.operations[link.target.0 as usize].marker;
    let marker = of_group(cx, link.target, marker);
    let request = of_group(cx, link.target, api::REQUEST);
    text.open(format_args!(
        "{}({arguments}) -> {request}<{marker}> {{",
        names.method
    ));
    render_request(text, cx, link, names);
    text.close("}");
}

/// The request, with what the link gives.
fn render_request(text: &mut Text, cx: &Cx<'_>, link: &Link, names: &LinkNames) {
    let given = &cx.names.operations[link.target.0 as usize];
    let call = format!(
        "client.{}().{}",
        group(cx, link.target).accessor,
        given.method
    );
    let required = required(cx, link, names);
    let setters = setters(cx, link);
    let keyword = match setters.is_empty() && link.base_url.is_none() {
        true => "",
        false => "let mut request = ",
    };
    let end = if keyword.is_empty() { "" } else { ";" };
    match &required[..] {
        [] | [_] => text.line(format_args!("{keyword}{call}({}){end}", required.concat())),
        several => {
            text.open(format_args!("{keyword}{call}("));
            for argument in several {
                text.line(format_args!("{argument},"));
            }
            text.close(format_args!("){end}"));
        }
    }
    for (name, ty, value) in setters {
        render_setter(text, &ty, name, value);
    }
    if let Some(base_url) = &link.base_url {
        let base_url = literal(base_url);
        text.line(format_args!("request = request.base_url({base_url});"));
    }
    if !keyword.is_empty() {
        text.line("request");
    }
}

/// What the target requires: from the link, or as arguments.
fn required(cx: &Cx<'_>, link: &Link, names: &LinkNames) -> Vec<String> {
    let target = cx.client.operation(link.target);
    let mut open = names.parameters.iter();
    let mut arguments = Vec::new();
    for (at, parameter) in target.parameters.iter().enumerate() {
        let value = link.parameters.iter().find(|(index, _)| *index == at);
        match value {
            _ if !parameter.required => {}
            Some((_, value)) => arguments.push(of_link(&ty(cx, parameter), value)),
            None => arguments.extend(open.next().cloned()),
        }
    }
    if let Some(body) = target.body.as_ref().filter(|body| body.required) {
        match &link.body {
            Some(value) => arguments.push(of_link(&body_type(cx, body), value)),
            None => arguments.extend(names.body.clone()),
        }
    }
    arguments
}

/// What else the link gives: the setter, the type, the value.
fn setters<'c>(cx: &Cx<'c>, link: &'c Link) -> Vec<(&'c str, String, &'c LinkValue)> {
    let target = cx.client.operation(link.target);
    let given = &cx.names.operations[link.target.0 as usize];
    let parameters = link.parameters.iter();
    let parameters = parameters.filter(|(at, _)| !target.parameters[*at].required);
    let mut setters: Vec<_> = parameters
        .map(|(at, value)| {
            let ty = ty(cx, &target.parameters[*at]);
            (given.parameters[*at].as_str(), ty, value)
        })
        .collect();
    let body = target.body.as_ref().filter(|body| !body.required);
    let body = body.zip(link.body.as_ref());
    setters.extend(body.map(|(body, value)| (given.body.as_str(), body_type(cx, body), value)));
    setters
}

fn render_setter(text: &mut Text, ty: &str, name: &str, value: &LinkValue) {
    match value {
        LinkValue::Expression(expression) => {
            let value = format!("link.optional::<{ty}>({})?", literal(expression));
            text.open(format_args!("if let Some(value) = {value} {{"));
            text.line(format_args!("request = request.{name}(value);"));
            text.close("}");
        }
        LinkValue::Constant(_) => {
            let value = of_link(ty, value);
            text.line(format_args!("request = request.{name}({value});"));
        }
    }
}

fn of_link(ty: &str, value: &LinkValue) -> String {
    match value {
        LinkValue::Expression(text) => format!("link.value::<{ty}>({})?", literal(text)),
        LinkValue::Constant(json) => format!("link.constant::<{ty}>({})?", literal(json)),
    }
}

fn ty(cx: &Cx<'_>, parameter: &Parameter) -> String {
    cx.spell(&parameter.ty, Scope::Path(TYPES))
}

fn body_type(cx: &Cx<'_>, body: &Body) -> String {
    cx.spell_content(Some(&body.content), Scope::Path(TYPES))
}

/// The type of a success, as it is reached from here.
fn success(cx: &Cx<'_>, operation: &Operation) -> String {
    let names = &cx.names.operations[operation.id.0 as usize];
    let path = |ident: &str| of_group(cx, operation.id, ident);
    answers::success(cx, operation, names, path)
}

fn of_group(cx: &Cx<'_>, id: OperationId, ident: &str) -> String {
    format!("api::{}::{ident}", group(cx, id).module)
}

fn group<'c>(cx: &Cx<'c>, id: OperationId) -> &'c GroupNames {
    cx.group_of(id).expect("every operation is in a group")
}

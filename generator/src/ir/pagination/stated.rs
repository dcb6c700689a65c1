//! What is stated about pages, held against the operation.

use super::answer::Answer;
use super::outline::{Value, members};
use super::{Cx, list, pagination, rules};
use crate::config::PagesStatement;
use crate::ir::media::preferred;
use crate::ir::model::{Operation, Pagination, PaginationSource, Path, Place, Step, Target};

/// The pagination that a statement means; `Err` says what does not fit.
pub(super) fn settle(
    cx: &Cx<'_, '_>,
    stated: &PagesStatement,
    source: PaginationSource,
) -> Result<Pagination, String> {
    let answer = cx
        .answer()
        .ok_or("the operation has no success body of JSON, or several")?;
    let by = stated
        .by
        .as_deref()
        .map(|id| operation(cx, id))
        .transpose()?;
    let (step, carried) = step(&answer, stated)?;
    let place = by.unwrap_or(cx.operation);
    let target = match (carried, &stated.parameter, &stated.body) {
        (Carried::Nothing, None, None) => None,
        (Carried::Nothing, ..) => {
            return Err("what it continues by is sent in no parameter and no body".to_owned());
        }
        (Carried::As(name), None, None) => Some(Target::Parameter(parameter(place, name)?)),
        (Carried::As(_), None, Some(body)) => Some(Target::Body(in_request(cx, body)?)),
        (Carried::Token, Some(name), None) => Some(Target::Parameter(parameter(place, name)?)),
        (Carried::Token, None, Some(body)) => Some(Target::Body(in_request(cx, body)?)),
        // A further operation may have all it needs in its own path.
        (Carried::Token, None, None) if by.is_some() => None,
        _ => {
            return Err(
                "one of `parameter` and `body` has to say where the token is sent".to_owned(),
            );
        }
    };
    let mut found = pagination(step, target, source);
    found.by = by.map(|operation| operation.id);
    found.items = match &stated.items {
        Some(pointer) => Some(of_kind(&answer, pointer, "list", |value| {
            matches!(value, Value::List(_))
        })?),
        None => list::items(cx, &answer).map(|(path, _)| path),
    };
    if let Step::LastItem(_) | Step::Offset(_) | Step::Page(_) = found.step
        && found.items.is_none()
    {
        return Err("`items` has to say which list holds the items".to_owned());
    }
    let flag = |pointer: &Option<String>, means_more: bool| {
        let path = pointer
            .as_deref()
            .map(|pointer| of_kind(&answer, pointer, "boolean", |value| value == Value::Flag));
        path.transpose()
            .map(|path| path.map(|path| (path, means_more)))
    };
    found.more = match flag(&stated.while_true, true)? {
        Some(more) => Some(more),
        None => flag(&stated.until_true, false)?,
    };
    let number = |pointer: &Option<String>| {
        let pointer = pointer.as_deref();
        pointer
            .map(|pointer| of_kind(&answer, pointer, "integer", |value| value == Value::Whole))
            .transpose()
    };
    found.total_items = number(&stated.total_items)?;
    found.total_pages = number(&stated.total_pages)?;
    found.only_with = only_with(cx, stated)?;
    let kept = stated
        .keeping
        .iter()
        .map(|name| parameter(cx.operation, name));
    found.keeping = kept.collect::<Result<_, _>>()?;
    rules::ends(&answer, &mut found);
    Ok(found)
}

/// What the next request carries of it.
enum Carried<'s> {
    Nothing,
    Token,
    /// A number, as the parameter that is named with it.
    As(&'s str),
}

fn step<'s>(
    answer: &Answer<'_, '_>,
    stated: &'s PagesStatement,
) -> Result<(Step, Carried<'s>), String> {
    let mut steps = Vec::new();
    if let Some(pointer) = &stated.token {
        steps.push((Step::Token(in_answer(answer, pointer)?), Carried::Token));
    }
    if let Some(name) = &stated.header_token {
        steps.push((Step::HeaderToken(name.clone()), Carried::Token));
    }
    if let Some(pointer) = &stated.last_item {
        steps.push((Step::LastItem(path(pointer)?), Carried::Token));
    }
    if let Some(name) = &stated.offset {
        steps.push((Step::Offset(stated.first.unwrap_or(0)), Carried::As(name)));
    }
    if let Some(name) = &stated.page {
        steps.push((Step::Page(stated.first.unwrap_or(1)), Carried::As(name)));
    }
    if let Some(pointer) = &stated.next_url {
        steps.push((Step::NextUrl(in_answer(answer, pointer)?), Carried::Nothing));
    }
    if stated.link {
        steps.push((Step::Link, Carried::Nothing));
    }
    if stated.single {
        steps.push((Step::Single, Carried::Nothing));
    }
    match steps.pop() {
        Some(step) if steps.is_empty() => Ok(step),
        _ => Err("it has to be one of `token`, `header_token`, `last_item`, `offset`, `page`, `next_url`, `link` and `single` that says how it continues".to_owned()),
    }
}

fn operation<'a>(cx: &Cx<'a, '_>, id: &str) -> Result<&'a Operation, String> {
    let mut all = cx.all.iter();
    all.find(|operation| operation.name == id)
        .ok_or_else(|| format!("there is no operation `{id}`"))
}

fn parameter(operation: &Operation, name: &str) -> Result<usize, String> {
    let is_this = |parameter: &crate::ir::model::Parameter| {
        parameter.wire == name && parameter.place != Place::Part
    };
    let found = operation.parameters.iter().position(is_this);
    found.ok_or_else(|| format!("the operation has no parameter `{name}`"))
}

fn only_with(cx: &Cx<'_, '_>, stated: &PagesStatement) -> Result<Option<Vec<usize>>, String> {
    let Some(names) = &stated.only_with else {
        return Ok(None);
    };
    let indexes = names.iter().map(|name| parameter(cx.operation, name));
    indexes.collect::<Result<_, _>>().map(Some)
}

/// A pointer as the members it leads through.
fn path(pointer: &str) -> Result<Path, String> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let steps = pointer
        .strip_prefix('/')
        .ok_or_else(|| format!("`{pointer}` is no JSON pointer, which begins with a slash"))?;
    let step = |step: &str| step.replace("~1", "/").replace("~0", "~");
    Ok(steps.split('/').map(step).collect())
}

/// A pointer into the success body, which has to lead somewhere as far as its members are known.
fn in_answer(answer: &Answer<'_, '_>, pointer: &str) -> Result<Path, String> {
    of_kind(answer, pointer, "text or number", |value| {
        !matches!(value, Value::List(_) | Value::Object | Value::Flag)
    })
}

fn of_kind(
    answer: &Answer<'_, '_>,
    pointer: &str,
    kind: &str,
    fits: impl Fn(Value) -> bool,
) -> Result<Path, String> {
    let path = path(pointer)?;
    let value = match path[..] {
        [] => super::outline::value(answer.resolved, answer.schema),
        _ => match answer.member(&path) {
            Some(member) => member.value,
            None => return Err(format!("the success body has nothing at `{pointer}`")),
        },
    };
    match fits(value) || value == Value::Other {
        true => Ok(path),
        false => Err(format!("`{pointer}` of the success body is no {kind}")),
    }
}

fn in_request(cx: &Cx<'_, '_>, pointer: &str) -> Result<Path, String> {
    let path = path(pointer)?;
    let schema = cx
        .source
        .request_body
        .as_ref()
        .and_then(|body| preferred(&body.content)?.schema)
        .ok_or("the operation has no request body")?;
    let mut members = members(cx.resolved, schema).into_iter();
    match members.any(|member| member.path == *path) {
        true => Ok(path),
        false => Err(format!("the request body has nothing at `{pointer}`")),
    }
}

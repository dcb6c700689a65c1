//! The pages of an operation: the table that says how they continue, and how items are taken out of one.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use super::{SCOPE, answers, parameters, request};
use crate::ir::{
    Content, Field, Object, Operation, OperationId, Pagination, Presence, Step, Target, TypeKind,
    TypeRef,
};
use crate::names::OperationNames;

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, operation: &Operation, names: &OperationNames) {
    let Some(pagination) = &operation.pagination else {
        return;
    };
    let (success, errors) = answers::types(cx, operation, names);
    text.blank();
    text.open(format_args!("{} {{", runtime::PAGED));
    text.line(format_args!("{} => {success}, {errors};", request(names)));
    text.line(format_args!("{};", scheme(cx, operation, pagination)));
    if let Some((item, taken)) = items(cx, operation, names, pagination) {
        text.line(format_args!("{item}: {taken}"));
    }
    text.close("}");
}

/// Whether a table in the module of another group mentions the one of this operation.
pub(super) fn is_mentioned(cx: &Cx<'_>, id: OperationId) -> bool {
    let by = |operation: &Operation| operation.pagination.as_ref()?.by;
    let mut all = cx.client.operations.iter();
    all.any(|operation| by(operation) == Some(id) && module(cx, operation.id) != module(cx, id))
}

fn module<'c>(cx: &Cx<'c>, id: OperationId) -> Option<&'c str> {
    Some(&cx.group_of(id)?.module)
}

fn scheme(cx: &Cx<'_>, operation: &Operation, pagination: &Pagination) -> String {
    let step = match &pagination.step {
        Step::Token(path) => format!("token({})", pointer(path)),
        Step::HeaderToken(name) => format!("header_token({})", literal(name)),
        Step::LastItem(path) => format!("last_item({})", pointer(path)),
        Step::Offset(first) => format!("offset({first})"),
        Step::Page(first) => format!("page({first})"),
        Step::NextUrl(path) => format!("next_url({})", pointer(path)),
        Step::Link => "link()".to_owned(),
        Step::Single => "single()".to_owned(),
    };
    // Parameters are those of the operation that fetches the further pages.
    let further = pagination.by.map(|id| cx.client.operation(id));
    let place = |index: usize| parameters::place(further.unwrap_or(operation), index);
    let places_of = |indexes: &[usize]| {
        let places = indexes.iter().map(|&index| place(index).to_string());
        places.collect::<Vec<_>>().join(", ")
    };
    let mut scheme = format!("{}::{step}", runtime::PAGINATION);
    match &pagination.target {
        Some(Target::Parameter(index)) => {
            scheme.push_str(&format!(".to_parameter({})", place(*index)));
        }
        Some(Target::Body(path)) => scheme.push_str(&format!(".to_body({})", pointer(path))),
        None => {}
    }
    let more = pagination.more.as_ref().map(|(path, means_more)| {
        let method = if *means_more {
            "while_true"
        } else {
            "until_true"
        };
        (method, path)
    });
    let places = [
        pagination.items.as_ref().map(|path| ("items", path)),
        more,
        pagination
            .total_items
            .as_ref()
            .map(|path| ("total_items", path)),
        pagination
            .total_pages
            .as_ref()
            .map(|path| ("total_pages", path)),
    ];
    for (method, path) in places.into_iter().flatten() {
        scheme.push_str(&format!(".{method}({})", pointer(path)));
    }
    if let Some(indexes) = &pagination.only_with {
        scheme.push_str(&format!(".only_with(&[{}])", places_of(indexes)));
    }
    if !pagination.keeping.is_empty() {
        let keeping = places_of(&pagination.keeping);
        scheme.push_str(&format!(".keeping(&[{keeping}])"));
    }
    if let Some(by) = pagination.by {
        scheme.push_str(&format!(".by(&{})", table(cx, operation.id, by)));
    }
    scheme
}

/// The table of another operation, which may stand in the module of another group.
fn table(cx: &Cx<'_>, from: OperationId, to: OperationId) -> String {
    let table = &cx.operation_names(to).table;
    match module(cx, to).filter(|to| module(cx, from) != Some(*to)) {
        Some(module) => format!("super::{module}::{table}"),
        None => table.clone(),
    }
}

/// The type of an item, and a function that takes all of them out of a page.
///
/// None where the way to the list is not made of objects.
fn items(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
    pagination: &Pagination,
) -> Option<(String, String)> {
    let mut bodies = operation.success.iter().enumerate();
    let (at, whole) = bodies.find_map(|(at, answer)| match &answer.content {
        Some(Content::Json(ty)) => Some((at, ty)),
        _ => None,
    })?;
    let path = pagination.items.as_ref()?;
    let (item, taken) = taken(cx, whole, path)?;
    Some((
        item,
        match (&names.success, path.is_empty()) {
            (Some((ident, variants)), _) => {
                let variant = &variants[at];
                format!("|page| match page {{ {ident}::{variant}(page) => {taken}, _ => None }}")
            }
            (None, true) => "Some".to_owned(),
            (None, false) => format!("|page| {taken}"),
        },
    ))
}

/// The type of an item, and an expression that takes all of them out of `page`.
fn taken(cx: &Cx<'_>, whole: &TypeRef, path: &[String]) -> Option<(String, String)> {
    let Some((last, parents)) = path.split_last() else {
        let item = item_of(cx, whole)?;
        return Some((cx.spell(item, SCOPE), "Some(page)".to_owned()));
    };
    let mut taken = "page".to_owned();
    let mut ty = whole;
    for wire in parents {
        let (field, name) = field(cx, ty, wire)?;
        taken.push_str(&format!(".{name}"));
        taken.push_str(match field.presence {
            Presence::Required => "",
            Presence::RequiredNullable | Presence::Optional => "?",
            Presence::OptionalNullable => ".into_value()?",
        });
        ty = &field.ty;
    }
    let (field, name) = field(cx, ty, last).filter(|(field, _)| !field.boxed)?;
    let item = cx.spell(item_of(cx, &field.ty)?, SCOPE);
    let list = match field.presence {
        Presence::Required => format!("Some({taken}.{name})"),
        Presence::RequiredNullable | Presence::Optional => format!("{taken}.{name}"),
        Presence::OptionalNullable => format!("{taken}.{name}.into_value()"),
    };
    Some((item, list))
}

/// The member of an object, and the field that holds it.
fn field<'c>(cx: &Cx<'c>, ty: &'c TypeRef, wire: &str) -> Option<(&'c Field, &'c str)> {
    let (object, members) = object_of(cx, ty)?;
    let at = object.fields.iter().position(|field| field.wire == wire)?;
    Some((&object.fields[at], &members[at]))
}

fn object_of<'c>(cx: &Cx<'c>, ty: &'c TypeRef) -> Option<(&'c Object, &'c [String])> {
    let mut ty = ty;
    // Aliases that lead in a circle are types of their own.
    while let TypeRef::Named(id) = ty {
        match &cx.client.ty(*id).kind {
            TypeKind::Object(object) => {
                return Some((object, &cx.names.types[id.0 as usize].members));
            }
            TypeKind::Alias(target) => ty = target,
            _ => return None,
        }
    }
    None
}

/// The items of a list.
fn item_of<'c>(cx: &Cx<'c>, ty: &'c TypeRef) -> Option<&'c TypeRef> {
    let mut ty = ty;
    loop {
        match ty {
            TypeRef::List(item) => return Some(item),
            TypeRef::Named(id) => match &cx.client.ty(*id).kind {
                TypeKind::Alias(target) => ty = target,
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// A path as the literal of a JSON pointer.
fn pointer(path: &[String]) -> String {
    let mut pointer = String::new();
    for name in path {
        crate::spec::push_token(&mut pointer, name);
    }
    literal(&pointer)
}

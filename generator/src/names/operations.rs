//! Names operations: the handle's method, the type that stands for it, its table, setters and enums.

use super::case::{self, Case};
use super::method;
use super::model::{GroupNames, OperationNames};
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use super::status::status_ident;
use crate::ir::{Answer, Client, Operation, OperationId};

/// Names all operations, by [`OperationId`].
pub(super) fn operations(
    client: &Client,
    groups: &[GroupNames],
    renames: &mut Renames,
) -> Vec<OperationNames> {
    let mut names = vec![OperationNames::default(); client.operations.len()];
    let mut grouped = vec![false; client.operations.len()];
    let members = client.groups.iter().zip(groups).map(|(group, names)| {
        let name = group.name.as_str();
        (name, Some(names.handle.as_str()), group.operations.clone())
    });
    let all = (0..client.operations.len())
        .map(|index| OperationId(index as u32))
        .collect();
    // Whatever no group holds still gets names, as if it stood in a module of its own.
    for (group, handle, mut ids) in members.chain([("", None, all)]) {
        ids.retain(|id| !std::mem::replace(&mut grouped[id.0 as usize], true));
        let operations: Vec<&Operation> = ids.iter().map(|&id| client.operation(id)).collect();
        for (operation, given) in
            operations
                .iter()
                .zip(names_in_group(group, handle, &operations, renames))
        {
            names[operation.id.0 as usize] = given;
        }
    }
    names
}

/// Names what callbacks carry, after their operation and themselves.
pub(super) fn callbacks(
    client: &Client,
    operations: &[OperationNames],
    renames: &mut Renames,
) -> Vec<String> {
    let candidates = client
        .callbacks
        .iter()
        .map(|callback| {
            let marker = &operations[callback.operation.0 as usize].marker;
            let ident = format!("{marker}{}", case::type_ident(&callback.name));
            Candidate::new(&callback.pointer, ident).avoiding(reserved::TYPE)
        })
        .collect();
    Scope::new(Case::Camel).settle(candidates, renames)
}

fn names_in_group(
    group: &str,
    handle: Option<&str>,
    operations: &[&Operation],
    renames: &mut Renames,
) -> Vec<OperationNames> {
    let methods = method::methods(group, operations, renames);
    let mut scope = Scope::new(Case::Camel);
    if let Some(handle) = handle {
        scope.settle_one(Candidate::new("#", handle), renames);
    }
    let candidates = operations
        .iter()
        .map(|operation| {
            Candidate::new(&operation.pointer, marker_ident(operation))
                .avoiding(reserved::BUILDER)
                .choosable()
        })
        .collect();
    let markers = scope.settle(candidates, renames);
    let mut tables = Scope::new(Case::Snake);
    let mut names: Vec<OperationNames> = Vec::with_capacity(operations.len());
    for ((operation, method), marker) in operations.iter().zip(methods).zip(markers) {
        let arguments = arguments(operation, renames);
        let table = Candidate::new(&operation.pointer, case::field_ident(&marker));
        let table = tables.settle_one(table, renames).to_ascii_uppercase();
        let mut given = OperationNames {
            method,
            marker,
            table,
            ..arguments
        };
        let same = operation.variation.as_ref().and_then(|variation| {
            let first = operations.iter().position(|it| it.id == variation.of)?;
            names.get(first)
        });
        if let Some(same) = same {
            let same = same.clone();
            given.success = same.success;
            given.errors = same.errors;
            given.headers = same.headers;
            names.push(given);
            continue;
        }
        given.success = answers(
            operation,
            &given.marker,
            "Response",
            &operation.success,
            2,
            &mut scope,
            renames,
        );
        given.errors = answers(
            operation,
            &given.marker,
            "Error",
            &operation.errors,
            1,
            &mut scope,
            renames,
        );
        given.headers = headers(operation, &given.marker, &mut scope, renames);
        names.push(given);
    }
    names
}

fn marker_ident(operation: &Operation) -> String {
    let name = match case::words(&operation.name).is_empty() {
        true => "Operation",
        false => &operation.name,
    };
    case::type_ident(&with_kind(name, operation))
}

/// The name of a further way to call an operation says what kind of body it takes.
pub(super) fn with_kind(name: &str, operation: &Operation) -> String {
    match &operation.variation {
        Some(variation) => format!("{name} {}", variation.kind),
        None => name.to_owned(),
    }
}

/// Arguments and setters of one operation, and those of its body.
fn arguments(operation: &Operation, renames: &mut Renames) -> OperationNames {
    let candidates = operation
        .parameters
        .iter()
        .map(|parameter| {
            let name = case::field_ident(&match parameter.part.as_str() {
                "" => parameter.wire.clone(),
                part => format!("{part} {}", parameter.wire),
            });
            let second = format!("{name}_{}", parameter.place.word());
            Candidate::new(&operation.pointer, name)
                .or(second)
                .avoiding(reserved::PARAMETER)
        })
        .collect();
    let mut scope = Scope::new(Case::Snake);
    let parameters = scope.settle(candidates, renames);
    let empty = operation.parameters.iter().zip(&parameters);
    let empty = empty.map(|(parameter, name)| {
        let wanted = Candidate::new(&operation.pointer, format!("{name}_empty"));
        parameter
            .allow_empty
            .then(|| scope.settle_one(wanted, renames))
    });
    let empty = empty.collect();
    let wanted = operation
        .body
        .as_ref()
        .and_then(|body| body.name.as_deref());
    let body = wanted.map_or_else(|| "body".to_owned(), case::field_ident);
    let second = format!("{body}_body");
    let body = Candidate::new(&operation.pointer, body)
        .or(second)
        .avoiding(reserved::BODY);
    let body = scope.settle_one(body, renames);
    let has_choice = operation.body.iter().any(|body| body.media_types.len() > 1);
    let content_type = has_choice.then(|| {
        let wanted = Candidate::new(&operation.pointer, "content_type");
        scope.settle_one(wanted.or("content_type_body"), renames)
    });
    OperationNames {
        parameters,
        empty,
        body,
        content_type,
        ..OperationNames::default()
    }
}

/// The enum of an operation's answers and its variants, when there are at least so many.
fn answers(
    operation: &Operation,
    marker: &str,
    ending: &str,
    answers: &[Answer],
    least: usize,
    scope: &mut Scope,
    renames: &mut Renames,
) -> Option<(String, Vec<String>)> {
    if answers.len() < least {
        return None;
    }
    let name = scope.settle_one(
        Candidate::new(&operation.pointer, format!("{marker}{ending}")),
        renames,
    );
    let candidates = answers
        .iter()
        .enumerate()
        .map(|(at, answer)| {
            let status = status_ident(answer.status);
            let is_first = answers[..at]
                .iter()
                .all(|other| other.status != answer.status);
            let ident = match answer.media_types.first() {
                Some(name) if !is_first => format!("{status}{}", media_ident(name)),
                _ => status,
            };
            Candidate::new(&operation.pointer, ident)
        })
        .collect();
    Some((name, Scope::new(Case::Camel).settle(candidates, renames)))
}

/// `Csv` of `text/csv; charset=utf-8`, `Video` of `video/*`.
fn media_ident(name: &str) -> String {
    let name = name.split(';').next().unwrap_or_default().trim();
    let words = match name.split_once('/') {
        Some((kind, "*")) => kind,
        Some((_, subtype)) => subtype,
        None => name,
    };
    case::type_ident(words)
}

/// The struct of a success's headers and its fields.
fn headers(
    operation: &Operation,
    marker: &str,
    scope: &mut Scope,
    renames: &mut Renames,
) -> Option<(String, Vec<String>)> {
    if operation.headers.is_empty() {
        return None;
    }
    let name = Candidate::new(&operation.pointer, format!("{marker}Headers"));
    let name = scope.settle_one(name, renames);
    let candidates = operation
        .headers
        .iter()
        .map(|header| {
            Candidate::new(&operation.pointer, case::field_ident(&header.wire))
                .avoiding(reserved::FIELD)
        })
        .collect();
    Some((name, Scope::new(Case::Snake).settle(candidates, renames)))
}

//! Finds operations that document the same errors, and names the enum that they have in common.

use std::collections::BTreeMap;

use super::case::Case;
use super::model::{OperationNames, SharedErrors};
use super::scope::{Candidate, Renames, Scope};
use crate::ir::{Answer, Client, Content, OperationId, Status, TypeId, TypeKind, TypeRef};

/// The enums that more than one operation has, in the order of their first operations.
pub(super) fn shared_errors(
    client: &Client,
    operations: &[OperationNames],
    renames: &mut Renames,
) -> Vec<SharedErrors> {
    let mut alike: BTreeMap<_, Vec<OperationId>> = BTreeMap::new();
    for (operation, names) in client.operations.iter().zip(operations) {
        // What varies an operation has the enum of what it varies.
        if let (Some((_, variants)), None) = (&names.errors, &operation.variation) {
            let errors = errors(client, &operation.errors, variants);
            alike.entry(errors).or_default().push(operation.id);
        }
    }
    let mut shared: Vec<_> = alike.into_values().filter(|it| it.len() > 1).collect();
    shared.sort();
    let candidates = shared
        .iter()
        .map(|operations| {
            let first = client.operation(operations[0]);
            Candidate::new(&first.pointer, ident(&first.errors))
        })
        .collect();
    let idents = Scope::new(Case::Camel).settle(candidates, renames);
    let shared = idents.into_iter().zip(shared);
    shared
        .map(|(ident, operations)| SharedErrors { ident, operations })
        .collect()
}

type Alike<'a> = (Status, &'a str, &'a [String], Option<Content>);

/// What of answers decides on the enum: not what is said about them.
fn errors<'a>(client: &Client, answers: &'a [Answer], variants: &'a [String]) -> Vec<Alike<'a>> {
    let answers = answers.iter().zip(variants);
    answers
        .map(|(answer, variant)| {
            let mut content = answer.content.clone();
            if let Some(Content::Json(ty) | Content::Form(ty) | Content::Xml(ty)) = &mut content {
                ty.each_named_mut(&mut |id| *id = original(client, *id));
            }
            let media_types = answer.media_types.as_slice();
            (answer.status, variant.as_str(), media_types, content)
        })
        .collect()
}

/// The type that a name stands for.
fn original(client: &Client, id: TypeId) -> TypeId {
    let mut id = id;
    // Aliases that lead in a circle are types of their own.
    while let TypeKind::Alias(TypeRef::Named(target)) = client.ty(id).kind {
        id = target;
    }
    id
}

/// `Errors400Or404Or5xx`.
fn ident(answers: &[Answer]) -> String {
    let mut statuses: Vec<Status> = answers.iter().map(|answer| answer.status).collect();
    statuses.dedup();
    let words: Vec<_> = statuses.into_iter().map(word).collect();
    format!("Errors{}", words.join("Or"))
}

fn word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}xx"),
        Status::Default => "Any".to_owned(),
    }
}

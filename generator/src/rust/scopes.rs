//! Scopes: what operations need of their security schemes, said once for all that need the same.

use super::runtime_paths as runtime;
use super::text::{Text, literal, plain};
use crate::ir::{Client, Operation, Requirement, SecurityKind};

/// The rows of the API's table: scopes by alternative, and the operations that need just these.
pub(super) fn render(text: &mut Text, client: &Client) {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    // Further ways to call an operation have its name.
    let operations = client.operations.iter().filter(|it| it.variation.is_none());
    for operation in operations.filter(|it| has_scopes(it)) {
        let (scopes, id) = (alternatives(operation), literal(&operation.name));
        match rows.iter_mut().find(|(known, _)| *known == scopes) {
            Some((_, ids)) => ids.push(id),
            None => rows.push((scopes, vec![id])),
        }
    }
    if rows.is_empty() {
        return;
    }
    text.open(".scopes(&[");
    for (scopes, ids) in rows {
        let row = runtime::OPERATION_SCOPES;
        text.line(format_args!("{row}::new({scopes}, &[{}]),", ids.join(", ")));
    }
    text.close("])");
}

/// What the documentation of an operation says of them: ``Needs the scopes `read` `list`, or `write`.``
///
/// Schemes are not named: those of one alternative mostly ask for the same.
pub(super) fn docs(client: &Client, operation: &Operation) -> Option<String> {
    let mut alternatives: Vec<Vec<(&'static str, String)>> = Vec::new();
    for alternative in &operation.security {
        let needed = alternative.iter().filter(|it| !it.scopes.is_empty());
        let mut needed: Vec<_> = needed.map(|it| (noun(client, it), ticked(it))).collect();
        needed.dedup();
        if !needed.is_empty() && !alternatives.contains(&needed) {
            alternatives.push(needed);
        }
    }
    let mut last = "";
    let mut words = |(noun, scopes): &(&'static str, String)| match last == *noun {
        true => scopes.clone(),
        false => {
            last = noun;
            format!("the {noun} {scopes}")
        }
    };
    let texts = alternatives.iter().map(|needed| {
        let needed: Vec<_> = needed.iter().map(&mut words).collect();
        needed.join(" and ")
    });
    let texts: Vec<_> = texts.collect();
    (!texts.is_empty()).then(|| format!("Needs {}.", texts.join(", or ")))
}

/// Scopes between back quotes.
fn ticked(requirement: &Requirement) -> String {
    let scopes = requirement.scopes.iter();
    let scopes: Vec<_> = scopes.map(|it| format!("`{}`", plain(it))).collect();
    scopes.join(" ")
}

/// What the scopes of a scheme are called.
fn noun(client: &Client, requirement: &Requirement) -> &'static str {
    let mut schemes = client.schemes.iter();
    let scheme = schemes.find(|it| it.name == requirement.scheme);
    match scheme.map(|it| &it.kind) {
        Some(SecurityKind::Other(kind)) if kind == "oauth2" || kind == "openIdConnect" => "scopes",
        _ => "roles",
    }
}

fn has_scopes(operation: &Operation) -> bool {
    let mut schemes = operation.security.iter().flatten();
    schemes.any(|requirement| !requirement.scopes.is_empty())
}

/// Schemes and their scopes, in the places of the alternatives; nothing for those at the end that need none.
fn alternatives(operation: &Operation) -> String {
    let of_scheme = |it: &Requirement| {
        let scopes = list(it.scopes.iter().map(|it| literal(it)));
        format!("({}, {scopes})", literal(&it.scheme))
    };
    let of_alternative = |schemes: &Vec<Requirement>| {
        let needed = schemes.iter().filter(|it| !it.scopes.is_empty());
        list(needed.map(of_scheme))
    };
    let last = |schemes: &Vec<Requirement>| schemes.iter().any(|it| !it.scopes.is_empty());
    let count = operation
        .security
        .iter()
        .rposition(last)
        .map_or(0, |at| at + 1);
    list(operation.security[..count].iter().map(of_alternative))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

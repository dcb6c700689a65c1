//! The security schemes that operations take, in their tables.

use super::super::Cx;
use super::super::text::{Text, literal};
use crate::ir::{Client, Requirement};

/// What most operations take, in `api/mod.rs`.
const SECURITY: &str = "SECURITY";

/// What more operations take than anything else, if several do; the first of equals.
pub(in super::super) fn most_used(client: &Client) -> &[Vec<Requirement>] {
    let mut counted: Vec<(&[Vec<Requirement>], usize)> = Vec::new();
    for operation in &client.operations {
        let mut known = counted.iter_mut();
        match known.find(|(security, _)| is_same(security, &operation.security)) {
            Some((_, count)) => *count += 1,
            None => counted.push((&operation.security, 1)),
        }
    }
    let counted = counted.into_iter().rev();
    let several = counted.filter(|(security, count)| *count > 1 && !security.is_empty());
    several
        .max_by_key(|(_, count)| *count)
        .map_or(&[], |(security, _)| security)
}

/// Writes that down once.
pub(super) fn render(text: &mut Text, cx: &Cx<'_>) {
    if cx.security.is_empty() {
        return;
    }
    let security = alternatives(cx.security, |it| &it.scheme);
    text.line("/// What most operations take: alternatives, each of schemes that go together.");
    text.line("#[rustfmt::skip]");
    text.line(format_args!(
        "const {SECURITY}: &[&[&str]] = &[{security}];"
    ));
}

/// How the table of an operation says which schemes it takes.
pub(super) fn spell(cx: &Cx<'_>, security: &[Vec<Requirement>]) -> String {
    match is_same(cx.security, security) {
        true => format!("super::{SECURITY}"),
        false => format!("&[{}]", alternatives(security, |it| &it.scheme)),
    }
}

/// Whether both are of the same schemes, whatever they ask of them.
fn is_same(one: &[Vec<Requirement>], other: &[Vec<Requirement>]) -> bool {
    let names = |it: &Requirement, other: &Requirement| it.scheme == other.scheme;
    let pair = |(one, other): (&Vec<_>, &Vec<_>)| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| names(one, other))
    };
    one.len() == other.len() && one.iter().zip(other).all(pair)
}

pub(in super::super) fn alternatives<S>(security: &[Vec<S>], name: fn(&S) -> &str) -> String {
    let alternative = |schemes: &Vec<S>| {
        let schemes: Vec<_> = schemes.iter().map(|it| literal(name(it))).collect();
        format!("&[{}]", schemes.join(", "))
    };
    security
        .iter()
        .map(alternative)
        .collect::<Vec<_>>()
        .join(", ")
}

//! Names servers, the values that vary in their addresses, and the enums of those.

use super::case::{self, Case};
use super::model::{ServerNames, VariableNames};
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use crate::ir::{Client, Server, ServerVariable};

/// A name of more words says less.
const WORDS: usize = 4;

/// Words that say nothing of a server.
const EMPTY: [&str; 8] = [
    "the",
    "a",
    "api",
    "server",
    "servers",
    "environment",
    "endpoint",
    "url",
];

/// Names all servers, by their index.
pub(super) fn servers(client: &Client, renames: &mut Renames) -> Vec<ServerNames> {
    let mut scope = Scope::new(Case::Camel);
    let wanted = wanted(&client.servers);
    let candidates = wanted.iter().enumerate().map(|(index, wanted)| {
        Candidate::new(pointer(index), wanted)
            .avoiding(reserved::TYPE)
            .choosable()
    });
    let idents = scope.settle(candidates.collect(), renames);
    let named = client.servers.iter().enumerate().zip(idents);
    named
        .map(|((index, server), ident)| {
            let fields = fields(index, server, renames);
            let variables = server
                .variables
                .iter()
                .zip(fields)
                .map(|(variable, field)| {
                    let values = values(index, &ident, variable, &mut scope, renames);
                    VariableNames { field, values }
                });
            let variables = variables.collect();
            ServerNames { ident, variables }
        })
        .collect()
}

fn pointer(server: usize) -> String {
    format!("#/servers/{server}")
}

/// The server's name, its description where that is short and its own, else what is particular in its address.
fn wanted(servers: &[Server]) -> Vec<String> {
    let mut wanted: Vec<Option<Vec<String>>> = servers.iter().map(told).collect();
    let repeated: Vec<bool> = wanted
        .iter()
        .map(|name| wanted.iter().filter(|other| *other == name).count() > 1)
        .collect();
    for ((name, server), repeated) in wanted.iter_mut().zip(servers).zip(repeated) {
        if name.is_none() || repeated {
            *name = particular(server, servers);
        }
    }
    let spell = |name: Option<Vec<String>>| match name {
        Some(words) => case::type_ident(&words.join(" ")),
        None => "Server".to_owned(),
    };
    wanted.into_iter().map(spell).collect()
}

fn told(server: &Server) -> Option<Vec<String>> {
    if let Some(name) = &server.name {
        return Some(case::words(name)).filter(|words| !words.is_empty());
    }
    let docs = &server.docs;
    let text = docs.summary.as_ref().or(docs.description.as_ref())?;
    let mut words = case::words(text);
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    (1..=WORDS).contains(&words.len()).then_some(words)
}

/// The parts of the host that not all servers have.
fn particular(server: &Server, servers: &[Server]) -> Option<Vec<String>> {
    let others = || servers.iter().filter(|other| other.url != server.url);
    let is_own = |part: &&str| others().any(|other| !host(other).contains(part));
    let own: Vec<&str> = host(server).into_iter().filter(is_own).collect();
    let words = case::words(&own.join(" "));
    (1..=WORDS).contains(&words.len()).then_some(words)
}

fn host(server: &Server) -> Vec<&str> {
    let rest = server.url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    host.split('.').filter(|part| !part.contains('{')).collect()
}

fn fields(index: usize, server: &Server, renames: &mut Renames) -> Vec<String> {
    let candidates = server.variables.iter().map(|variable| {
        Candidate::new(
            format!("{}/variables/{}", pointer(index), variable.name),
            case::field_ident(&variable.name),
        )
        .avoiding(reserved::FIELD)
        .choosable()
    });
    Scope::new(Case::Snake).settle(candidates.collect(), renames)
}

/// The enum of a variable's values and its variants, where the values are listed.
fn values(
    index: usize,
    server: &str,
    variable: &ServerVariable,
    scope: &mut Scope,
    renames: &mut Renames,
) -> Option<(String, Vec<String>)> {
    if variable.values.is_empty() {
        return None;
    }
    let pointer = format!("{}/variables/{}", pointer(index), variable.name);
    let wanted = case::join(server, &case::type_ident(&variable.name));
    let ident = scope.settle_one(Candidate::new(&pointer, wanted).choosable(), renames);
    let candidates = variable.values.iter().enumerate().map(|(at, value)| {
        Candidate::new(format!("{pointer}/enum/{at}"), case::variant_ident(value))
            .avoiding(reserved::VARIANT)
            .choosable()
    });
    let variants = Scope::new(Case::Camel).settle(candidates.collect(), renames);
    Some((ident, variants))
}

//! Where calls go.

use super::docs;
use super::model::{Server, ServerVariable};
use crate::document;

/// The first server's URL with the defaults of its variables.
pub(super) fn base_url(servers: &[document::Server<'_>]) -> String {
    let Some(server) = servers.first() else {
        return "/".to_owned();
    };
    let mut url = server.url.trim().to_owned();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), variable.default);
    }
    url
}

/// The servers that there are to choose from; none where there is no choice.
pub(super) fn choices(servers: &[document::Server<'_>]) -> Vec<Server> {
    let mut choices: Vec<Server> = Vec::new();
    for server in servers {
        let url = server.url.trim();
        // That the same server also takes plain HTTP is no choice to offer.
        let is_known = |known: &Server| known.url == url || is_plain_of(url, &known.url);
        if !choices.iter().any(is_known) {
            choices.push(choice(server));
        }
    }
    let is_choice = choices.len() > 1 || choices.iter().any(|server| !server.variables.is_empty());
    if is_choice { choices } else { Vec::new() }
}

/// The server of an operation, where that is another than the document's.
pub(super) fn own(
    servers: &[document::Server<'_>],
    common: &[document::Server<'_>],
) -> Option<String> {
    let own = (!servers.is_empty()).then(|| base_url(servers))?;
    let is_common = own.trim_end_matches('/') == base_url(common).trim_end_matches('/');
    (!is_common).then_some(own)
}

fn choice(server: &document::Server<'_>) -> Server {
    let variables = server
        .variables
        .iter()
        // One that the address does not name would have no effect.
        .filter(|variable| server.url.contains(&format!("{{{}}}", variable.name)));
    Server {
        url: server.url.trim().to_owned(),
        name: server.name.map(str::to_owned),
        docs: docs::of(None, server.description, false),
        variables: variables.map(variable).collect(),
    }
}

fn variable(variable: &document::ServerVariable<'_>) -> ServerVariable {
    let mut values: Vec<String> = Vec::new();
    for &value in &variable.values {
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    ServerVariable {
        name: variable.name.to_owned(),
        default: variable.default.to_owned(),
        values,
        docs: docs::of(None, variable.description, false),
    }
}

fn is_plain_of(url: &str, known: &str) -> bool {
    match (url.strip_prefix("http://"), known.strip_prefix("https://")) {
        (Some(plain), Some(known)) => plain == known,
        _ => false,
    }
}

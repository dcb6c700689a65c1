//! Who calls: the schemes, and what each operation needs of them.

use super::docs;
use super::model::{Operation, Requirement, SecurityKind, SecurityScheme};
use super::server;
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, Document, ParameterLocation};

pub(super) fn schemes(document: &Document<'_>) -> Vec<SecurityScheme> {
    let base_url = server::base_url(&document.servers);
    let scheme = |scheme: &document::SecurityScheme<'_>| {
        let (token_url, refresh_url) = endpoints(&scheme.kind, &base_url);
        SecurityScheme {
            name: scheme.name.to_owned(),
            kind: kind(&scheme.kind),
            refresh_url: refresh_url.filter(|url| Some(url) != token_url.as_ref()),
            token_url,
            metadata_url: metadata(&scheme.kind, &base_url),
            docs: docs::of(None, scheme.description, scheme.deprecated),
        }
    };
    document.security_schemes.iter().map(scheme).collect()
}

/// Where the client gets tokens for itself, and where for somebody who has logged in.
fn endpoints(
    kind: &document::SecurityKind<'_>,
    base_url: &str,
) -> (Option<String>, Option<String>) {
    let document::SecurityKind::OAuth2 { flows, .. } = kind else {
        return (None, None);
    };
    let of = |kind: &str| flows.iter().find(|flow| flow.kind == kind);
    let with_somebody = ["authorizationCode", "deviceAuthorization", "password"];
    let with_somebody = with_somebody.into_iter().find_map(of);
    let refresh = with_somebody.and_then(|flow| flow.refresh_url.or(flow.token_url));
    let own = of("clientCredentials").and_then(|flow| flow.token_url);
    let url = |url: Option<&str>| url.and_then(|url| absolute(url, base_url));
    (url(own.or(refresh)), url(refresh))
}

/// Where the server describes itself.
fn metadata(kind: &document::SecurityKind<'_>, base_url: &str) -> Option<String> {
    match kind {
        document::SecurityKind::OpenIdConnect { url } => absolute(url, base_url),
        _ => None,
    }
}

/// An address as seen from the server; nothing where that is not known.
fn absolute(url: &str, base_url: &str) -> Option<String> {
    if url.contains("://") {
        return Some(url.to_owned());
    }
    let (scheme, rest) = base_url.split_once("://")?;
    let host = rest.split('/').next().unwrap_or_default();
    let is_whole = url.starts_with('/') && !host.contains('{');
    is_whole.then(|| format!("{scheme}://{host}{url}"))
}

fn kind(kind: &document::SecurityKind<'_>) -> SecurityKind {
    match kind {
        document::SecurityKind::ApiKey { location, name } => match location {
            ParameterLocation::Query | ParameterLocation::QueryString => {
                SecurityKind::ApiKeyQuery((*name).to_owned())
            }
            ParameterLocation::Cookie => SecurityKind::ApiKeyCookie((*name).to_owned()),
            ParameterLocation::Header | ParameterLocation::Path => {
                SecurityKind::ApiKeyHeader((*name).to_owned())
            }
        },
        document::SecurityKind::Http { scheme, .. } => match scheme.as_str() {
            "bearer" => SecurityKind::Bearer,
            "basic" => SecurityKind::Basic,
            other => SecurityKind::Other(other.to_owned()),
        },
        document::SecurityKind::OAuth2 { .. } => SecurityKind::Other("oauth2".to_owned()),
        document::SecurityKind::OpenIdConnect { .. } => {
            SecurityKind::Other("openIdConnect".to_owned())
        }
        document::SecurityKind::MutualTls => SecurityKind::Other("mutualTLS".to_owned()),
        document::SecurityKind::Other(name) => SecurityKind::Other((*name).to_owned()),
    }
}

/// The alternatives of an operation. One that names a scheme nobody declared can never be met, so it goes.
pub(super) fn requirements(
    document: &Document<'_>,
    operation: &document::Operation<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Requirement>> {
    let alternatives = operation.security.as_ref().unwrap_or(&document.security);
    let mut needed = Vec::new();
    for alternative in alternatives {
        let names = || alternative.schemes.iter().map(|&(name, _)| name);
        if let Some(name) = names().find(|name| !is_declared(document, name)) {
            let message = format!("security scheme `{name}` is not declared");
            diagnostics
                .at(&codes::UNKNOWN_SECURITY_SCHEME, operation.node, message)
                .help("the alternative that names it is left out");
            continue;
        }
        let schemes = alternative.schemes.iter();
        needed.push(schemes.map(requirement).collect());
    }
    needed
}

/// Each scope once, in the order of the description.
fn requirement((scheme, stated): &(&str, Vec<&str>)) -> Requirement {
    let mut scopes: Vec<String> = Vec::new();
    for scope in stated {
        if !scopes.iter().any(|it| it == scope) {
            scopes.push((*scope).to_owned());
        }
    }
    Requirement {
        scheme: (*scheme).to_owned(),
        scopes,
    }
}

/// What a request takes that the description lacks: what the document says of all operations, else what single ones
/// say, most frequent first, or nothing.
pub(super) fn common(document: &Document<'_>, operations: &[Operation]) -> Vec<Vec<String>> {
    let said = document.security.iter().map(|alternative| {
        let names = alternative.schemes.iter().map(|&(name, _)| name);
        names.map(str::to_owned).collect::<Vec<_>>()
    });
    let said: Vec<_> = said
        .filter(|names| names.iter().all(|name| is_declared(document, name)))
        .collect();
    if !said.is_empty() {
        return said;
    }
    let mut counted: Vec<(usize, Vec<String>)> = Vec::new();
    let used = operations.iter().flat_map(|operation| &operation.security);
    for alternative in used.filter(|schemes| !schemes.is_empty()) {
        let schemes = alternative.iter().map(|it| it.scheme.clone());
        let alternative: Vec<String> = schemes.collect();
        match counted.iter_mut().find(|(_, other)| *other == alternative) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, alternative)),
        }
    }
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut common: Vec<_> = counted.into_iter().map(|(_, names)| names).collect();
    if !common.is_empty() {
        common.push(Vec::new());
    }
    common
}

fn is_declared(document: &Document<'_>, name: &str) -> bool {
    let mut schemes = document.security_schemes.iter();
    schemes.any(|scheme| scheme.name == name)
}

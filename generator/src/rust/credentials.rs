//! Credentials: what the client's builder takes for each security scheme, and the words for it.

use super::Cx;
use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::text::{Text, literal, plain};
use crate::ir::{SecurityKind, SecurityScheme};
use crate::names::SchemeNames;

/// Which credential a scheme takes; none for one that is no part of a request.
pub(super) fn kind(scheme: &SecurityScheme) -> Option<&'static str> {
    match &scheme.kind {
        SecurityKind::ApiKeyHeader(_)
        | SecurityKind::ApiKeyQuery(_)
        | SecurityKind::ApiKeyCookie(_) => Some("key"),
        SecurityKind::Bearer => Some("token"),
        SecurityKind::Basic => Some("basic"),
        SecurityKind::Other(kind) => match kind.as_str() {
            "mutualTLS" => None,
            "oauth2" | "openIdConnect" => Some("grant"),
            _ => Some("token"),
        },
    }
}

/// Whether the client can get tokens for it by itself.
pub(super) fn gets_tokens(scheme: &SecurityScheme) -> bool {
    scheme.token_url.is_some() || scheme.metadata_url.is_some()
}

/// Says what it is: `a key in the header X-Api-Key`.
pub(super) fn words(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SecurityKind::ApiKeyHeader(name) => format!("a key in the header `{}`", plain(name)),
        SecurityKind::ApiKeyQuery(name) => format!("a key in the query, `{}`", plain(name)),
        SecurityKind::ApiKeyCookie(name) => format!("a key in the cookie `{}`", plain(name)),
        SecurityKind::Bearer => "a bearer token".to_owned(),
        SecurityKind::Basic => "a user name and a password".to_owned(),
        SecurityKind::Other(kind) => match gets_tokens(scheme) {
            true => format!(
                "an access token (`{}`), also one that it gets by itself",
                plain(kind)
            ),
            false => format!("an access token (`{}`)", plain(kind)),
        },
    }
}

/// The schemes that a credential can be given for, with their names.
pub(super) fn given<'a>(
    cx: &Cx<'a>,
) -> impl Iterator<Item = (&'a SecurityScheme, &'a SchemeNames)> + use<'a> {
    let named = cx.client.schemes.iter().zip(&cx.names.schemes);
    named.filter(|(scheme, _)| kind(scheme).is_some())
}

/// A method of the builder for each.
pub(super) fn render(text: &mut Text, cx: &Cx<'_>) {
    if given(cx).next().is_none() {
        return;
    }
    text.blank();
    text.open(format_args!("{} {{", runtime::CREDENTIALS));
    text.open("ClientBuilder {");
    for (scheme, names) in given(cx) {
        render_one(text, scheme, names);
    }
    text.close("}");
    text.close("}");
}

fn render_one(text: &mut Text, scheme: &SecurityScheme, names: &SchemeNames) {
    let words = words(scheme);
    let mut docs = vec![format!("Sends {words}, where operations ask for it.")];
    let own = doc_lines(&scheme.docs);
    if !own.is_empty() {
        docs.push(String::new());
        docs.extend(own);
    }
    text.docs("///", &docs);
    if scheme.docs.deprecated {
        text.line("#[deprecated]");
    }
    let (name, setter) = (literal(&scheme.name), &names.setter);
    let kind = kind(scheme).unwrap_or_default();
    text.line(format_args!("{kind} {name} => {setter},"));
}

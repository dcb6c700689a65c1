//! `src/client.rs`: the client, the table of the API, an accessor per group.

use std::collections::BTreeSet;

use super::api::alternatives;
use super::docs::doc_lines;
use super::runtime_paths as runtime;
use super::text::{Text, literal, one_line, plain};
use super::{Cx, Source, credentials, scopes};
use crate::ir::{Group, SecurityKind, SecurityScheme, TypeKind};
use crate::names::{GroupNames, SchemeNames};

pub(super) fn render(cx: &Cx<'_>) -> Source {
    let mut text = Text::page();
    if !cx.client.groups.is_empty() {
        text.line("use super::api;");
        text.blank();
    }
    render_table(&mut text, cx);
    text.blank();
    render_client(&mut text, cx);
    if !cx.client.groups.is_empty() {
        text.blank();
        render_accessors(&mut text, cx);
    }
    Source {
        path: cx.path("client.rs"),
        text: text.finish(),
    }
}

fn render_table(text: &mut Text, cx: &Cx<'_>) {
    let meta = runtime::API_META;
    let (library, base_url) = (literal(&cx.names.library), literal(&cx.client.base_url));
    text.line("#[rustfmt::skip]");
    text.open(format_args!(
        "static API: {meta} = {meta}::new({library}, {base_url})"
    ));
    let prefix = literal(&cx.names.environment);
    text.line(format_args!(".environment({prefix})"));
    if !cx.client.schemes.is_empty() {
        text.open(".security_schemes(&[");
        for (scheme, names) in cx.client.schemes.iter().zip(&cx.names.schemes) {
            text.line(format_args!("{},", row(scheme, names)));
        }
        text.close("])");
    }
    if let Some(name) = &cx.client.idempotency_header {
        text.line(format_args!(".idempotency_header({})", literal(name)));
    }
    let servers = operation_servers(cx);
    if !servers.is_empty() {
        text.line(format_args!(
            ".operation_servers(&[{}])",
            servers.join(", ")
        ));
    }
    if !cx.client.security.is_empty() {
        let security = alternatives(&cx.client.security, String::as_str);
        text.line(format_args!(".security(&[{security}])"));
    }
    let secrets = secret_members(cx);
    if !secrets.is_empty() {
        text.line(format_args!(".secret_members(&[{}])", secrets.join(", ")));
    }
    render_operations(text, cx);
    scopes::render(text, cx.client);
    text.end_statement();
}

/// The operations by their groups, so that settings which name another one are found out.
fn render_operations(text: &mut Text, cx: &Cx<'_>) {
    if cx.client.groups.is_empty() {
        return;
    }
    text.open(".operations(&[");
    for (group, names) in cx.client.groups.iter().zip(&cx.names.groups) {
        let operations = group.operations.iter();
        let mut ids: Vec<_> = operations
            .map(|&id| literal(&cx.client.operation(id).name))
            .collect();
        ids.dedup();
        let (group, ids) = (literal(&names.accessor), ids.join(", "));
        text.line(format_args!("({group}, &[{ids}]),"));
    }
    text.close("])");
}

/// The members of bodies that no log may show.
fn secret_members(cx: &Cx<'_>) -> Vec<String> {
    let objects = cx.client.types.iter().filter_map(|ty| match &ty.kind {
        TypeKind::Object(object) => Some(&object.fields),
        _ => None,
    });
    let secrets = objects.flatten().filter(|field| field.secret);
    let names: BTreeSet<&str> = secrets.map(|field| field.wire.as_str()).collect();
    names.into_iter().map(literal).collect()
}

/// The servers that operations have of their own.
fn operation_servers(cx: &Cx<'_>) -> Vec<String> {
    let operations = cx.client.operations.iter();
    let own: BTreeSet<&str> = operations
        .filter_map(|operation| operation.server.as_deref())
        .collect();
    own.into_iter().map(literal).collect()
}

fn row(scheme: &SecurityScheme, names: &SchemeNames) -> String {
    let (constructor, key) = match &scheme.kind {
        SecurityKind::ApiKeyHeader(key) => ("api_key_header", Some(key)),
        SecurityKind::ApiKeyQuery(key) => ("api_key_query", Some(key)),
        SecurityKind::ApiKeyCookie(key) => ("api_key_cookie", Some(key)),
        SecurityKind::Bearer => ("bearer", None),
        SecurityKind::Basic => ("basic", None),
        SecurityKind::Other(kind) => ("other", Some(kind)),
    };
    let key = key
        .map(|key| format!(", {}", literal(key)))
        .unwrap_or_default();
    let name = literal(&scheme.name);
    let given = credentials::kind(scheme).map(|_| {
        let (setter, variable) = (literal(&names.setter), literal(&names.variable));
        format!(".given_by({setter}, {variable})")
    });
    let given = given.unwrap_or_default();
    let url = |method: &str, url: &Option<String>| {
        let url = url.as_ref();
        url.map_or(String::new(), |url| format!(".{method}({})", literal(url)))
    };
    let token = url("token_url", &scheme.token_url);
    let refresh = url("refresh_url", &scheme.refresh_url);
    let metadata = url("metadata_url", &scheme.metadata_url);
    format!(
        "{}::{constructor}({name}{key}){token}{refresh}{metadata}{given}",
        runtime::SECURITY_SCHEME
    )
}

fn render_client(text: &mut Text, cx: &Cx<'_>) {
    let title = one_line(&cx.client.info.title);
    text.line(format_args!("/// Client of `{}`.", plain(&title)));
    text.line("#[derive(Clone, Debug)]");
    text.open("pub struct Client {");
    text.line(format_args!("inner: {},", runtime::CLIENT));
    text.close("}");
    text.blank();
    text.open(format_args!("{} {{", runtime::CLIENT_MACRO));
    text.line("Client, ClientBuilder, API");
    text.close("}");
    credentials::render(text, cx);
}

fn render_accessors(text: &mut Text, cx: &Cx<'_>) {
    text.open("impl Client {");
    for (group, names) in cx.client.groups.iter().zip(&cx.names.groups) {
        text.blank();
        render_accessor(text, group, names);
    }
    text.close("}");
}

fn render_accessor(text: &mut Text, group: &Group, names: &GroupNames) {
    let mut docs = doc_lines(&group.docs);
    if docs.is_empty() {
        docs.push(format!(
            "Operations of `{}`.",
            plain(&one_line(&group.name))
        ));
    }
    text.docs("///", &docs);
    let handle = format!("api::{}::{}", names.module, names.handle);
    text.open_function(
        &format!("pub fn {}", names.accessor),
        &["&self".to_owned()],
        &format!("{handle}<'_>"),
    );
    text.tail_call(&format!("{handle}::new"), &["&self.inner".to_owned()]);
    text.close("}");
}

//! The order in which a client is put together.

use std::collections::BTreeSet;

use super::group::Groups;
use super::model::{Client, Info, Operation, OperationId};
use super::operation::Operations;
use super::types::Types;
use super::{
    docs, idempotency, link, pagination, quota, recursion, retry, rules, security, server, sharing,
    size, usage, views,
};
use crate::config::Config;
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, Document};
use crate::resolved::Resolved;

/// Puts the client together: operations that the configuration selects, and the types that they and the components need.
pub fn build<'t>(
    document: &Document<'t>,
    resolved: &Resolved<'t>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Client {
    let mut types = Types::new(resolved, config);
    if !selects(config) {
        types.add_components(document);
    }
    let schemes = security::schemes(document);
    let mut operations = Operations::new(document);
    let mut groups = Groups::new(document);
    let mut sources = Vec::new();
    for path_item in &document.paths {
        for operation in &path_item.operations {
            if is_selected(operation, config) {
                let built = operations.add(path_item, operation, &mut types, diagnostics);
                for id in built {
                    groups.add(path_item, operation, id);
                    sources.push(operation);
                }
            }
        }
    }
    report_unknown_selection(document, config, diagnostics);
    let (mut operations, callbacks) = operations.finish();
    let (mut types, by_schema) = types.finish();
    usage::mark(&mut types, &operations, &callbacks);
    let views = match config.request_views {
        true => views::find(&types),
        false => BTreeSet::new(),
    };
    usage::loosen(&mut types, &views);
    recursion::settle(&mut types, document, diagnostics);
    size::limit(&mut types);
    rules::add(&mut types, &by_schema, resolved);
    views::split(&mut types, &mut operations, &views);
    sharing::share(&mut types);
    pagination::find(&mut operations, &sources, resolved, config, diagnostics);
    let idempotency_header = idempotency::header(&operations, config);
    let header = idempotency_header.as_deref();
    quota::find(&mut operations, &sources, config, diagnostics);
    retry::find(&mut operations, &sources, header, config, diagnostics);
    let links = link::links(&operations, &sources, diagnostics);
    Client {
        info: info(&document.info),
        base_url: server::base_url(&document.servers),
        servers: server::choices(&document.servers),
        idempotency_header,
        security: security::common(document, &operations),
        schemes,
        types,
        groups: groups.finish(),
        operations,
        callbacks,
        links,
    }
}

impl OperationId {
    pub(super) fn at(index: usize) -> Self {
        OperationId(u32::try_from(index).expect("the reader limits the number of nodes"))
    }
}

fn info(info: &document::Info<'_>) -> Info {
    let own = |text: Option<&str>| {
        text.map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Info {
        title: info.title.trim().to_owned(),
        version: info.version.trim().to_owned(),
        summary: own(info.summary).map(|text| docs::one_line(&text)),
        description: own(info.description),
        license: own(info.license_identifier),
        contact: own(info.contact_url)
            .or_else(|| own(info.contact_email))
            .or_else(|| own(info.contact_name)),
        terms: own(info.terms_of_service),
    }
}

fn selects(config: &Config) -> bool {
    !config.tags.is_empty() || !config.operations.is_empty()
}

fn is_selected(operation: &document::Operation<'_>, config: &Config) -> bool {
    let tagged = || {
        operation
            .tags
            .iter()
            .any(|tag| config.tags.iter().any(|wanted| wanted == tag))
    };
    let named = || {
        operation
            .operation_id
            .is_some_and(|id| config.operations.iter().any(|wanted| wanted == id))
    };
    !selects(config) || tagged() || named()
}

/// A setting of an operation that is not there says nothing.
pub(super) fn report_unknown<'c>(
    setting: &str,
    ids: impl Iterator<Item = &'c String>,
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) {
    for id in ids {
        if !operations.iter().any(|operation| operation.name == *id) {
            let message = format!("`{setting}` names the operation `{id}`, which is not there");
            diagnostics.bare(&codes::UNKNOWN_SELECTION, message);
        }
    }
}

/// A tag or id that selects nothing is a misspelling more often than not.
fn report_unknown_selection(
    document: &Document<'_>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let operations = || document.paths.iter().flat_map(|item| &item.operations);
    for tag in &config.tags {
        if !operations().any(|operation| operation.tags.contains(&tag.as_str())) {
            diagnostics.bare(
                &codes::UNKNOWN_SELECTION,
                format!("no operation has the tag `{tag}`"),
            );
        }
    }
    for id in &config.operations {
        if !operations().any(|operation| operation.operation_id == Some(id)) {
            diagnostics.bare(
                &codes::UNKNOWN_SELECTION,
                format!("no operation has the id `{id}`"),
            );
        }
    }
}

//! One operation of the client.

use super::answer::Answers;
use super::body::{self, Request};
use super::model::{Callback, Docs, Operation, OperationId};
use super::operation_name::OperationNames;
use super::types::Types;
use super::{callback, docs, parameter, security, server};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, Document, PathItem};

pub(super) struct Operations<'a, 't> {
    document: &'a Document<'t>,
    names: OperationNames,
    operations: Vec<Operation>,
    callbacks: Vec<Callback>,
}

impl<'a, 't> Operations<'a, 't> {
    pub(super) fn new(document: &'a Document<'t>) -> Self {
        Operations {
            document,
            names: OperationNames::new(&document.paths),
            operations: Vec::new(),
            callbacks: Vec::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        path_item: &PathItem<'t>,
        operation: &document::Operation<'t>,
        types: &mut Types<'_, 't>,
        diagnostics: &mut Diagnostics,
    ) -> OperationId {
        let id = OperationId::at(self.operations.len());
        let name = self.names.name(path_item, operation, diagnostics);
        let (path, fixed_query) = split_path(path_item.path);
        let parameters = operation.parameters.iter();
        let mut parameters: Vec<_> = parameters
            .map(|it| parameter::parameter(id, it, types))
            .collect();
        let request = operation.request_body.as_ref();
        let request = request.and_then(|it| body::request(id, it, types, diagnostics));
        let body = match request {
            Some(Request::Whole(body)) => Some(body),
            Some(Request::Parts(parts)) => {
                parameters.extend(parts);
                None
            }
            None => None,
        };
        let answers = Answers::read(id, operation, types, diagnostics);
        self.report_servers(operation, diagnostics);
        let callbacks = callback::callbacks(id, &name, operation, types);
        self.callbacks.extend(callbacks);
        self.operations.push(Operation {
            id,
            name,
            pointer: operation.node.pointer(),
            method: operation.method.clone(),
            path,
            fixed_query,
            docs: self.docs(path_item, operation),
            parameters,
            body,
            accept: answers.accept(),
            success: answers.success,
            errors: answers.errors,
            stream: answers.stream,
            headers: answers.headers,
            security: security::requirements(self.document, operation, diagnostics),
            pagination: None,
        });
        id
    }

    pub(super) fn finish(self) -> (Vec<Operation>, Vec<Callback>) {
        (self.operations, self.callbacks)
    }

    fn docs(&self, path_item: &PathItem<'t>, operation: &document::Operation<'t>) -> Docs {
        let summary = operation.summary.or(path_item.summary);
        let description = operation.description.or(path_item.description);
        docs::of(summary, description, operation.deprecated)
    }

    fn report_servers(&self, operation: &document::Operation<'t>, diagnostics: &mut Diagnostics) {
        if operation.servers.is_empty() {
            return;
        }
        let (own, common) = (
            server::base_url(&operation.servers),
            server::base_url(&self.document.servers),
        );
        if own != common {
            let message = format!(
                "the operation has a server of its own, `{own}`, which the client does not turn to by itself"
            );
            diagnostics
                .at(&codes::SERVER_DEGRADED, operation.node, message)
                .help("build a client with that base URL for it");
        }
    }
}

/// Splits `/responses?beta=true#x` into the path and its fixed query; a fragment is never sent.
fn split_path(path: &str) -> (String, Option<String>) {
    let path = path.split('#').next().unwrap_or_default();
    match path.split_once('?') {
        Some((path, query)) if !query.is_empty() => (path.to_owned(), Some(query.to_owned())),
        Some((path, _)) => (path.to_owned(), None),
        None => (path.to_owned(), None),
    }
}

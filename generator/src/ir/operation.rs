//! One operation of the client.

use super::answer::Answers;
use super::model::{Body, Callback, Docs, Operation, OperationId, Variation};
use super::operation_name::OperationNames;
use super::request_body::{self, Payload, Request};
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

    /// The operation, and behind it the further ways to call it.
    pub(super) fn add(
        &mut self,
        path_item: &PathItem<'t>,
        operation: &document::Operation<'t>,
        types: &mut Types<'_, 't>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<OperationId> {
        let id = OperationId::at(self.operations.len());
        let name = self.names.name(path_item, operation, diagnostics);
        let (path, fixed_query) = split_path(path_item.path);
        let parameters = operation.parameters.iter();
        let parameters = parameters
            .map(|it| parameter::parameter(id, it, types))
            .collect();
        let body = operation.request_body.as_ref();
        let payloads = body.map_or(Vec::new(), |body| request_body::payloads(body, types));
        let answers = Answers::read(id, operation, types, diagnostics);
        self.report_servers(operation, diagnostics);
        let callbacks = callback::callbacks(id, &name, operation, types);
        self.callbacks.extend(callbacks);
        let bare = Operation {
            id,
            name,
            variation: None,
            pointer: operation.node.pointer(),
            method: operation.method.clone(),
            path,
            fixed_query,
            server: server::own(&operation.servers, &self.document.servers),
            docs: self.docs(path_item, operation),
            parameters,
            body: None,
            requires_parts: false,
            accept: answers.accept(),
            success: answers.success,
            errors: answers.errors,
            stream: answers.stream,
            headers: answers.headers,
            security: security::requirements(self.document, operation, diagnostics),
            pagination: None,
            retry: None,
            quota: None,
        };
        let mut ids = Vec::new();
        for (number, payload) in payloads.iter().enumerate() {
            let mut operation = Operation {
                id: OperationId::at(self.operations.len()),
                ..bare.clone()
            };
            operation.variation = (number > 0).then(|| Variation {
                of: id,
                kind: payload.kind.clone(),
                content_type: payload.content_type().to_owned(),
            });
            let body = body.expect("a payload is one of a body");
            operation.take(body, payload, types, diagnostics);
            ids.push(operation.id);
            self.operations.push(operation);
        }
        if payloads.is_empty() {
            ids.push(id);
            self.operations.push(bare);
        }
        ids
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
        let Some(own) = server::own(&operation.servers, &self.document.servers) else {
            return;
        };
        let varies = |server: &document::Server<'_>| !server.variables.is_empty();
        if operation.servers.len() > 1 || operation.servers.iter().any(varies) {
            let message = format!(
                "the operation has a choice of servers of its own, of which the client takes `{own}`"
            );
            diagnostics
                .at(&codes::SERVER_DEGRADED, operation.node, message)
                .help("`operation_server` of the client's builder puts another in its place");
        }
    }
}

impl Operation {
    /// Takes a payload as arguments; a way to call that is chosen for its body takes it in any case.
    fn take<'t>(
        &mut self,
        body: &document::RequestBody<'t>,
        payload: &Payload<'_, 't>,
        types: &mut Types<'_, 't>,
        diagnostics: &mut Diagnostics,
    ) {
        let is_chosen = self.variation.is_some();
        match request_body::request(self.id, body, payload, types, diagnostics) {
            Request::Whole(body) => {
                self.body = Some(Body {
                    required: body.required || is_chosen,
                    ..body
                });
            }
            Request::Parts(mut parts) => {
                if !body.required && !is_chosen {
                    parts.iter_mut().for_each(|part| part.required = false);
                }
                self.requires_parts = body.required || is_chosen;
                self.parameters.extend(parts);
            }
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

//! Links: from the success of an operation to a call of another.

use super::docs;
use super::model::{Link, LinkValue, Operation, OperationId, Place};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, LinkTarget, Status};
use crate::spec::Node;

/// The links of all operations; `sources` are these in the document, in the same order.
pub(super) fn links(
    operations: &[Operation],
    sources: &[&document::Operation<'_>],
    diagnostics: &mut Diagnostics,
) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (operation, source) in operations.iter().zip(sources) {
        if operation.variation.is_some() {
            continue;
        }
        let cx = Cx {
            operations,
            sources,
            from: operation.id,
        };
        for response in &source.responses {
            for link in &response.links {
                let is_known =
                    |known: &Link| known.operation == operation.id && known.name == link.name;
                if links.iter().any(is_known) {
                    continue;
                }
                match is_success(response.status) {
                    true => links.extend(cx.link(link, diagnostics)),
                    false => left_out(link, "it belongs to an error", diagnostics),
                }
            }
        }
    }
    links
}

struct Cx<'a, 't> {
    operations: &'a [Operation],
    sources: &'a [&'a document::Operation<'t>],
    from: OperationId,
}

impl<'t> Cx<'_, 't> {
    fn link(&self, link: &document::Link<'t>, diagnostics: &mut Diagnostics) -> Option<Link> {
        let Some(target) = self.target(link.target) else {
            // What leads nowhere as a reference has been reported as that.
            if let LinkTarget::Id(id) = link.target {
                left_out(
                    link,
                    &format!("the client has no operation `{id}`"),
                    diagnostics,
                );
            }
            return None;
        };
        let mut parameters = Vec::new();
        for (name, value) in &link.parameters {
            match parameter(target, name) {
                Some(at) => parameters.push((at, link_value(*value))),
                None => {
                    let message = format!(
                        "`{}` takes no `{name}`; the link goes without it",
                        target.name
                    );
                    diagnostics.at(&codes::INCOMPLETE_LINK, *value, message);
                }
            }
        }
        parameters.sort_by_key(|(at, _)| *at);
        parameters.dedup_by_key(|(at, _)| *at);
        let takes_value = target.body.as_ref().is_some_and(|body| body.is_value());
        if let Some(body) = link.request_body.filter(|_| !takes_value) {
            let message = format!("the body of `{}` is no value", target.name);
            diagnostics.at(&codes::INCOMPLETE_LINK, body, message);
        }
        Some(Link {
            operation: self.from,
            name: link.name.to_owned(),
            pointer: link.node.pointer(),
            target: target.id,
            parameters,
            body: link.request_body.filter(|_| takes_value).map(link_value),
            base_url: link.server.as_ref().map(|server| server.url.clone()),
            docs: docs::of(None, link.description, false),
        })
    }

    /// The first way to call the operation that is meant.
    fn target(&self, target: LinkTarget<'t>) -> Option<&Operation> {
        let is_meant = |source: &&document::Operation<'t>| match target {
            LinkTarget::Id(id) => source.operation_id == Some(id),
            LinkTarget::Operation(node) => source.node == node,
            LinkTarget::Unknown => false,
        };
        let at = self.sources.iter().position(is_meant)?;
        self.operations.get(at)
    }
}

fn left_out(link: &document::Link<'_>, reason: &str, diagnostics: &mut Diagnostics) {
    let message = format!("the link `{}` has no method: {reason}", link.name);
    diagnostics.at(&codes::INCOMPLETE_LINK, link.node, message);
}

fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundreds) => hundreds == 2,
        Status::Default => true,
    }
}

/// The index of a parameter by its name, or by place and name: `path.id`.
fn parameter(operation: &Operation, name: &str) -> Option<usize> {
    let place = |word: &str| match word {
        "path" => Some(Place::Path),
        "query" => Some(Place::Query),
        "header" => Some(Place::Header),
        "cookie" => Some(Place::Cookie),
        _ => None,
    };
    let mut parameters = operation.parameters.iter();
    let plain = |it: &super::model::Parameter| !matches!(it.place, Place::Part | Place::Field);
    let exact = parameters.position(|it| it.wire == name && plain(it));
    exact.or_else(|| {
        let (word, name) = name.split_once('.')?;
        let place = place(word)?;
        let mut parameters = operation.parameters.iter();
        parameters.position(|it| it.place == place && it.wire == name)
    })
}

fn link_value(node: Node<'_>) -> LinkValue {
    match node.as_str() {
        Some(text) => LinkValue::Expression(text.to_owned()),
        None => LinkValue::Constant(node.json_text()),
    }
}

//! Finds out which operations give their answer page by page, and how they continue.
//!
//! The settings come first, then extensions, then rules over parameters and success body. A rule only speaks
//! where a wrong guess cannot lose data silently: each says why at its head.
//!
//! Input: operations, what they were read from, the settings. Output: `Operation::pagination`.
//! Invariant: what is found fits the operation: its parameters, its one success body.
//! Never: pages for an operation with several success bodies of JSON.

mod answer;
mod extension;
mod list;
mod number;
mod outline;
mod parameters;
mod rules;
mod stainless;
mod stated;
mod token;
mod url;
mod vendor;
mod words;

use answer::Answer;

use super::build::report_unknown;
use super::model::{self, Content, Operation, Pagination, PaginationSource, Step, Target};
use crate::config::{Config, Pages, PagesStatement};
use crate::diagnostic::{Diagnostics, codes};
use crate::document;
use crate::resolved::Resolved;
use crate::spec::Node;

/// Finds the pages of all operations; `sources` is what each was read from.
pub(super) fn find<'t>(
    operations: &mut [Operation],
    sources: &[&document::Operation<'t>],
    resolved: &Resolved<'t>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    report_unknown(
        "pagination",
        config.pagination.keys(),
        operations,
        diagnostics,
    );
    let mut found = Vec::with_capacity(operations.len());
    for (operation, &source) in operations.iter().zip(sources) {
        let cx = Cx {
            operation,
            source,
            all: operations,
            resolved,
        };
        found.push(cx.find(config.pagination.get(&operation.name), diagnostics));
    }
    for (operation, pagination) in operations.iter_mut().zip(found) {
        let remark = pagination
            .as_ref()
            .map(|found| words::sentence(found, operation));
        operation.docs.remarks.extend(remark);
        operation.pagination = pagination;
    }
}

/// One operation, with all that is known about it.
#[derive(Clone, Copy)]
struct Cx<'a, 't> {
    operation: &'a Operation,
    source: &'a document::Operation<'t>,
    all: &'a [Operation],
    resolved: &'a Resolved<'t>,
}

impl<'t> Cx<'_, 't> {
    fn find(&self, chosen: Option<&Pages>, diagnostics: &mut Diagnostics) -> Option<Pagination> {
        match chosen {
            Some(Pages::Off) => return None,
            Some(Pages::Stated(stated)) => {
                let source = PaginationSource::Settings;
                return self.check(stated, source, self.source.node, diagnostics);
            }
            None => {}
        }
        if let Some((name, node, pages)) = extension::read(self) {
            let source = PaginationSource::Extension(name.to_owned());
            return match pages {
                Ok(Pages::Off) => None,
                Ok(Pages::Stated(stated)) => self.check(&stated, source, node, diagnostics),
                Err(reason) => {
                    report(&source, &reason, node, diagnostics);
                    None
                }
            };
        }
        rules::find(self, &self.answer()?)
    }

    fn check(
        &self,
        stated: &PagesStatement,
        source: PaginationSource,
        node: Node<'t>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pagination> {
        match stated::settle(self, stated, source.clone()) {
            Ok(pagination) => Some(pagination),
            Err(reason) => {
                report(&source, &reason, node, diagnostics);
                None
            }
        }
    }

    /// The one success body that is JSON.
    fn answer(&self) -> Option<Answer<'_, 't>> {
        let is_json = |answer: &&model::Answer| matches!(answer.content, Some(Content::Json(_)));
        let mut all = self.operation.success.iter().filter(is_json);
        match (all.next(), all.next()) {
            (Some(only), None) => Answer::of(only.status, self.source, self.resolved),
            _ => None,
        }
    }
}

fn report(source: &PaginationSource, reason: &str, node: Node<'_>, diagnostics: &mut Diagnostics) {
    let who = match source {
        PaginationSource::Extension(name) => format!("`{name}` does not fit"),
        _ => "`pagination` of the settings does not fit".to_owned(),
    };
    diagnostics
        .at(&codes::INVALID_PAGINATION, node, format!("{who}: {reason}"))
        .help("the operation is generated without pages");
}

/// A finding with nothing but its step.
fn pagination(step: Step, target: Option<Target>, source: PaginationSource) -> Pagination {
    Pagination {
        step,
        target,
        items: None,
        more: None,
        total_items: None,
        total_pages: None,
        only_with: None,
        keeping: Vec::new(),
        by: None,
        source,
    }
}

//! `attache inspect`: what a stage made of a description.

use attache_generator::config::Config;
use attache_generator::diagnostic::Diagnostics;
use attache_generator::inspect::dump;
use attache_generator::spec::Tree;
use attache_generator::{document, ir, names, resolved};

use super::arguments::{Inspect, Stage};
use super::report::Report;
use super::status::{Failure, Status};
use super::{config, input, output};

pub(super) fn run(arguments: &Inspect, report: &Report) -> Result<Status, Failure> {
    let config = config::read(&arguments.selection)?;
    let mut diagnostics = Diagnostics::new();
    let tree = input::read(&arguments.common.spec, &mut diagnostics)?;
    let text = tree
        .as_ref()
        .and_then(|tree| dump(tree, arguments.stage, &config, &mut diagnostics));
    if let Some(text) = &text {
        output::print(text)?;
    }
    let findings = report.settle(diagnostics);
    let status = report.findings(&findings);
    report.summary(None, &findings, "");
    Ok(status)
}

/// Runs the stages up to the one asked for; None when one of them cannot go on.
fn dump(
    tree: &Tree,
    stage: Stage,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if stage == Stage::Spec {
        return Some(dump::tree(tree));
    }
    let document = document::read(tree, diagnostics)?;
    if stage == Stage::Document {
        return Some(dump::document(&document));
    }
    let resolved = resolved::resolve(&document, diagnostics);
    if stage == Stage::Resolved {
        return Some(dump::resolved(&document, &resolved));
    }
    let client = ir::build(&document, &resolved, config, diagnostics);
    if stage == Stage::Ir {
        return Some(dump::client(&client));
    }
    Some(dump::names(&client, &names::assign(&client, config)))
}

//! `attache explain`: from a place of the description to a generated item, and back.

use attache_generator::diagnostic::Diagnostics;
use attache_generator::inspect;

use super::arguments::Explain;
use super::report::Report;
use super::status::{Failure, Status};
use super::{config, input, output};

pub(super) fn run(arguments: &Explain, report: &Report) -> Result<Status, Failure> {
    let config = config::read(&arguments.selection)?;
    let mut diagnostics = Diagnostics::new();
    let tree = input::read(&arguments.common.spec, &mut diagnostics)?;
    let generated = tree
        .as_ref()
        .and_then(|tree| attache_generator::generate(tree, &config, &mut diagnostics));
    let findings = report.settle(diagnostics);
    let (Some(tree), Some(generated)) = (&tree, &generated) else {
        let status = report.findings(&findings);
        report.summary(None, &findings, "");
        return Ok(status);
    };
    // The diagnostics of the item are part of the explanation; those of the rest would bury it.
    let text = inspect::explain(
        &arguments.at,
        tree,
        &generated.client,
        &generated.names,
        &findings,
    )
    .map_err(|reason| Failure::usage("unknown-item", reason))?;
    output::print(&text)?;
    report.summary(Some(&generated.client), &findings, "");
    Ok(Status::Done)
}

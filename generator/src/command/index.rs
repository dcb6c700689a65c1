//! `attache index`: generated items and where each comes from.

use attache_generator::diagnostic::Diagnostics;
use attache_generator::inspect;

use super::arguments::Index;
use super::report::Report;
use super::status::{Failure, Status};
use super::{config, input, output};

pub(super) fn run(arguments: &Index, report: &Report) -> Result<Status, Failure> {
    let config = config::read(&arguments.selection)?;
    let mut diagnostics = Diagnostics::new();
    let tree = input::read(&arguments.common.spec, &mut diagnostics)?;
    let generated = tree
        .as_ref()
        .and_then(|tree| attache_generator::generate(tree, &config, &mut diagnostics));
    let findings = report.settle(diagnostics);
    if let Some(generated) = &generated {
        output::print(&inspect::index(
            &generated.client,
            &generated.names,
            &findings,
        ))?;
    }
    let status = report.findings(&findings);
    report.summary(
        generated.as_ref().map(|generated| &generated.client),
        &findings,
        "",
    );
    Ok(status)
}

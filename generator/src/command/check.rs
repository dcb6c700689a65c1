//! `attache check`: what is wrong with a description.

use attache_generator::diagnostic::Diagnostics;
use attache_generator::inspect::{self, Untyped};

use super::arguments::Check;
use super::progress::Progress;
use super::report::Report;
use super::status::{Failure, Status};
use super::{config, input, output};

pub(super) fn run(arguments: &Check, report: &Report) -> Result<Status, Failure> {
    let config = config::read(&arguments.selection)?;
    let progress = Progress::start(!report.quiet);
    let mut diagnostics = Diagnostics::new();
    progress.stage("reading the description");
    let tree = input::read(&arguments.common.spec, &mut diagnostics)?;
    // Rendering is part of it: every stage may have something to say.
    progress.stage("checking the client");
    let generated = tree
        .as_ref()
        .and_then(|tree| attache_generator::generate(tree, &config, &mut diagnostics));
    drop(progress);
    if let Some(generated) = generated.as_ref().filter(|_| arguments.untyped) {
        let places = inspect::untyped(&generated.client);
        let line = |place: &Untyped| format!("{}: {}\n", place.pointer, place.reason);
        output::print(&places.iter().map(line).collect::<String>())?;
    }
    let findings = report.settle(diagnostics);
    let status = report.findings(&findings);
    report.summary(
        generated.as_ref().map(|generated| &generated.client),
        &findings,
        "",
    );
    Ok(status)
}

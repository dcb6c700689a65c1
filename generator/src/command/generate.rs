//! `attache generate`: the client crate of a description.

use std::path::Path;

use attache_generator::diagnostic::Diagnostics;
use attache_generator::files::{self, Difference, FileTree, Written};

use super::arguments::Generate;
use super::progress::Progress;
use super::report::Report;
use super::status::{Failure, Status};
use super::summary::counted;
use super::{config, input, output};

pub(super) fn run(arguments: &Generate, report: &Report) -> Result<Status, Failure> {
    let mut config = config::read(&arguments.selection)?;
    if arguments.runtime_path.is_some() {
        config.runtime.path.clone_from(&arguments.runtime_path);
    }
    config.wire_tests |= arguments.wire_tests;
    let progress = Progress::start(!report.quiet);
    let mut diagnostics = Diagnostics::new();
    progress.stage("reading the description");
    let tree = input::read(&arguments.common.spec, &mut diagnostics)?;
    progress.stage("generating the client");
    let generated = tree
        .as_ref()
        .and_then(|tree| attache_generator::generate(tree, &config, &mut diagnostics));
    drop(progress);

    let findings = report.settle(diagnostics);
    let status = report.findings(&findings);
    let client = generated.as_ref().map(|generated| &generated.client);
    let (Some(made), Status::Done) = (&generated, status) else {
        report.summary(client, &findings, "; nothing was written");
        return Ok(Status::Errors);
    };
    let (status, done) = match (arguments.check, arguments.dry_run) {
        (true, _) => check(&made.files, &arguments.out)?,
        (_, true) => dry_run(&made.files, &arguments.out)?,
        _ => write(&made.files, &arguments.out, report)?,
    };
    report.summary(client, &findings, &format!("; {done}"));
    // The program ends here: the system takes back all at once what would be given back piece by piece.
    std::mem::forget((tree, generated));
    Ok(status)
}

fn write(tree: &FileTree, out: &Path, report: &Report) -> Result<(Status, String), Failure> {
    let Written {
        created,
        updated,
        removed,
        unchanged,
        edited,
    } = files::write(tree, out).map_err(failure)?;
    for path in &edited {
        let fate = if tree.get(path).is_some() {
            "the edit is overwritten"
        } else {
            "it is no longer generated, and kept"
        };
        report.warning(
            "edited-file",
            &format!("{path} was edited since it was generated; {fate}"),
        );
    }
    let changed = [
        (created.len() + updated.len(), "written"),
        (removed.len(), "removed"),
        (unchanged, "unchanged"),
    ];
    let changed: Vec<_> = changed
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    Ok((
        Status::Done,
        format!(
            "{} in {} ({})",
            counted(tree.len(), "file"),
            out.display(),
            changed.join(", ")
        ),
    ))
}

fn check(tree: &FileTree, out: &Path) -> Result<(Status, String), Failure> {
    let difference = files::compare(tree, out).map_err(failure)?;
    output::print(&list(&difference, ["missing", "differs", "stale"]))?;
    if difference.is_clean() {
        return Ok((Status::Done, format!("{} is up to date", out.display())));
    }
    Ok((
        Status::Errors,
        format!(
            "{} is not up to date: {}",
            out.display(),
            changes(&difference)
        ),
    ))
}

fn dry_run(tree: &FileTree, out: &Path) -> Result<(Status, String), Failure> {
    let difference = files::compare(tree, out).map_err(failure)?;
    output::print(&list(&difference, ["create", "update", "remove"]))?;
    Ok((
        Status::Done,
        format!(
            "nothing was written to {}; it needs {}",
            out.display(),
            changes(&difference)
        ),
    ))
}

/// One line per file, with the word for what is missing, differs and is stale.
fn list(difference: &Difference, words: [&str; 3]) -> String {
    let mut lines = Vec::new();
    for (word, paths) in words.iter().zip([
        &difference.missing,
        &difference.differing,
        &difference.stale,
    ]) {
        lines.extend(paths.iter().map(|path| format!("{word} {path}\n")));
    }
    lines.extend(
        difference
            .obstacles
            .iter()
            .map(|obstacle| format!("obstructed {obstacle}\n")),
    );
    lines.concat()
}

fn changes(difference: &Difference) -> String {
    let Difference {
        missing,
        differing,
        stale,
        obstacles,
        edited: _,
        unchanged: _,
    } = difference;
    counted(
        missing.len() + differing.len() + stale.len() + obstacles.len(),
        "change",
    )
}

fn failure(error: files::WriteError) -> Failure {
    Failure::usage("unwritable-output", error)
}

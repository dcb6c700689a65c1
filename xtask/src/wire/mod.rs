//! `cargo xtask wire`: what generated clients send, judged by a mock of our own or by Prism.
//!
//! Input: a folder with descriptions. Output: a table, every failing operation with its cause, `target/wire-report.json`.
//! Each description becomes a crate with a test per operation; these run against the mock in the same process, or
//! against `prism mock --errors` on the loopback interface.
//! Invariant: a description that cannot be generated, compiled or served stops no other.

mod answers;
mod build;
mod cause;
mod copy;
mod document;
mod outcome;
mod prism;
mod report;
mod run;

use std::path::PathBuf;

use crate::corpus::{self, Entry, Selection};
use crate::{Outcome, project};

pub(crate) use answers::Arguments as AnswersArguments;
pub(crate) use answers::run as run_answers;
pub(crate) use document::Arguments as DocumentArguments;
pub(crate) use document::run as run_document;

use outcome::Document;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Lets Prism answer, which judges requests by the description; it is fetched from npm once
    #[arg(long)]
    prism: bool,
    /// Leaves out descriptions that the last report has a result for
    #[arg(long)]
    resume: bool,
    /// Only descriptions with this many operations at the most
    #[arg(long, value_name = "N", default_value_t = usize::MAX, hide_default_value = true)]
    most: usize,
    /// How many crates are compiled together
    #[arg(long, value_name = "N", default_value_t = 8)]
    batch: usize,
    /// How many failing operations are shown
    #[arg(long, value_name = "N", default_value_t = 40)]
    show: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let (folder, mut entries, _) = corpus::entries(&arguments.selection)?;
    let mut report = report::Report::open(arguments.prism, arguments.resume);
    entries.retain(|entry| entry.operations <= arguments.most && !report.has(&entry.path));
    // Small ones first: their failures are the ones to look at first.
    entries.sort_by_key(|entry| (entry.operations, entry.path.clone()));
    let prism = match arguments.prism {
        true => Some(prism::install()?),
        false => None,
    };
    for batch in entries.chunks(arguments.batch.max(1)) {
        for document in judge(&folder, batch, prism.as_deref())? {
            eprintln!("{}", document.line());
            report.add(document);
        }
        report.write()?;
    }
    report.print(arguments.show);
    Ok(report.is_clean())
}

fn judge(
    folder: &std::path::Path,
    batch: &[Entry],
    prism: Option<&std::path::Path>,
) -> Result<Vec<Document>, String> {
    let mut documents: Vec<Document> = batch
        .iter()
        .map(|entry| document::generate(&folder.join(&entry.path), entry))
        .collect();
    let packages = documents
        .iter()
        .filter(|document| document.failure.is_none());
    let packages: Vec<String> = packages.map(|document| document.package.clone()).collect();
    let programs = build::build(&packages)?;
    for (document, entry) in documents.iter_mut().zip(batch) {
        match programs.get(&document.package) {
            _ if document.failure.is_some() => {}
            Some(Ok(program)) => run::run(document, program, prism, &folder.join(&entry.path)),
            Some(Err(error)) => document.failure = Some(format!("does not compile: {error}")),
            None => document.failure = Some("does not compile".to_owned()),
        }
    }
    Ok(documents)
}

/// The copy of a description that Prism cannot read, in the folder of its crate.
const COPY: &str = "prism.json";

/// Where crates are made.
fn workspace() -> PathBuf {
    project::target("wire")
}

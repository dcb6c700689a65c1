//! `cargo xtask corpus`: every real description, generated and compiled.
//!
//! Input: a folder with a `manifest.csv`, or any folder with descriptions. Output: a table, `target/corpus-report.json`, and the ratchet's verdict.
//! Invariant: one description that brings a process down takes no other with it.
//! Never: puts anything of the corpus into the project, except names and counts in the ratchet.

mod check;
mod csv;
mod discovery;
pub(crate) mod document;
mod manifest;
mod measured;
mod ratchet;
mod report;
mod run;
mod selection;
mod text;
mod unpack;

use std::num::NonZero;
use std::path::PathBuf;
use std::thread::available_parallelism;

pub(crate) use manifest::Entry;

use crate::{Outcome, project};

/// Which descriptions a task is about.
#[derive(clap::Args)]
pub(crate) struct Selection {
    /// Folder with descriptions, or of the corpus, which is laid out there when it is missing [default: target/corpus]
    #[arg(env = "ATTACHE_CORPUS")]
    folder: Option<PathBuf>,
    /// Only descriptions whose path matches; `*` stands for any text
    #[arg(long, value_name = "GLOB")]
    only: Option<String>,
    /// Only this many small to medium descriptions, spread over all versions, always the same ones
    #[arg(long, value_name = "N")]
    spread: Option<usize>,
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// How many descriptions are generated at once, and how many crates compiled
    #[arg(long, value_name = "N", default_value_t = available_parallelism().map_or(1, NonZero::get))]
    jobs: usize,
    /// How many of the crates are compiled, the smallest first
    #[arg(long, value_name = "N|all", default_value = "all", value_parser = check_count)]
    check: usize,
    /// Writes the results of this run to the ratchet file, better or not
    #[arg(long)]
    update: bool,
}

fn check_count(text: &str) -> Result<usize, String> {
    if text == "all" {
        Ok(usize::MAX)
    } else {
        text.parse().map_err(|_| "a number or `all`".to_owned())
    }
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let (folder, entries, is_own) = entries(&arguments.selection)?;
    let mut results = run::generate_all(&folder, &entries, arguments.jobs);
    check::compile(&mut results, arguments.check, arguments.jobs)?;
    report::print(&results);
    report::write_json(&results)?;
    if is_own {
        return Ok(results.iter().all(|row| row.measured.generated));
    }
    ratchet::compare(&results, arguments.update)
}

/// The corpus itself, laid out where it is missing.
pub(crate) fn folder() -> Result<PathBuf, String> {
    let folder = project::target("corpus");
    unpack::unpack(&folder)?;
    Ok(folder)
}

/// The folder, its descriptions, and whether it is one of the user's own, which has no manifest and no ratchet.
pub(crate) fn entries(selection: &Selection) -> Result<(PathBuf, Vec<Entry>, bool), String> {
    let folder = selection
        .folder
        .clone()
        .unwrap_or_else(|| project::target("corpus"));
    let is_own = selection.folder.is_some() && !manifest::path(&folder).exists();
    let entries = if is_own {
        discovery::descriptions(&folder)?
    } else {
        unpack::unpack(&folder)?;
        manifest::read(&folder)?
    };
    let entries = selection::select(entries, selection.only.as_deref(), selection.spread);
    Ok((folder, entries, is_own))
}

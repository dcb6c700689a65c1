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

use crate::{Outcome, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with descriptions, or of the corpus, which is laid out there when it is missing [default: target/corpus]
    #[arg(env = "ATTACHE_CORPUS")]
    folder: Option<PathBuf>,
    /// Only descriptions whose path matches; `*` stands for any text
    #[arg(long, value_name = "GLOB")]
    only: Option<String>,
    /// Only this many small to medium descriptions, spread over all versions, always the same ones
    #[arg(long, value_name = "N")]
    spread: Option<usize>,
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
    let folder = arguments
        .folder
        .clone()
        .unwrap_or_else(|| project::target("corpus"));
    // A folder of the user's own needs no manifest, and has no ratchet.
    let is_own = arguments.folder.is_some() && !manifest::path(&folder).exists();
    let entries = if is_own {
        discovery::descriptions(&folder)?
    } else {
        unpack::unpack(&folder)?;
        manifest::read(&folder)?
    };
    let entries = selection::select(entries, arguments.only.as_deref(), arguments.spread);
    let mut results = run::generate_all(&folder, &entries, arguments.jobs);
    check::compile(&mut results, arguments.check, arguments.jobs)?;
    report::print(&results);
    report::write_json(&results)?;
    if is_own {
        return Ok(results.iter().all(|row| row.measured.generated));
    }
    ratchet::compare(&results, arguments.update)
}

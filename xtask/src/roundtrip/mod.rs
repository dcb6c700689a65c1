//! `cargo xtask roundtrip`: what a schema allows survives the generated types.
//!
//! Input: a folder with descriptions. Output: a table, every failing component with its cause, the ratchet's verdict.
//! For each component schema, instances are sampled from the source schema, checked by an independent validator,
//! decoded and encoded by the generated type, and compared as JSON values.
//! Never: asks the stages that it judges what a schema means.

mod compare;
mod document;
mod examples;
mod harness;
mod report;

use std::path::PathBuf;

use crate::corpus::{self, Selection};
use crate::{Outcome, project};

pub(crate) use document::Arguments as DocumentArguments;
pub(crate) use document::run as run_document;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// How many samples are drawn for each component
    #[arg(long, value_name = "N", default_value_t = 30)]
    samples: usize,
    /// What the samples are drawn from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many failing components are shown
    #[arg(long, value_name = "N", default_value_t = 40)]
    show: usize,
    /// Writes the results of this run to the ratchet file, better or not
    #[arg(long)]
    update: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let (folder, entries, is_own) = corpus::entries(&arguments.selection)?;
    let mut prepared = Vec::new();
    for entry in &entries {
        let spec = folder.join(&entry.path);
        let made = harness::prepare(&spec, &entry.package(), arguments.samples, arguments.seed);
        match made {
            Ok(harness) => prepared.push((entry.path.clone(), harness)),
            Err(reason) => eprintln!("left out {}: {reason}", entry.path),
        }
    }
    let built = harness::build(prepared.iter().map(|(_, harness)| harness))?;
    let mut results = Vec::new();
    for (path, harness) in prepared {
        if !built.contains(&harness.package) {
            eprintln!("left out {path}: its crate does not compile");
            continue;
        }
        results.push(compare::judge(path, &harness)?);
    }
    report::print(&results, arguments.show);
    report::write_json(&results)?;
    if is_own {
        return Ok(true);
    }
    report::ratchet(&results, arguments.update)
}

/// Where crates and programs are made.
fn workspace() -> PathBuf {
    project::target("roundtrip")
}

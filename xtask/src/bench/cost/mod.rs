//! `cargo xtask bench cost`: what a client costs, in figures that hardly depend on the machine.
//!
//! Input: the made-up description of 100 operations that `bench growth` has as well. Output: the instructions that
//! generating its client takes, the lines of the client, and the instructions of checking it as a multiple of those of
//! a crate that never changes, so that a new compiler does not count.
//! Invariant: the figures that were recorded last are in the repository, so that a change shows what it does to them.
//! Never: measures time, which differs by a quarter on machines that others use as well.

mod figures;
mod reference;

use std::fs;
use std::path::{Path, PathBuf};

use attache_generator::config::Config;
use attache_generator::files;

use super::growth;
use crate::measured::{self, Limits};
use crate::{Outcome, client, project};
use figures::Figures;

/// Operations of the description.
const OPERATIONS: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fails where a figure is more than 10 % above the recorded one
    #[arg(long)]
    gate: bool,
    /// Records the figures
    #[arg(long, conflicts_with = "gate")]
    record: bool,
    /// Writes the client of a description and ends: what is counted
    #[arg(long, hide = true, value_names = ["SPEC", "DIR"], num_args = 2)]
    generate: Vec<PathBuf>,
    #[command(flatten)]
    limits: Limits,
}

fn folder() -> PathBuf {
    project::target("cost")
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    if let [spec, out] = &arguments.generate[..] {
        return generate(spec, out);
    }
    let spec = folder().join("description.json");
    project::on(&folder(), fs::create_dir_all(folder()))?;
    project::on(&spec, fs::write(&spec, growth::description(OPERATIONS)))?;
    let recorded = match Figures::recorded() {
        // The first ones.
        Err(_) if arguments.record => Figures::default(),
        recorded => recorded?,
    };
    let (client, reference) = (folder().join("client"), folder().join("reference"));
    let _ = fs::remove_dir_all(&client);
    let is_counted = is_counted()?;
    let instructions = match is_counted {
        true => Some(count_generate(&spec, &client)?),
        false => generate(&spec, &client).map(|_| None)?,
    };
    reference::write(&reference)?;
    project::write_workspace(&folder(), ["client", "reference"], project::PROFILE)?;
    let figures = Figures {
        instructions,
        lines: Some(project::lines(&client) as u64),
        check: match is_counted {
            true => Some(check_ratio(arguments.limits)?),
            false => None,
        },
    };
    if arguments.record {
        figures.record()?;
    }
    print!("{}", figures.table(&recorded));
    Ok(!arguments.gate || figures.are_within(&recorded))
}

fn generate(spec: &Path, out: &Path) -> Outcome {
    let mut config = Config {
        name: Some("cost-client".to_owned()),
        ..Config::default()
    };
    config.runtime.path = Some(project::runtime().display().to_string());
    let (generated, _) = client::generate(&spec.display().to_string(), &config);
    let generated = generated.ok_or("the description has errors")?;
    files::write(&generated.files, out).map_err(|error| error.to_string())?;
    Ok(true)
}

/// Whether there is valgrind, without which only lines are counted; the gate has it.
fn is_counted() -> Result<bool, String> {
    if measured::valgrind().arg("--version").output().is_ok() {
        return Ok(true);
    }
    if std::env::var_os("ATTACHE_REQUIRE_SERVICES").is_some() {
        return Err("valgrind is not installed, and ATTACHE_REQUIRE_SERVICES is set".to_owned());
    }
    eprintln!("valgrind is not installed: instructions are not counted");
    Ok(false)
}

/// Writes the client, and counts the instructions of that.
fn count_generate(spec: &Path, client: &Path) -> Result<u64, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut counted = measured::valgrind();
    counted.arg(own).args(["bench", "cost", "--generate"]);
    let output = counted.arg(spec).arg(client).output();
    let output = output.map_err(|error| format!("valgrind cannot be run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let count = measured::instructions(&text).filter(|_| output.status.success());
    count.ok_or_else(|| format!("valgrind did not count: {text}"))
}

/// What checking the client takes, as a multiple of the reference.
fn check_ratio(limits: Limits) -> Result<f64, String> {
    let count = |package: &str| {
        let log = folder().join(format!("{package}.log"));
        let (own, built) = (folder().join(package), project::built());
        let package = format!("cost-{package}");
        measured::count_check(&folder(), &own, &package, &built, &log, limits)
    };
    Ok(count("client")? as f64 / count("reference")? as f64)
}

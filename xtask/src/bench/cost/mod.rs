//! `cargo xtask bench cost`: what a client costs, in figures that hardly depend on the machine.
//!
//! Input: the made-up description of 100 operations that `bench growth` has as well. Output: the instructions that
//! generating its client takes, the lines of the client, and what checking it takes as a multiple of what checking a
//! crate takes that never changes.
//! Invariant: the figures that were recorded last are in the repository, so that a change shows what it does to them.
//! Never: compares seconds of different runs.

mod figures;
mod reference;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache_generator::config::Config;
use attache_generator::files;

use super::growth;
use crate::measured::{self, Limits};
use crate::{Outcome, client, project};
use figures::Figures;

/// Operations of the description.
const OPERATIONS: usize = 100;
/// How often both crates are checked before a figure counts as too high: other work on the machine only adds to it.
const ROUNDS: usize = 8;
/// How often they are at least.
const LEAST_ROUNDS: usize = 3;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fails where a count is more than 10 % above the recorded one, or checking more than 25 %
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
    let instructions = instructions(&spec, &client)?;
    let lines = project::lines(&client) as u64;
    reference::write(&reference)?;
    project::write_workspace(&folder(), ["client", "reference"], project::PROFILE)?;
    let most = recorded.most_check().filter(|_| arguments.gate);
    let check = check_ratio(most, arguments.limits)?;
    let figures = Figures {
        instructions,
        lines: Some(lines),
        check: Some(check),
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

/// Writes the client and counts the instructions of that; none where valgrind is not installed.
fn instructions(spec: &Path, client: &Path) -> Result<Option<u64>, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let arguments = ["bench", "cost", "--generate"];
    let mut counted = Command::new("valgrind");
    counted.args([
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
    ]);
    counted.arg(&own).args(arguments).arg(spec).arg(client);
    if let Ok(output) = counted.output() {
        let text = String::from_utf8_lossy(&output.stderr);
        let count = figures::instructions(&text).filter(|_| output.status.success());
        return match count {
            Some(count) => Ok(Some(count)),
            None => Err(format!("valgrind did not count: {text}")),
        };
    }
    if std::env::var_os("ATTACHE_REQUIRE_SERVICES").is_some() {
        return Err("valgrind is not installed, and ATTACHE_REQUIRE_SERVICES is set".to_owned());
    }
    eprintln!("valgrind is not installed: instructions are not counted");
    let status = Command::new(&own)
        .args(arguments)
        .arg(spec)
        .arg(client)
        .status();
    match status.is_ok_and(|status| status.success()) {
        true => Ok(None),
        false => Err("the client could not be generated".to_owned()),
    }
}

/// What checking the client takes, as a multiple of the reference: the least of each, checked in turn.
fn check_ratio(most: Option<f64>, limits: Limits) -> Result<f64, String> {
    let mut least = [f64::INFINITY; 2];
    for round in 1..=ROUNDS {
        for (least, package) in least.iter_mut().zip(["client", "reference"]) {
            let log = folder().join(format!("{package}.log"));
            let (own, built) = (folder().join(package), project::built());
            let package = format!("cost-{package}");
            let cost = measured::check(&folder(), &own, &package, &built, 1, &log, limits)?;
            *least = least.min(cost?.cpu);
        }
        let is_within = most.is_some_and(|most| least[0] / least[1] <= most);
        if round >= LEAST_ROUNDS && (is_within || most.is_none()) {
            break;
        }
    }
    Ok(least[0] / least[1])
}

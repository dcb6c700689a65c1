//! Loopback: a generated client against bare reqwest and serde_json, by the benchmark of `tests/bench`.
//!
//! The two sides take turns in one run, and what counts is the middle one of the ratios. Client and server share one
//! core, where that can be asked for: what it costs to wake another one up, on a virtual machine in particular, says
//! nothing of either.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::{Outcome, project};

/// How many calls of the generated client there have to be for each call of the other side.
const LEAST: f64 = 0.98;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fails where the generated client is slower
    #[arg(long)]
    gate: bool,
}

/// Nanoseconds of the generated client and of the other side, by the clock and by the processor.
type Turn = [f64; 4];

pub(super) fn run(arguments: &Arguments) -> Outcome {
    const BENCH: [&str; 6] = [
        "bench",
        "--quiet",
        "--package",
        "attache-bench",
        "--bench",
        "loopback",
    ];
    let mut build = project::cargo(BENCH);
    let built = build.arg("--no-run").status();
    if !built.is_ok_and(|status| status.success()) {
        return Ok(false);
    }
    let cargo = project::cargo(BENCH);
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).arg(cargo.get_program());
    command.args(BENCH).stdout(Stdio::piped());
    let has_taskset = Command::new("taskset").arg("--version").output().is_ok();
    let mut command = if has_taskset { command } else { cargo };
    let output = command.stdout(Stdio::piped()).output();
    let output = output.map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !output.status.success() {
        return Ok(false);
    }
    let mut runs: BTreeMap<(String, String), Vec<Turn>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((name, turn)) = turn(line) {
            runs.entry(name).or_default().push(turn);
        }
    }
    println!(
        "{:<8} {:>11} {:>11} {:>11} {:>8} {:>8}",
        "answer", "concurrency", "generated", "bare", "ratio", "by CPU"
    );
    let mut is_fast = !runs.is_empty();
    for ((name, concurrency), turns) in &runs {
        let ratio = middle(turns, |[ours, theirs, ..]| theirs / ours);
        let by_cpu = middle(turns, |[.., ours, theirs]| theirs / ours);
        let [ours, theirs] = [0, 1].map(|side| middle(turns, |turn| turn[side]) / 1e3);
        println!(
            "{name:<8} {concurrency:>11} {ours:>8.1} µs {theirs:>8.1} µs {ratio:>8.3} {by_cpu:>8.3}"
        );
        is_fast &= ratio >= LEAST;
    }
    println!("(at least {LEAST})");
    Ok(is_fast || !arguments.gate)
}

/// `small 64 41000 40000 30000 29000`
fn turn(line: &str) -> Option<((String, String), Turn)> {
    let mut words = line.split_whitespace();
    let name = (words.next()?.to_owned(), words.next()?.to_owned());
    let numbers: Vec<f64> = words.filter_map(|word| word.parse().ok()).collect();
    Some((name, numbers.try_into().ok()?))
}

fn middle(turns: &[Turn], figure: impl Fn(&Turn) -> f64) -> f64 {
    let mut figures: Vec<f64> = turns.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

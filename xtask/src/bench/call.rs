//! Calls: what the path costs beside its transport, by the benchmark of `tests/bench`.

use std::process::Stdio;

use crate::{Outcome, project};

/// What a call may cost more than its transport, with all stages on.
const MOST_NANOSECONDS: f64 = 1_000.0;
const MOST_ALLOCATIONS: f64 = 4.0;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fails where a call costs more than it may
    #[arg(long)]
    gate: bool,
    /// Measures the runtimes of other clients as well: aws-smithy-runtime and azure_core
    #[arg(long)]
    peers: bool,
}

/// The crate of the peers, which is none of the workspace, and their names in what it prints.
const PEERS: &str = "tests/peers/Cargo.toml";
const NAMES: [(&str, &str); 2] = [("smithy", "aws-smithy-runtime"), ("azure", "azure_core")];

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut command = project::cargo(["bench", "--quiet", "--package", "attache-bench"]);
    command.args(["--bench", "call"]).stderr(Stdio::inherit());
    let output = command.output();
    let output = output.map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !output.status.success() {
        return Ok(false);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let (bare, call) = (row(&text, "bare")?, row(&text, "call")?);
    println!("{:<24} {:>10} {:>12}", "", "time", "allocations");
    for (name, cost) in [("transport alone", &bare), ("call", &call)] {
        println!(
            "{name:<24} {:>7.0} ns {:>12.2}",
            cost.nanoseconds, cost.allocations
        );
    }
    let nanoseconds = call.nanoseconds - bare.nanoseconds;
    let allocations = call.allocations - bare.allocations;
    println!(
        "{:<24} {nanoseconds:>7.0} ns {allocations:>12.2}  (at most {MOST_NANOSECONDS:.0} ns, {MOST_ALLOCATIONS:.0})",
        "beside its transport"
    );
    if arguments.peers {
        peers(nanoseconds, allocations);
    }
    let is_cheap = nanoseconds <= MOST_NANOSECONDS && allocations <= MOST_ALLOCATIONS;
    Ok(is_cheap || !arguments.gate)
}

/// What other runtimes cost beside a transport that answers at once, and how many times as much that is.
fn peers(own_nanoseconds: f64, own_allocations: f64) {
    let mut command = project::cargo(["run", "--release", "--quiet", "--manifest-path", PEERS]);
    command.args(["--target-dir", "target/peers"]);
    command.current_dir(project::root());
    let output = command.stderr(Stdio::inherit()).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let text = text.unwrap_or_default();
    for (name, title) in NAMES {
        let transport = row(&text, &format!("{name}-transport"));
        let (Ok(call), Ok(transport)) = (row(&text, name), transport) else {
            println!("{title:<24} could not be measured");
            continue;
        };
        let nanoseconds = call.nanoseconds - transport.nanoseconds;
        let allocations = call.allocations - transport.allocations;
        println!(
            "{title:<24} {nanoseconds:>7.0} ns {allocations:>12.2}  ({:.1} times the time, {:.1} times the allocations)",
            nanoseconds / own_nanoseconds,
            allocations / own_allocations
        );
    }
}

struct Cost {
    nanoseconds: f64,
    allocations: f64,
}

/// `call 950 4.00`
fn row(text: &str, name: &str) -> Result<Cost, String> {
    let row = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let mut numbers = row
        .into_iter()
        .flat_map(str::split_whitespace)
        .map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(nanoseconds)), Some(Ok(allocations))) => Ok(Cost {
            nanoseconds,
            allocations,
        }),
        _ => Err(format!("the benchmark says nothing of `{name}`")),
    }
}

//! Decoding: the benchmark of `tests/bench`, and what its two sides have to do with each other.
//!
//! Machines are noisy, so what counts is the ratio of two medians of one run, and the middle one of several runs.

use std::fs;

use serde_json::Value;

use crate::{Outcome, project};

/// What is decoded, and how much longer than derived types the generated ones may take.
const DOCUMENTS: [(&str, f64); 3] = [
    // Plain objects.
    ("issues", 1.0),
    // A union with a discriminator.
    ("events", 1.2),
    // A union that only the members tell apart.
    ("references", 1.2),
];

/// A run in which the machine did something else beside is not the middle one.
const RUNS: usize = 3;

pub(super) fn run() -> Outcome {
    let mut runs: [Vec<Run>; DOCUMENTS.len()] = Default::default();
    for _ in 0..RUNS {
        let mut command =
            project::cargo(["bench", "--package", "attache-bench", "--bench", "decode"]);
        let status = command.status();
        let status = status.map_err(|error| format!("cargo cannot be run: {error}"))?;
        if !status.success() {
            return Ok(false);
        }
        for ((document, _), runs) in DOCUMENTS.iter().zip(&mut runs) {
            runs.push(Run {
                generated: median(document, "generated")?,
                derived: median(document, "derived")?,
            });
        }
    }
    println!(
        "\n10 MB of        generated    derived  ratio  at most  (the middle one of {RUNS} runs)"
    );
    let mut is_fast = true;
    for ((document, most), mut runs) in DOCUMENTS.into_iter().zip(runs) {
        runs.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
        let run = &runs[RUNS / 2];
        println!(
            "{document:<12} {:>9.1} ms {:>7.1} ms {:>6.2} {most:>8.1}",
            run.generated,
            run.derived,
            run.ratio()
        );
        is_fast &= run.ratio() <= most;
    }
    Ok(is_fast)
}

/// The medians of one run, in milliseconds.
struct Run {
    generated: f64,
    derived: f64,
}

impl Run {
    fn ratio(&self) -> f64 {
        self.generated / self.derived
    }
}

/// The median of what criterion measured, in milliseconds.
fn median(document: &str, side: &str) -> Result<f64, String> {
    let path = project::target("criterion")
        .join(document)
        .join(side)
        .join("new/estimates.json");
    let text = project::on(&path, fs::read_to_string(&path))?;
    let estimates: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let nanoseconds = estimates["median"]["point_estimate"].as_f64();
    let nanoseconds = nanoseconds.ok_or_else(|| format!("{} has no median", path.display()))?;
    Ok(nanoseconds / 1e6)
}

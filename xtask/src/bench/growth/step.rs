//! One size of description: its client, and what that costs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{description, folder};
use crate::measured::{self, Cost, Limits};
use crate::project;

/// The head of the table.
pub(super) const HEAD: &str = "\
| operations | description | lines | generate | per 1,000 | memory | `cargo check` | per 1,000 | memory |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
";

/// The package of the client with so many operations.
pub(super) fn package(operations: usize) -> String {
    format!("growth-{operations}")
}

/// What was measured of one size.
pub(super) struct Step {
    pub(super) operations: usize,
    bytes: usize,
    lines: usize,
    generate: Vec<Cost>,
    check: Option<Cost>,
}

impl Step {
    pub(super) fn new(operations: usize) -> Self {
        Step {
            operations,
            bytes: 0,
            lines: 0,
            generate: Vec::new(),
            check: None,
        }
    }

    /// Writes the client into an empty folder.
    pub(super) fn generate(&mut self, program: &Path, limits: Limits) -> Result<(), String> {
        let spec = folder().join(format!("{}.json", package(self.operations)));
        let text = description::write(self.operations);
        project::on(&spec, fs::write(&spec, &text))?;
        self.bytes = text.len();
        let client = self.client();
        let _ = fs::remove_dir_all(&client);
        let mut command = Command::new(program);
        command.arg("generate").arg(&spec).arg("--quiet");
        command.args(["--name", &package(self.operations), "--runtime-path"]);
        command.arg(project::runtime()).arg("--out").arg(&client);
        let log = folder().join(format!("{}.generate.log", package(self.operations)));
        self.generate.push(measured::run(&command, &log, limits)??);
        self.lines = project::lines(&client);
        Ok(())
    }

    /// Checks the crate.
    pub(super) fn check(&mut self, jobs: usize, limits: Limits) -> Result<(), String> {
        let target = folder().join("target");
        let package = package(self.operations);
        let log = folder().join(format!("{package}.check.log"));
        let client = self.client();
        let cost = measured::check(&folder(), &client, &package, &target, jobs, &log, limits)?;
        self.check = Some(cost?);
        Ok(())
    }

    /// Its row of the table.
    pub(super) fn row(&self) -> String {
        let generate = median(&self.generate);
        let head = format!(
            "| {} | {:.1} MB | {} | {}",
            self.operations,
            self.bytes as f64 / 1e6,
            self.lines,
            self.costs(generate)
        );
        let check = self
            .check
            .map_or("| | |".to_owned(), |cost| self.costs(cost));
        format!("{head} {check}")
    }

    fn costs(&self, cost: Cost) -> String {
        let each = cost.cpu * 1_000.0 / self.operations as f64;
        format!("{:.2} s | {each:.3} s | {:.0} MB |", cost.cpu, cost.peak)
    }

    fn client(&self) -> PathBuf {
        folder().join(package(self.operations))
    }
}

/// The medians of time and memory.
fn median(costs: &[Cost]) -> Cost {
    let middle = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or_default()
    };
    Cost {
        cpu: middle(|cost| cost.cpu),
        peak: middle(|cost| cost.peak),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_tell_what_a_thousand_operations_take() {
        let cost = |cpu, peak| Cost { cpu, peak };
        let step = Step {
            operations: 100,
            bytes: 1_250_000,
            lines: 7_000,
            generate: vec![cost(0.02, 30.0), cost(0.09, 31.0), cost(0.01, 29.0)],
            check: Some(cost(0.5, 200.0)),
        };
        let row = "| 100 | 1.2 MB | 7000 | 0.02 s | 0.200 s | 30 MB | 0.50 s | 5.000 s | 200 MB |";
        assert_eq!(step.row(), row);
    }
}

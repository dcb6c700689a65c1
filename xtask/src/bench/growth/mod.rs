//! `cargo xtask bench growth`: what generating and compiling cost when descriptions grow.
//!
//! Input: made-up descriptions of 100, 1,000 and 10,000 operations. Output: a table in `target/growth/table.md`, with what a
//! thousand operations take at each size.
//! Invariant: a larger description has more of the same, so what grows faster than the operations is the generator's doing.
//! Never: takes anything from descriptions of others.

mod description;
mod step;

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use step::Step;

use super::generator;
use crate::measured::Limits;
use crate::{Outcome, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many operations a description has, a multiple of five; may be repeated
    #[arg(long = "size", value_name = "N", default_values_t = [100, 1_000, 10_000])]
    sizes: Vec<usize>,
    /// How often each is generated
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Largest number of operations whose client is compiled; 10000 takes minutes
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    check: usize,
    /// How many parts of a crate the compiler works on at once
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    #[command(flatten)]
    limits: Limits,
}

/// A made-up description with this many operations, which are a multiple of five.
pub(super) fn description(operations: usize) -> String {
    description::write(operations)
}

/// The folder of all that is made here.
fn folder() -> PathBuf {
    project::target("growth")
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let program = generator::build()?;
    let members = arguments.sizes.iter().copied().map(step::package);
    project::on(&folder(), fs::create_dir_all(folder()))?;
    project::write_workspace(&folder(), members, "debug = false\n")?;
    let mut steps: Vec<Step> = arguments.sizes.iter().copied().map(Step::new).collect();
    for _ in 0..arguments.runs {
        for step in &mut steps {
            step.generate(&program, arguments.limits)?;
            eprintln!("{}", step.row());
        }
    }
    for step in &mut steps {
        if step.operations <= arguments.check {
            step.check(arguments.jobs, arguments.limits)?;
            eprintln!("{}", step.row());
        }
    }
    let mut text = step::HEAD.to_owned();
    for step in &steps {
        let _ = writeln!(text, "{}", step.row());
    }
    let table = folder().join("table.md");
    project::on(&table, fs::write(&table, &text))?;
    println!("{text}{}", table.display());
    Ok(true)
}

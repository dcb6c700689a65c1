//! What a program and all its children take of processor and memory.
//!
//! Input: a program, and limits. Output: its [`Cost`].
//! Invariant: the system adds up what finished children took, so nothing is sampled; one process of this program
//! measures one program, since the most memory of any child is never reset.
//! Never: lets a program run on that goes over a limit.

mod compiler;
mod cost;
mod limits;
mod words;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use compiler::{
    cargo, check, compile, count_check, instructions, stood_in_for_compiler, valgrind,
};
pub(crate) use cost::Cost;
pub(crate) use limits::Limits;
pub(crate) use words::first_words;

use crate::{Outcome, project};

/// What a program cost, or in a few words why it failed.
pub(crate) type Measured = Result<Cost, String>;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the cost is written, as JSON
    #[arg(long)]
    report: PathBuf,
    #[command(flatten)]
    limits: Limits,
    /// The program and its arguments
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

/// Runs a program in a process of its own that measures it. What it writes goes to `log`.
pub(crate) fn run(command: &Command, log: &Path, limits: Limits) -> Result<Measured, String> {
    let own = own_program()?;
    let report = log.with_extension("cost.json");
    let _ = fs::remove_file(&report);
    let mut measurer = Command::new(own);
    measurer.arg("measured").arg("--report").arg(&report);
    measurer.args(limits.arguments()).arg("--");
    measurer.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => measurer.env(name, value),
            None => measurer.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        measurer.current_dir(folder);
    }
    let folder = log.parent().expect("a log lies in a folder");
    project::on(folder, fs::create_dir_all(folder))?;
    let output = project::on(log, File::create(log))?;
    let errors = project::on(log, output.try_clone())?;
    let status = measurer.stdout(output).stderr(errors).status();
    let status = status.map_err(|error| format!("this program cannot be run: {error}"))?;
    let text =
        fs::read_to_string(&report).map_err(|_| format!("nothing was measured: {status}"))?;
    let value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let cost = Cost::from_json(&value).ok_or("the cost of a program is not as it was written")?;
    Ok(match value["failure"].as_str() {
        Some(failure) => Err(first_words(log, failure)),
        None => Ok(cost),
    })
}

/// This program, as it runs: its file may be built anew in the hours that measuring takes.
fn own_program() -> Result<PathBuf, String> {
    let running = PathBuf::from(format!("/proc/{}/exe", std::process::id()));
    match running.exists() {
        true => Ok(running),
        false => std::env::current_exe().map_err(|error| error.to_string()),
    }
}

/// The process that measures: `cargo xtask measured`.
pub(crate) fn measure(arguments: &Arguments) -> Outcome {
    let (program, rest) = arguments.command.split_first().expect("clap asks for one");
    let mut command = Command::new(program);
    command.args(rest);
    let ended = limits::run(&mut command, arguments.limits)?;
    let failure = match ended {
        Ok(status) => (!status.success()).then(|| status.to_string()),
        Err(limit) => Some(limit),
    };
    let mut value = Cost::of_children()?.to_json();
    value["failure"] = failure.clone().into();
    let written = fs::write(&arguments.report, value.to_string());
    project::on(&arguments.report, written)?;
    Ok(failure.is_none())
}

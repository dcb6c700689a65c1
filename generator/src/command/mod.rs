//! The commands of the command line, one file each.
//!
//! Input: arguments. Output: an exit status, results on standard output, everything else on standard error.
//! Invariants: nothing but results goes to standard output; the last line on standard error is the summary of the run.
//! Never: decides anything about the client; that is the library's.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program reads files and its environment"
)]

mod arguments;
mod auth;
mod check;
mod config;
mod explain;
mod generate;
mod index;
mod input;
mod inspect;
mod output;
mod progress;
mod report;
mod status;
mod summary;

use std::ffi::OsString;

use clap::Parser;

use arguments::{Arguments, Command};
use status::Status;

/// Runs the command that the arguments name; the first argument is the program's name.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> Status {
    let arguments = match Arguments::try_parse_from(without_cargo(arguments)) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let report = arguments.command.report();
    let done = match arguments.command {
        Command::Generate(arguments) => generate::run(&arguments, &report),
        Command::Check(arguments) => check::run(&arguments, &report),
        Command::Inspect(arguments) => inspect::run(&arguments, &report),
        Command::Index(arguments) => index::run(&arguments, &report),
        Command::Explain(arguments) => explain::run(&arguments, &report),
        Command::Auth(arguments) => auth::run(&arguments, &report),
    };
    done.unwrap_or_else(|failure| {
        report.failure(&failure);
        failure.status
    })
}

/// Cargo calls `cargo-attache attache …` for `cargo attache …`.
fn without_cargo(arguments: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    arguments
        .enumerate()
        .filter(|(index, argument)| *index != 1 || argument != "attache")
        .map(|(_, argument)| argument)
}

/// Help and version are asked for and go to standard output; everything else is wrong usage.
fn usage(error: &clap::Error) -> Status {
    // The reader of a pipe may be gone, which is its good right.
    let _ = error.print();
    if error.use_stderr() {
        Status::WrongUsage
    } else {
        Status::Done
    }
}

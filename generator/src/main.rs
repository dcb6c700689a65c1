//! The command line; the only reader of arguments and environment.

mod command;

use std::process::ExitCode;

/// Runs the command that the arguments name.
pub(crate) fn main() -> ExitCode {
    command::run(std::env::args_os()).into()
}

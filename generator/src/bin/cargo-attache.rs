//! `cargo attache …`: the same command line as `attache …`.

use std::process::ExitCode;

#[path = "../main.rs"]
mod attache;

fn main() -> ExitCode {
    attache::main()
}

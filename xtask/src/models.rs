//! `cargo xtask models`: what threads may do to each other in the runtime, tried in all orders by loom.

use crate::{Outcome, project};

pub(crate) fn run() -> Outcome {
    // Apart from all else, since the flag is for every crate.
    let folder = project::target("models");
    let mut command = project::cargo(["test", "--quiet", "--release", "--lib", "models"]);
    command.args(["--package", "attache-runtime", "--target-dir"]);
    command.arg(folder).env("RUSTFLAGS", "--cfg attache_loom");
    let status = command.status();
    let status = status.map_err(|error| format!("cargo cannot be run: {error}"))?;
    Ok(status.success())
}

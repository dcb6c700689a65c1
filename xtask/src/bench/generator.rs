//! The generator of this checkout, as a program of its own.

use std::path::PathBuf;

use crate::project;

/// Builds it as it is released, and tells where it is.
pub(super) fn build() -> Result<PathBuf, String> {
    let mut build = project::cargo(["build", "--release", "--quiet"]);
    build.args(["--package", "attache-generator", "--bin", "attache"]);
    build.args(["--message-format", "json-render-diagnostics"]);
    let output = build.current_dir(project::root()).output();
    let output = output.map_err(|error| format!("cargo cannot be run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let program = text.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    program.ok_or_else(|| "the generator of this checkout could not be built".to_owned())
}

//! How the tests call `attache generate`.

use std::path::{Path, PathBuf};
use std::process::Command;

use attache_tests::folder::root;
use attache_tests::program::{attache, stderr};

pub(crate) fn parcels() -> PathBuf {
    root().join("specs/parcels/openapi.yaml")
}

pub(crate) fn generate(spec: &Path, out: &Path) -> Command {
    let mut command = attache(["generate"]);
    command.arg(spec).arg("--out").arg(out);
    command
}

/// Generates the example client where a test needs one to begin with.
pub(crate) fn generate_parcels(out: &Path) {
    let output = generate(&parcels(), out).output().expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
}

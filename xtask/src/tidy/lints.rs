//! Every package takes the lints of the workspace, and those forbid unsafe code.

use std::fs;

use super::{Findings, PACKAGES};
use crate::project;

pub(super) fn check(findings: &mut Findings) -> Result<(), String> {
    let manifest = |folder: &str| {
        let path = project::root().join(folder).join("Cargo.toml");
        project::on(&path, fs::read_to_string(&path))
    };
    if !manifest(".")?.contains("unsafe_code = \"forbid\"") {
        findings
            .violations
            .push("Cargo.toml: the lints of the workspace do not forbid unsafe code".to_owned());
    }
    for package in PACKAGES {
        if !manifest(package)?.contains("[lints]\nworkspace = true") {
            findings.violations.push(format!(
                "{package}/Cargo.toml: does not take the lints of the workspace"
            ));
        }
    }
    Ok(())
}

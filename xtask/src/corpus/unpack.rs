//! Laying the packed corpus out.

use std::path::Path;
use std::process::Command;

use super::manifest;
use crate::project;

/// The script that unpacks, seen from the root of the project.
const SCRIPT: &str = "../shared/corpus/unpack";

/// Makes sure that the folder holds the corpus.
pub(super) fn unpack(folder: &Path) -> Result<(), String> {
    if manifest::path(folder).exists() {
        return Ok(());
    }
    let script = project::root().join(SCRIPT);
    if !script.exists() {
        return Err(format!(
            "{} holds no corpus, and {} is missing to lay it out there",
            folder.display(),
            script.display()
        ));
    }
    let status = project::on(&script, Command::new(&script).arg(folder).status())?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed", script.display()))
    }
}

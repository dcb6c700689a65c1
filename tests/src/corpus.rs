//! The corpus of real descriptions, where it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::folder::root;

/// The script that lays the packed corpus out, seen from the root of the project.
const UNPACK: &str = "../shared/corpus/unpack";

/// A description of the corpus; None, and a line that says why, where the corpus is not on this machine.
pub fn document(path: &str) -> Option<PathBuf> {
    static FOLDER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match FOLDER.get_or_init(folder) {
        Ok(folder) => Some(folder.join(path)),
        Err(reason) => {
            println!("skipped: {reason}");
            None
        }
    }
}

/// The folder that `ATTACHE_CORPUS` names, else `target/corpus`, which is laid out when it is missing.
fn folder() -> Result<PathBuf, String> {
    let folder = match std::env::var_os("ATTACHE_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => root().join("target/corpus"),
    };
    let is_there = |folder: &Path| folder.join("manifest.csv").exists();
    if is_there(&folder) {
        return Ok(folder);
    }
    let script = root().join(UNPACK);
    if !script.exists() {
        return Err(format!(
            "the corpus of real descriptions is not on this machine: {} is empty, and {UNPACK} is missing to fill it",
            folder.display()
        ));
    }
    // Another test may do the same now: each fills a folder of its own, and one of them gets the name.
    let fresh = folder.with_extension(format!("{}", std::process::id()));
    let status = Command::new(&script).arg(&fresh).status();
    if !status.is_ok_and(|status| status.success()) {
        return Err(format!("{} failed", script.display()));
    }
    let renamed = fs::rename(&fresh, &folder);
    if !is_there(&folder) {
        return Err(format!("{}: {renamed:?}", folder.display()));
    }
    let _ = fs::remove_dir_all(&fresh);
    Ok(folder)
}

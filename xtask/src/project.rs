//! Where things are in the project, and the programs that tasks run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .expect("xtask is a folder of the workspace")
        .to_owned()
}

/// The folder of the runtime crate.
pub(crate) fn runtime() -> PathBuf {
    root().join("runtime")
}

/// What tasks generate lies here, outside version control.
pub(crate) fn target(folder: &str) -> PathBuf {
    root().join("target").join(folder)
}

/// Where Cargo has built this task, and what else the project consists of.
///
/// Clients that are compiled there with the profile of the project find their dependencies done.
pub(crate) fn built() -> PathBuf {
    let task = std::env::current_exe().ok();
    // target/debug/xtask
    let folder = task.as_deref().and_then(|task| task.ancestors().nth(2));
    folder.map_or_else(|| root().join("target"), Path::to_owned)
}

/// Cargo, as this task was started with.
pub(crate) fn cargo(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// All files below a folder that have this extension, sorted; folders named `target` are left out.
pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && entry.file_name() != "target" => folders.push(path),
                Ok(kind) if kind.is_file() && path.extension() == Some(OsStr::new(extension)) => {
                    found.push(path)
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// Lines of all Rust sources below a folder.
pub(crate) fn lines(folder: &Path) -> usize {
    let text = |path: &PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    let sources = files(folder, "rs");
    sources.iter().map(|path| text(path).lines().count()).sum()
}

/// The profile of the project itself, for clients that are compiled where it is ([`built`]).
pub(crate) const PROFILE: &str = "debug = \"line-tables-only\"\n";

/// Makes a folder a workspace of these packages, with the versions of the project's own lock file, which are there.
pub(crate) fn write_workspace(
    folder: &Path,
    packages: impl IntoIterator<Item = impl AsRef<str>>,
    profile: &str,
) -> Result<(), String> {
    let members: String = packages
        .into_iter()
        .map(|package| format!("    {:?},\n", package.as_ref()))
        .collect();
    let manifest = folder.join("Cargo.toml");
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\n{profile}"
    );
    on(&manifest, std::fs::write(&manifest, text))?;
    lock(folder)
}

/// Gives a folder the versions of the project's own lock file, unless it has others.
pub(crate) fn lock(folder: &Path) -> Result<(), String> {
    let lock = folder.join("Cargo.lock");
    if lock.exists() {
        return Ok(());
    }
    let own = root().join("Cargo.lock");
    on(&own, std::fs::copy(&own, &lock).map(drop))
}

/// `Err` in words for an operation on a path.
pub(crate) fn on<T>(path: &Path, result: std::io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{}: {error}", path.display()))
}

//! This program in place of the compiler: each crate with what it cost.
//!
//! Cargo runs `RUSTC_WRAPPER rustc …`. Cargo itself, and dependencies that it finds to be fresh or not, are then no
//! part of what a crate costs; the linker of a program is.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::{Value, json};

use super::{Cost, Limits, Measured};
use crate::project;

/// Names the file that lists what was compiled; this program is a compiler where it is set.
const LOG: &str = "ATTACHE_COMPILER_LOG";

/// Names the crate whose compilation valgrind counts, and the file for what it says: `parcels=/tmp/count`.
const COUNTED: &str = "ATTACHE_COUNTED_CRATE";

/// Valgrind, where it counts instructions and nothing else.
pub(crate) fn valgrind() -> Command {
    let mut command = Command::new("valgrind");
    command.args([
        "--tool=cachegrind",
        "--cache-sim=no",
        "--trace-children=yes",
    ]);
    command.arg("--cachegrind-out-file=/dev/null");
    command
}

/// The count that valgrind prints: `==7== I refs:        3,038,764,597`.
pub(crate) fn instructions(text: &str) -> Option<u64> {
    let count = text.lines().find_map(|line| line.split_once("refs:"))?.1;
    count.trim().replace(',', "").parse().ok()
}

/// A crate that was compiled.
#[derive(Clone, Debug, PartialEq)]
struct Compiled {
    /// As the compiler is told: `parcels_client`.
    name: String,
    cost: Cost,
}

/// Runs cargo, and tells what the compiler took for the crate of this name.
pub(crate) fn compile(
    mut cargo: Command,
    name: &str,
    log: &Path,
    limits: Limits,
) -> Result<Measured, String> {
    let own = super::own_program()?;
    let crates = log.with_extension("crates");
    let _ = fs::remove_file(&crates);
    cargo.env("RUSTC_WRAPPER", own).env(LOG, &crates);
    if let Err(failure) = super::run(&cargo, log, limits)? {
        return Ok(Err(failure));
    }
    let text = fs::read_to_string(&crates).unwrap_or_default();
    let mut compiled = text.lines().filter_map(read);
    let own = compiled.find(|one| one.name == name);
    let own = own.ok_or_else(|| format!("cargo did not compile {name}"))?;
    Ok(Ok(own.cost))
}

/// Checks a crate of a workspace, and tells what the compiler took for it, also where it was checked before.
pub(crate) fn check(
    workspace: &Path,
    crate_folder: &Path,
    package: &str,
    target: &Path,
    jobs: usize,
    log: &Path,
    limits: Limits,
) -> Result<Measured, String> {
    let cargo = checking(workspace, crate_folder, package, target, jobs)?;
    compile(cargo, &package.replace('-', "_"), log, limits)
}

/// Checks a crate in valgrind, and tells how many instructions the compiler took for it.
pub(crate) fn count_check(
    workspace: &Path,
    crate_folder: &Path,
    package: &str,
    target: &Path,
    log: &Path,
    limits: Limits,
) -> Result<u64, String> {
    let mut cargo = checking(workspace, crate_folder, package, target, 1)?;
    let name = package.replace('-', "_");
    let said = log.with_extension("valgrind");
    let _ = fs::remove_file(&said);
    cargo.env(COUNTED, format!("{name}={}", said.display()));
    compile(cargo, &name, log, limits)??;
    let text = project::on(&said, fs::read_to_string(&said))?;
    instructions(&text).ok_or_else(|| format!("valgrind did not count: {text}"))
}

fn checking(
    workspace: &Path,
    crate_folder: &Path,
    package: &str,
    target: &Path,
    jobs: usize,
) -> Result<Command, String> {
    let library = crate_folder.join("src/lib.rs");
    let text = project::on(&library, fs::read(&library))?;
    project::on(&library, fs::write(&library, text))?;
    let mut cargo = cargo(&["check"], workspace, target, jobs);
    cargo.args(["--package", package, "--lib"]);
    Ok(cargo)
}

/// Cargo for what is compared: no settings from outside, nothing kept from one compilation for the next.
pub(crate) fn cargo(arguments: &[&str], folder: &Path, target: &Path, jobs: usize) -> Command {
    let mut command = project::cargo(arguments);
    command.args(["--jobs", &jobs.to_string()]);
    command.arg("--target-dir").arg(target);
    command.env("CARGO_INCREMENTAL", "0");
    for name in ["RUSTFLAGS", "CARGO_TARGET_DIR", "CARGO_BUILD_JOBS"] {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

/// Runs the compiler where this program stands in for it.
pub(crate) fn stood_in_for_compiler() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let mut arguments = std::env::args_os().skip(1);
    let compiler = arguments.next()?;
    // What runs cargo is told the file as well, and hands it on.
    if Path::new(&compiler).file_stem()? != "rustc" {
        return None;
    }
    let arguments: Vec<_> = arguments.collect();
    let mut words = arguments.iter();
    let name = words
        .find(|word| *word == "--crate-name")
        .and_then(|_| words.next())
        .map(|name| name.to_string_lossy().into_owned());
    let mut command = run_by(&compiler, name.as_deref());
    let status = match command.args(&arguments).status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: the compiler cannot be run: {error}");
            return Some(ExitCode::FAILURE);
        }
    };
    // Cargo also asks what the compiler can do, in the name of `___`.
    if let (Some(name), Ok(cost)) = (name.filter(|name| name != "___"), Cost::of_children()) {
        let line = write(&Compiled { name, cost });
        let file = OpenOptions::new().create(true).append(true).open(log);
        if let Err(error) = file.and_then(|mut file| file.write_all(line.as_bytes())) {
            eprintln!("warning: a cost was not written: {error}");
        }
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Some(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The compiler, in valgrind for the crate that is counted.
fn run_by(compiler: &OsStr, name: Option<&str>) -> Command {
    let counted = std::env::var(COUNTED).unwrap_or_default();
    match counted.split_once('=') {
        Some((counted, said)) if Some(counted) == name => {
            let mut command = valgrind();
            command.arg(format!("--log-file={said}")).arg(compiler);
            command
        }
        _ => Command::new(compiler),
    }
}

fn write(compiled: &Compiled) -> String {
    let mut value = compiled.cost.to_json();
    value["name"] = json!(compiled.name);
    format!("{value}\n")
}

fn read(line: &str) -> Option<Compiled> {
    let value: Value = serde_json::from_str(line).ok()?;
    Some(Compiled {
        name: value["name"].as_str()?.to_owned(),
        cost: Cost::from_json(&value)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_valgrind() {
        let text = "==7== Cachegrind\n==7== \n==7== I   refs:      3,038,764,597\n";
        assert_eq!(instructions(text), Some(3_038_764_597));
        assert_eq!(instructions("valgrind: no such program"), None);
    }

    #[test]
    fn a_line_is_read_back_and_a_torn_one_left_out() {
        let crate_ = Compiled {
            name: "parcels".to_owned(),
            cost: Cost {
                cpu: 0.5,
                peak: 90.0,
            },
        };
        let line = write(&crate_);
        assert_eq!(read(&line), Some(crate_));
        assert_eq!(read(&line[..line.len() / 2]), None);
    }
}

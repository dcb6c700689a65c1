//! The programs that carry samples through generated types: made one by one, built together, run one by one.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::project;

/// A program, ready to be built.
pub(super) struct Harness {
    pub(super) package: String,
    pub(super) samples: Vec<Sample>,
    /// Components by number: pointer.
    pub(super) components: Vec<String>,
    /// Components of which no instance was found.
    pub(super) unsampled: Vec<String>,
}

pub(super) struct Sample {
    pub(super) component: usize,
    pub(super) kind: Kind,
    pub(super) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The source schema allows it.
    Valid,
    /// As valid, but with a value that an enum does not list.
    Open,
    /// The description shows it.
    Example,
    /// The description shows it, and its schema forbids it.
    Forbidden,
}

/// What a program says of a sample.
pub(super) type Answer = Result<Written, String>;

/// A sample that went through its type.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) text: String,
    /// What `validate()` found; empty if nothing.
    pub(super) violations: String,
}

/// Makes the client and the program of a description in a process of its own.
pub(super) fn prepare(
    spec: &Path,
    package: &str,
    samples: usize,
    seed: u64,
) -> Result<Harness, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.arg("roundtrip-document").arg(spec).arg(package);
    command.arg(samples.to_string()).arg(seed.to_string());
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    let said: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let folder = folder(package);
    let lines = folder.join("samples.tsv");
    let lines = project::on(&lines, fs::read_to_string(&lines))?;
    let source = folder.join("src/main.rs");
    let source = project::on(&source, fs::read_to_string(&source))?;
    let components = source.lines().filter_map(|line| {
        let (_, pointer) = line.strip_prefix("    trip::<")?.split_once(">, // ")?;
        serde_json::from_str(pointer).ok()
    });
    let unsampled = said["unsampled"].as_array().into_iter().flatten();
    Ok(Harness {
        package: package.to_owned(),
        samples: lines.lines().filter_map(sample).collect(),
        components: components.collect(),
        unsampled: unsampled
            .filter_map(|it| Some(it.as_str()?.to_owned()))
            .collect(),
    })
}

fn sample(line: &str) -> Option<Sample> {
    let mut fields = line.splitn(3, '\t');
    Some(Sample {
        component: fields.next()?.parse().ok()?,
        kind: match fields.next()? {
            "valid" => Kind::Valid,
            "open" => Kind::Open,
            "example" => Kind::Example,
            _ => Kind::Forbidden,
        },
        text: fields.next()?.to_owned(),
    })
}

fn folder(package: &str) -> PathBuf {
    super::workspace().join(format!("{package}-trip"))
}

/// Builds the programs as one workspace; gives the packages that compile.
pub(super) fn build<'h>(
    harnesses: impl Iterator<Item = &'h Harness>,
) -> Result<BTreeSet<String>, String> {
    let packages: BTreeSet<String> = harnesses.map(|harness| harness.package.clone()).collect();
    let workspace = super::workspace();
    let members = packages
        .iter()
        .flat_map(|package| [package.clone(), format!("{package}-trip")]);
    project::write_workspace(&workspace, members, "debug = false\nincremental = false\n")?;
    // One that is left from a former run says nothing of this one.
    for package in &packages {
        let _ = fs::remove_file(program(package));
    }
    let mut command = project::cargo(["build", "--workspace", "--bins", "--keep-going"]);
    command.arg("--target-dir").arg(workspace.join("target"));
    let status = command.current_dir(&workspace).status();
    status.map_err(|error| format!("cargo cannot be run: {error}"))?;
    let is_built = |package: &String| program(package).exists();
    Ok(packages.into_iter().filter(is_built).collect())
}

fn program(package: &str) -> PathBuf {
    super::workspace().join(format!("target/debug/{package}-trip"))
}

/// Sends all samples through the program.
pub(super) fn run(harness: &Harness) -> Result<Vec<Answer>, String> {
    let mut child = Command::new(program(&harness.package))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut input = child.stdin.take().ok_or("the program takes no input")?;
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            for sample in &harness.samples {
                // A program that died is seen by its missing answers.
                if writeln!(input, "{}\t{}", sample.component, sample.text).is_err() {
                    return;
                }
            }
        });
        child.wait_with_output()
    });
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut answers: Vec<Answer> = text
        .lines()
        .map(|line| answer(line).unwrap_or_else(|| Err("the answer is cut off".to_owned())))
        .collect();
    answers.resize(
        harness.samples.len(),
        Err(format!("the program ended before: {}", output.status)),
    );
    Ok(answers)
}

fn answer(line: &str) -> Option<Answer> {
    let (outcome, rest) = line.split_once('\t')?;
    if outcome != "ok" {
        return Some(Err(rest.to_owned()));
    }
    let (violations, text) = rest.split_once('\t')?;
    Some(Ok(Written {
        text: text.to_owned(),
        violations: violations.to_owned(),
    }))
}

//! Compiling the tests of several crates as one workspace.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::Value;

use crate::project;

/// The program of each package, or the first error of its compilation.
pub(super) type Programs = BTreeMap<String, Result<PathBuf, String>>;

pub(super) fn build(packages: &[String]) -> Result<Programs, String> {
    let mut programs = Programs::new();
    if packages.is_empty() {
        return Ok(programs);
    }
    let workspace = super::workspace();
    project::write_workspace(&workspace, packages, "debug = false\nincremental = false\n")?;
    let mut command = project::cargo(["build", "--workspace", "--test", "wire", "--keep-going"]);
    command.arg("--message-format=json").arg("--quiet");
    command.arg("--target-dir").arg(workspace.join("target"));
    command.current_dir(&workspace).stdout(Stdio::piped());
    let child = command.spawn();
    let mut child = child.map_err(|error| format!("cargo cannot be run: {error}"))?;
    let output = child.stdout.take().expect("it is piped");
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Ok(message) = serde_json::from_str(&line) {
            note(&message, &mut programs);
        }
    }
    child.wait().map_err(|error| error.to_string())?;
    Ok(programs)
}

fn note(message: &Value, programs: &mut Programs) {
    let id = message["package_id"].as_str().unwrap_or_default();
    let folder = id
        .rsplit_once('#')
        .and_then(|(url, _)| url.rsplit('/').next());
    let Some(package) = folder.map(str::to_owned) else {
        return;
    };
    if let Some(program) = message["executable"].as_str() {
        programs.insert(package, Ok(program.into()));
    } else if message["message"]["level"] == "error" {
        let text = message["message"]["rendered"].as_str().unwrap_or_default();
        let lines: Vec<&str> = text.lines().take(4).map(str::trim).collect();
        programs.entry(package).or_insert(Err(lines.join(" ")));
    }
}

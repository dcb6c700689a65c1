//! Compiling the generated crates, as one workspace, where the project itself is compiled.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use super::run::{Row, crates};
use crate::project;

/// What Cargo said about one package.
#[derive(Default)]
struct Verdict {
    is_library_done: bool,
    errors: usize,
    first_error: String,
}

/// Compiles the `count` smallest crates that were generated, and notes what came of it.
pub(super) fn compile(results: &mut [Row], count: usize, jobs: usize) -> Result<(), String> {
    let mut chosen: Vec<&mut Row> = results
        .iter_mut()
        .filter(|result| result.measured.generated)
        .collect();
    chosen.sort_by_key(|result| (result.measured.lines, result.entry.path.clone()));
    chosen.truncate(count);
    if chosen.is_empty() {
        return Ok(());
    }
    let packages = chosen.iter().map(|result| result.entry.package());
    project::write_workspace(&crates(), packages, project::PROFILE)?;
    let verdicts = check(jobs)?;
    for result in chosen {
        let verdict = verdicts.get(&result.entry.package());
        result.compiles =
            Some(verdict.is_some_and(|verdict| verdict.is_library_done && verdict.errors == 0));
        result.compile_errors = verdict.map_or(0, |verdict| verdict.errors);
        result.first_compile_error = verdict
            .map(|verdict| verdict.first_error.clone())
            .unwrap_or_default();
    }
    Ok(())
}

fn check(jobs: usize) -> Result<BTreeMap<String, Verdict>, String> {
    let mut command = project::cargo([
        "check",
        "--workspace",
        "--lib",
        "--examples",
        "--keep-going",
        "--message-format=json",
    ]);
    command
        .arg("--jobs")
        .arg(jobs.to_string())
        .arg("--target-dir")
        .arg(project::built());
    command.current_dir(crates()).stdout(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let stdout = child.stdout.take().expect("it is piped");
    let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if let Ok(message) = serde_json::from_str(&line) {
            note(&message, &mut verdicts);
        }
    }
    child.wait().map_err(|error| error.to_string())?;
    Ok(verdicts)
}

fn note(message: &Value, verdicts: &mut BTreeMap<String, Verdict>) {
    let Some(package) = message["package_id"].as_str().and_then(package_folder) else {
        return;
    };
    let verdict = verdicts.entry(package).or_default();
    match message["reason"].as_str() {
        Some("compiler-artifact") => {
            let kinds = message["target"]["kind"].as_array();
            verdict.is_library_done |=
                kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"));
        }
        // A warning counts as well: users of a generated crate could do nothing about it.
        // A message without a place is the count that ends a compilation.
        Some("compiler-message")
            if ["error", "warning"]
                .map(Value::from)
                .contains(&message["message"]["level"])
                && message["message"]["spans"][0].is_object() =>
        {
            verdict.errors += 1;
            if verdict.first_error.is_empty() {
                let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
                verdict.first_error = rendered
                    .lines()
                    .take(2)
                    .map(str::trim)
                    .collect::<Vec<_>>()
                    .join(" ");
            }
        }
        _ => {}
    }
}

/// The folder of a package, `box` of `path+file:///…/corpus-crates/box#box-client@0.1.0`: crates may be called otherwise.
fn package_folder(id: &str) -> Option<String> {
    let (url, _) = id.rsplit_once('#')?;
    url.rsplit('/').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::package_folder;

    #[test]
    fn both_forms_of_ids() {
        assert_eq!(
            package_folder("path+file:///x/corpus-crates/box#0.1.0").as_deref(),
            Some("box")
        );
        assert_eq!(
            package_folder("path+file:///x/corpus-crates/box#box-client@0.1.0").as_deref(),
            Some("box")
        );
    }
}

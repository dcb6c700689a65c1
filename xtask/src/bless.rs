//! `cargo xtask bless`: the only way in which snapshots, cases and golden crates change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use attache_generator::config::Config;
use attache_generator::files as output;

use crate::{Outcome, client, project};

/// The descriptions below `specs/` whose crates are kept below `tests/golden/`.
const GOLDEN: [&str; 1] = ["parcels"];

pub(crate) fn run() -> Outcome {
    // First, and not by a test: the tests do not compile without them.
    for name in GOLDEN {
        generate(name)?;
    }
    let references = project::target("snapshot-references.txt");
    let _ = fs::remove_file(&references);
    let mut test = project::cargo(["test", "--workspace", "--no-fail-fast"]);
    test.current_dir(project::root());
    // Snapshots are rewritten where they differ, and a difference is no failure, so that every assertion is reached.
    test.env("ATTACHE_BLESS", "1")
        .env("INSTA_UPDATE", "always")
        .env("INSTA_FORCE_PASS", "1")
        .env_remove("CI");
    test.env("INSTA_SNAPSHOT_REFERENCES_FILE", &references);
    let status = test
        .status()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !status.success() {
        eprintln!(
            "some tests fail for other reasons than snapshots; unused snapshots are left alone"
        );
        return Ok(false);
    }
    remove_unused(&references)
}

fn generate(name: &str) -> Result<(), String> {
    let mut config = Config {
        wire_tests: true,
        ..Config::default()
    };
    config.runtime.path = Some("../../../runtime".to_owned());
    let path = project::root().join(format!("specs/{name}/openapi.yaml"));
    let (generated, findings) = client::generate(&path.to_string_lossy(), &config);
    let generated = generated.ok_or_else(|| format!("{}: {findings:?}", path.display()))?;
    let folder = project::root().join("tests/golden").join(name);
    output::write(&generated.files, &folder).map_err(|error| error.to_string())?;
    Ok(())
}

fn remove_unused(references: &Path) -> Outcome {
    let canonical = |path: PathBuf| fs::canonicalize(&path).unwrap_or(path);
    let Ok(text) = fs::read_to_string(references) else {
        println!("no test used a snapshot, so none is removed");
        return Ok(true);
    };
    let used: BTreeSet<PathBuf> = text
        .lines()
        .map(|line| canonical(PathBuf::from(line)))
        .collect();
    for snapshot in project::files(&project::root(), "snap") {
        if !used.contains(&canonical(snapshot.clone())) {
            println!("removes {}: no test uses it", snapshot.display());
            project::on(&snapshot, fs::remove_file(&snapshot))?;
        }
    }
    // Left by runs that did not accept.
    for pending in project::files(&project::root(), "new") {
        if pending.to_string_lossy().ends_with(".snap.new") {
            project::on(&pending, fs::remove_file(&pending))?;
        }
    }
    Ok(true)
}

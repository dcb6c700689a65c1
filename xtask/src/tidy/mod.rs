//! `cargo xtask tidy`: the rules of the source tree that no other tool checks.
//!
//! Input: the source files of the workspace. Output: violations, which fail the task, and notes, which do not.
//! Never: looks at what the code does.

mod imports;
mod layout;
mod lints;

use std::path::PathBuf;

use crate::{Outcome, project};

/// Folders of the workspace with Rust code.
const PACKAGES: [&str; 4] = ["generator", "runtime", "tests", "xtask"];

/// What is generated there follows the generator, not these rules.
const GENERATED: &str = "tests/golden/";

/// One source file.
struct Source {
    /// From the root of the workspace, with `/`.
    path: String,
    text: String,
}

/// What the rules have to say.
#[derive(Default)]
struct Findings {
    violations: Vec<String>,
    notes: Vec<String>,
}

pub(crate) fn run() -> Outcome {
    let sources = sources()?;
    let mut findings = Findings::default();
    imports::check(&sources, &mut findings);
    layout::check(&sources, &mut findings);
    lints::check(&mut findings)?;
    for note in &findings.notes {
        println!("note: {note}");
    }
    for violation in &findings.violations {
        println!("violation: {violation}");
    }
    println!(
        "{} files, {} violations, {} notes",
        sources.len(),
        findings.violations.len(),
        findings.notes.len()
    );
    Ok(findings.violations.is_empty())
}

fn sources() -> Result<Vec<Source>, String> {
    let root = project::root();
    let files = PACKAGES
        .iter()
        .flat_map(|package| project::files(&root.join(package), "rs"));
    let read = |file: PathBuf| {
        let text = project::on(&file, std::fs::read_to_string(&file))?;
        let path = file
            .strip_prefix(&root)
            .expect("the file was found below the root");
        Ok(Source {
            path: path.to_string_lossy().replace('\\', "/"),
            text,
        })
    };
    let sources: Result<Vec<Source>, String> = files.map(read).collect();
    sources.map(|mut sources| {
        sources.retain(|source| !source.path.starts_with(GENERATED));
        sources
    })
}

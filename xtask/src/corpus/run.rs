//! All descriptions, each in a process of its own, some at a time.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::manifest::Entry;
use super::measured::Measured;
use crate::project;

/// What came of one description.
pub(super) struct Row {
    pub(super) entry: Entry,
    pub(super) measured: Measured,
    /// None when the crate was not compiled in this run.
    pub(super) compiles: Option<bool>,
    pub(super) compile_errors: usize,
    pub(super) first_compile_error: String,
}

/// The workspace of generated crates.
pub(super) fn crates() -> std::path::PathBuf {
    project::target("corpus-crates")
}

/// Generates all entries; the results come in the order of the entries.
pub(super) fn generate_all(folder: &Path, entries: &[Entry], jobs: usize) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, entries.len().max(1)) {
            scope.spawn(|| {
                while let Some((at, entry)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|at| Some((at, entries.get(at)?)))
                {
                    let measured = generate(folder, entry);
                    eprintln!(
                        "{} {}",
                        if measured.generated {
                            "generated"
                        } else {
                            "failed   "
                        },
                        entry.path
                    );
                    done.lock()
                        .expect("no worker panics while it holds the lock")
                        .push((at, measured));
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .expect("no worker panics while it holds the lock");
    done.sort_by_key(|(at, _)| *at);
    let row = |(at, measured): (usize, Measured)| Row {
        entry: entries[at].clone(),
        measured,
        compiles: None,
        compile_errors: 0,
        first_compile_error: String::new(),
    };
    done.into_iter().map(row).collect()
}

fn generate(folder: &Path, entry: &Entry) -> Measured {
    let failed = |failure: String| Measured {
        failure,
        ..Measured::default()
    };
    let Ok(program) = std::env::current_exe() else {
        return failed("this program cannot find itself".to_owned());
    };
    let mut command = Command::new(program);
    command
        .arg("corpus-document")
        .arg(folder.join(&entry.path))
        .arg(crates().join(entry.package()))
        .arg(entry.package());
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return failed(error.to_string()),
    };
    match serde_json::from_slice(&output.stdout) {
        Ok(value) => Measured::from_json(&value),
        Err(_) => failed(format!("{}: {}", output.status, last_words(&output.stderr))),
    }
}

/// The lines of a panic that say what happened.
fn last_words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let words: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("note:") && !line.trim().is_empty())
        .take(4)
        .collect();
    words.join(" ")
}

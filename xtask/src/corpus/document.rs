//! One description, in a process of its own: a stack overflow or a runaway takes only itself down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache_generator::config::Config;
use attache_generator::diagnostic::{Diagnostic, Diagnostics, Severity};
use attache_generator::files::{self, FileTree};

use super::measured::Measured;
use super::text;
use crate::{Outcome, client, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    spec: PathBuf,
    /// Folder of the crate
    out: PathBuf,
    /// Package name
    name: String,
}

/// Generates the client, checks its text and prints a [`Measured`] on standard output.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut config = Config {
        name: Some(arguments.name.clone()),
        ..Config::default()
    };
    config.runtime.path = Some(project::runtime().display().to_string());
    let mut diagnostics = Diagnostics::new();
    let tree = client::read(&arguments.spec.to_string_lossy(), &mut diagnostics);
    let generated =
        tree.and_then(|tree| attache_generator::generate(&tree, &config, &mut diagnostics));
    let mut measured = Measured {
        cpu_ms: processor_time().unwrap_or_default(),
        ..Measured::default()
    };
    let failed = diagnostics.has_errors();
    measured.findings(&diagnostics.into_sorted());
    if let Some(generated) = generated.filter(|_| !failed) {
        measured.generated = true;
        measured.operations = generated.client.described_operations().count();
        measured.types = generated.client.types.len();
        files::write(&generated.files, &arguments.out).map_err(|error| error.to_string())?;
        measured.peak_kb = peak_memory().unwrap_or_default();
        measured.text(&generated.files);
        measured.unformatted = unformatted(&arguments.out);
    }
    println!("{}", measured.to_json());
    Ok(true)
}

impl Measured {
    fn findings(&mut self, findings: &[Diagnostic]) {
        let count = |severity| {
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        self.errors = count(Severity::Error);
        self.warnings = count(Severity::Warning);
        self.degraded = findings
            .iter()
            .filter(|finding| finding.code.degrades)
            .count();
        if let Some(error) = findings
            .iter()
            .find(|finding| finding.severity == Severity::Error)
        {
            self.failure = error.message.clone();
        }
    }

    fn text(&mut self, tree: &FileTree) {
        self.files = tree.len();
        for (path, source) in tree.iter().filter(|(path, _)| path.ends_with(".rs")) {
            self.lines += source.lines().count();
            if let Err(error) = syn::parse_file(source) {
                self.unparsable.push(format!("{path}: {error}"));
            }
            if let Some((line, length)) =
                text::longest_body(source).filter(|(_, length)| *length > self.longest_body)
            {
                self.longest_body = length;
                self.longest_body_at = format!("{path}:{line}");
            }
        }
    }
}

/// Files of the crate that `rustfmt` would change.
fn unformatted(crate_folder: &Path) -> Vec<String> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt
        .args(["--check", "--files-with-diff", "--edition", "2024"])
        .arg(crate_folder.join("src/lib.rs"));
    rustfmt
        .args(project::files(&crate_folder.join("examples"), "rs"))
        .args(project::files(&crate_folder.join("tests"), "rs"));
    match rustfmt.output() {
        Ok(output) => {
            let complaint = String::from_utf8_lossy(&output.stderr)
                .lines()
                .next()
                .map(str::to_owned);
            let listed = String::from_utf8_lossy(&output.stdout)
                .lines()
                .map(|file| below(crate_folder, file))
                .collect::<Vec<_>>();
            listed.into_iter().chain(complaint).collect()
        }
        Err(error) => vec![format!("rustfmt cannot be run: {error}")],
    }
}

fn below(folder: &Path, file: &str) -> String {
    Path::new(file)
        .strip_prefix(folder)
        .map_or(file.to_owned(), |file| file.display().to_string())
}

/// Milliseconds that this thread spent on a processor, where the system tells.
fn processor_time() -> Option<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ')
        .next()?
        .parse::<u64>()
        .ok()
        .map(|nanoseconds| nanoseconds / 1_000_000)
}

/// Kilobytes of memory that this process had at most, where the system tells.
fn peak_memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}

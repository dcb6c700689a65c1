//! Real descriptions: every one is read, with the operations it is known to have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::super::{Document, read};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::spec::{self, DiskLoader, Options};

/// One line of the corpus's `manifest.csv`.
struct Entry {
    path: String,
    operations: usize,
}

#[test]
fn reads_every_description_of_the_corpus() {
    let corpus = corpus();
    let Ok(manifest) = std::fs::read_to_string(corpus.join("manifest.csv")) else {
        println!("skipped: there is no corpus in {}", corpus.display());
        return;
    };
    let mut differences = Vec::new();
    let mut totals = BTreeMap::new();
    for entry in entries(&manifest) {
        let (operations, diagnostics, time) = read_entry(&corpus, &entry);
        let counts = by_code(&diagnostics);
        println!(
            "{}: {operations} operations, {time:?}, {counts:?}",
            entry.path
        );
        for (code, count) in counts {
            *totals.entry(code).or_insert(0) += count;
        }
        if operations != entry.operations {
            differences.push(format!(
                "{}: {operations} of {}",
                entry.path, entry.operations
            ));
        }
        if std::env::var_os("ATTACHE_CORPUS_FINDINGS").is_some() {
            diagnostics
                .iter()
                .for_each(|finding| print_finding(&entry, finding));
        }
    }
    println!("in all: {totals:?}");
    assert!(
        differences.is_empty(),
        "operations differ: {differences:#?}"
    );
}

fn corpus() -> PathBuf {
    match std::env::var_os("ATTACHE_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus"),
    }
}

fn entries(manifest: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for line in manifest.lines().skip(1) {
        // None of the columns before `notes` holds a quoted comma.
        let columns: Vec<&str> = line.split(',').collect();
        if columns[6] != "google-discovery-v1" {
            let operations = columns[8].parse().expect("the manifest has numbers here");
            entries.push(Entry {
                path: columns[0].to_owned(),
                operations,
            });
        }
    }
    entries
}

fn read_entry(corpus: &Path, entry: &Entry) -> (usize, Vec<Diagnostic>, Duration) {
    let path = corpus.join(&entry.path);
    let name = path.to_str().expect("its name is ASCII");
    let mut diagnostics = Diagnostics::new();
    let options = Options::default();
    let tree = spec::read(name, &DiskLoader::new(&options), &options, &mut diagnostics);
    let tree = tree.unwrap_or_else(|| panic!("{} is not read", entry.path));
    let start = Instant::now();
    let document = read(&tree, &mut diagnostics);
    let time = start.elapsed();
    let document = document.unwrap_or_else(|| panic!("{} is refused", entry.path));
    (operations(&document), diagnostics.into_sorted(), time)
}

/// The operations of `paths` alone: the manifest counts no others.
fn operations(document: &Document<'_>) -> usize {
    document
        .paths
        .iter()
        .filter(|item| !item.node.pointer().starts_with("#/x-ms-paths/"))
        .map(|item| item.operations.len())
        .sum()
}

fn by_code(diagnostics: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in diagnostics {
        *counts.entry(finding.code.name).or_insert(0) += 1;
    }
    counts
}

fn print_finding(entry: &Entry, finding: &Diagnostic) {
    let pointer = finding
        .at
        .as_ref()
        .map(|at| at.pointer.as_str())
        .unwrap_or_default();
    let (code, message) = (finding.code.name, &finding.message);
    println!("FINDING\t{code}\t{}\t{pointer}\t{message}", entry.path);
}

//! `rejected/`: for every kind of diagnostic a description that brings it about, and how it reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use attache_generator::diagnostic::{codes, render_human};
use attache_tests::client::{Client, module_config};
use attache_tests::expected;
use attache_tests::folder::{files, here};

/// Codes that no file below `rejected/` can have, and the test that shows them.
const ELSEWHERE: [(&str, &str); 4] = [
    ("too-large", "spec::tests::hostile: limits are errors"),
    (
        "composition-too-deep",
        "none: a guard that no known description reaches",
    ),
    (
        "unreadable-file",
        "cli::bad_input: a missing file, a folder",
    ),
    ("unknown-selection", "cli::usage: a tag that is not there"),
];

#[test]
fn every_code_has_a_rejected_example() {
    let folder = here().join("rejected");
    let names: BTreeSet<String> = files(&folder)
        .iter()
        .filter(|file| !file.contains('/'))
        .filter_map(|file| file.split_once('.').map(|(stem, _)| stem.to_owned()))
        .collect();
    let elsewhere = |name: &str| ELSEWHERE.iter().any(|(code, _)| *code == name);
    let missing: Vec<_> = codes::ALL
        .iter()
        .map(|code| code.name)
        .filter(|name| !names.contains(*name) && !elsewhere(name))
        .collect();
    assert!(missing.is_empty(), "no example for {missing:?}");
    let unknown: Vec<_> = names
        .iter()
        .filter(|name| !codes::ALL.iter().any(|code| code.name == **name))
        .collect();
    assert!(unknown.is_empty(), "no code is called {unknown:?}");
}

#[test]
fn every_rejected_example_reads_as_expected() {
    let folder = here().join("rejected");
    let examples = files(&folder);
    let entries = examples
        .iter()
        .filter(|file| !file.ends_with(".stderr") && !file.contains('/'));
    let failures: Vec<String> = entries
        .filter_map(|file| check(&folder, file).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn check(folder: &Path, file: &str) -> Result<(), String> {
    let code = file.split_once('.').map_or(file, |(stem, _)| stem);
    let mut loader = attache_generator::spec::MemoryLoader::new();
    // Files beside it may be parts of it.
    for name in files(folder) {
        let bytes = fs::read(folder.join(&name)).expect("it was just listed");
        loader.insert(name, bytes);
    }
    let client = Client::read(file, &loader, &module_config());
    if !client
        .findings
        .iter()
        .any(|finding| finding.code.name == code)
    {
        let found: Vec<_> = client
            .findings
            .iter()
            .map(|finding| finding.code.name)
            .collect();
        return Err(format!("{file} gives {found:?}"));
    }
    let rendered = client
        .findings
        .iter()
        .map(|finding| format!("{}\n", render_human(finding, false).trim_end()));
    let text = rendered.collect::<Vec<_>>().join("\n");
    expected::compare(&folder.join(format!("{code}.stderr")), &text)
}

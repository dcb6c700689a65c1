//! `golden/`: crates that are kept as they are generated, compiled with the workspace and called in tests.

use std::collections::BTreeSet;
use std::fs;

use attache_generator::files as output;
use attache_tests::client::{Client, crate_config};
use attache_tests::expected::difference;
use attache_tests::folder::{files, here, root};

#[test]
fn golden_crates_are_up_to_date() {
    let folder = here().join("golden/parcels");
    let client = Client::of_file(&root().join("specs/parcels/openapi.yaml"), &crate_config());
    let generated = client.generated.expect("the description is sound");
    let on_disk: BTreeSet<String> = files(&folder).into_iter().collect();
    let in_memory: BTreeSet<String> = generated
        .files
        .iter()
        .map(|(path, _)| path.to_owned())
        .collect();
    let lock = output::LOCK_FILE;
    let extra: Vec<_> = on_disk
        .difference(&in_memory)
        .filter(|path| *path != lock)
        .collect();
    assert!(extra.is_empty(), "no longer generated: {extra:?}");
    for (path, text) in generated.files.iter() {
        let kept = fs::read_to_string(folder.join(path)).unwrap_or_default();
        if let Some(difference) = difference(&kept, text) {
            panic!("{path} differs; `cargo xtask bless` accepts the new text\n{difference}");
        }
    }
}

#[test]
fn golden_crates_stay_small_enough_to_be_read() {
    let lines: usize = files(&here().join("golden"))
        .iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| {
            fs::read_to_string(here().join("golden").join(path)).expect("it was just listed")
        })
        .map(|text| text.lines().count())
        .sum();
    assert!(lines < 10_000, "{lines} lines");
}

//! The code that the README shows is code that is compiled elsewhere.

use std::fs;

use attache_tests::folder::root;

#[test]
fn the_readme_shows_code_that_is_tested() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("it is in the project");
    let readme = read("README.md");
    let blocks: Vec<&str> = readme
        .split("```")
        .filter_map(|block| block.strip_prefix("rust\n"))
        .collect();
    let sources = [
        read("tests/tests/readme.rs"),
        read("tests/golden/parcels/src/types/event.rs"),
    ];
    assert_eq!(blocks.len(), sources.len());
    for (block, source) in blocks.into_iter().zip(&sources) {
        let known: Vec<&str> = source.lines().map(str::trim).collect();
        for line in block.lines().map(str::trim) {
            assert!(known.contains(&line), "{line}");
        }
    }
}

//! The guarantees in the docs of the crate: each names a test, which is there.

use std::path::Path;

#[test]
fn each_names_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = include_str!("../src/lib.rs");
    let rows = docs.lines().filter_map(|line| line.strip_prefix("//! | "));
    let rows: Vec<&str> = rows.filter(|row| row.contains(".rs` `")).collect();
    assert!(rows.len() >= 15, "{rows:#?}");
    for row in rows {
        let (_, proof) = row
            .rsplit_once("| `")
            .expect("the last column names a test");
        let (file, name) = proof.split_once("` `").expect("a file and a function");
        let name = name.trim_end_matches("` |");
        let text = std::fs::read_to_string(root.join(file));
        let text = text.unwrap_or_else(|error| panic!("{file}: {error}"));
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let is_it = |line: &str| line.contains(&format!("fn {name}("));
        let at = lines.iter().position(|line| is_it(line));
        let at = at.unwrap_or_else(|| panic!("{file} has no {name}"));
        let attribute = lines[at - 1];
        assert!(
            attribute.starts_with("#[") && attribute.contains("test"),
            "{name}: {attribute}"
        );
    }
}

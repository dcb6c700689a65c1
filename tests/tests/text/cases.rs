//! `cases/*.md`: the manual of what descriptions become, each page with what is generated for it.

use std::fs;

use attache_tests::folder::{files, here};
use attache_tests::{case, expected};

#[test]
fn every_case_generates_what_its_page_shows() {
    let folder = here().join("cases");
    let pages = files(&folder);
    assert!(!pages.is_empty(), "there are cases");
    let failures: Vec<String> = pages
        .iter()
        .filter_map(|page| {
            let path = folder.join(page);
            let text = fs::read_to_string(&path).expect("it was just listed");
            case::rewrite(&text)
                .map_err(|reason| format!("{page}: {reason}"))
                .and_then(|text| expected::compare(&path, &text))
                .err()
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

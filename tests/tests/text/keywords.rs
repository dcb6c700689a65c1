//! Every schema keyword of OpenAPI 2.0 to 3.2 and of JSON Schema 2020-12 has a case: `keywords.md` says which.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use attache_tests::expected;
use attache_tests::folder::{files, here};
use referencing::meta;
use serde_json::Value;

#[test]
fn every_keyword_has_a_case() {
    let cases = cases();
    let mut table = "# Schema keywords\n\nEvery schema keyword of OpenAPI 2.0 to 3.2 and of JSON Schema 2020-12, from the schemas that the specifications publish of themselves, and the case that shows what becomes of it.\n\n| specification | keyword | case |\n|---|---|---|\n".to_owned();
    let mut missing = Vec::new();
    for (specification, keyword) in keywords() {
        match cases.iter().find(|(_, yaml)| mentions(yaml, &keyword)) {
            Some((page, _)) => {
                let _ = writeln!(
                    table,
                    "| {specification} | `{keyword}` | [{page}](cases/{page}) |"
                );
            }
            None => missing.push(format!("{keyword} of {specification}")),
        }
    }
    assert!(missing.is_empty(), "no case for {missing:?}");
    expected::compare(&here().join("keywords.md"), &table)
        .unwrap_or_else(|reason| panic!("{reason}"));
}

/// All keywords with what defines them; one that a former entry defines is not listed again.
fn keywords() -> Vec<(String, String)> {
    let mut known = BTreeSet::new();
    let all = json_schema().into_iter().chain(openapi());
    all.filter(|(_, keyword)| known.insert(keyword.clone()))
        .collect()
}

/// The properties of the metaschema and its vocabularies.
fn json_schema() -> Vec<(String, String)> {
    let metaschemas: [&Value; 9] = [
        &meta::DRAFT202012_CORE,
        &meta::DRAFT202012_APPLICATOR,
        &meta::DRAFT202012_UNEVALUATED,
        &meta::DRAFT202012_VALIDATION,
        &meta::DRAFT202012_META_DATA,
        &meta::DRAFT202012_FORMAT_ANNOTATION,
        &meta::DRAFT202012_CONTENT,
        // What older drafts had and this one still reserves.
        &meta::DRAFT202012,
        &meta::DRAFT201909,
    ];
    let mut found = Vec::new();
    for metaschema in metaschemas {
        let id = metaschema["$id"].as_str().expect("a metaschema has an id");
        let properties = metaschema["properties"].as_object();
        for keyword in properties.expect("a metaschema lists keywords").keys() {
            found.push((id.to_owned(), keyword.clone()));
        }
    }
    found
}

/// What OpenAPI's own schemas list, which no crate carries: `openapi-keywords.csv` has the names.
fn openapi() -> Vec<(String, String)> {
    let path = here().join("openapi-keywords.csv");
    let text = fs::read_to_string(&path).expect("it lies beside the cases");
    let row = |line: &str| {
        let [specification, object, keyword] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line} has three fields");
        };
        (format!("{specification} ({object})"), keyword.to_owned())
    };
    text.lines().skip(1).map(row).collect()
}

/// The descriptions of all cases, by page.
fn cases() -> BTreeMap<String, String> {
    let folder = here().join("cases");
    let yaml = |page: String| {
        let text = fs::read_to_string(folder.join(&page)).expect("it was just listed");
        let blocks = text.split("```").filter(|block| block.starts_with("yaml"));
        let yaml = blocks.collect::<String>();
        (page, yaml)
    };
    files(&folder).into_iter().map(yaml).collect()
}

/// Whether a key of this name stands anywhere in the text.
fn mentions(yaml: &str, keyword: &str) -> bool {
    yaml.match_indices(&format!("{keyword}:")).any(|(at, _)| {
        let before = yaml[..at].chars().next_back();
        before.is_none_or(|before| matches!(before, ' ' | '{' | '\n'))
    })
}

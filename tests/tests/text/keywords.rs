//! Every schema keyword of OpenAPI 2.0 to 3.2 and of JSON Schema 2020-12 has a case: `keywords.md` says which.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use attache_tests::expected;
use attache_tests::folder::{files, here};

/// As the specifications list them, by vocabulary.
const KEYWORDS: [(&str, &[&str]); 9] = [
    (
        "core",
        &[
            "$schema",
            "$vocabulary",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$ref",
            "$dynamicRef",
            "$defs",
            "$comment",
        ],
    ),
    (
        "applicator",
        &[
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentSchemas",
            "prefixItems",
            "items",
            "contains",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
        ],
    ),
    (
        "unevaluated",
        &["unevaluatedItems", "unevaluatedProperties"],
    ),
    (
        "validation",
        &[
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
        ],
    ),
    ("format", &["format"]),
    (
        "content",
        &["contentEncoding", "contentMediaType", "contentSchema"],
    ),
    (
        "meta-data",
        &[
            "title",
            "description",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            "examples",
        ],
    ),
    (
        "OpenAPI",
        &[
            "discriminator",
            "xml",
            "externalDocs",
            "example",
            "nullable",
            "jsonSchemaDialect",
        ],
    ),
    (
        "older drafts",
        &[
            "definitions",
            "dependencies",
            "additionalItems",
            "$recursiveRef",
            "$recursiveAnchor",
        ],
    ),
];

#[test]
fn every_keyword_has_a_case() {
    let cases = cases();
    let mut table = "# Schema keywords\n\nEvery schema keyword of OpenAPI 2.0 to 3.2 and of JSON Schema 2020-12, and the case that shows what becomes of it.\n\n| vocabulary | keyword | case |\n|---|---|---|\n".to_owned();
    let mut missing = Vec::new();
    for (vocabulary, keywords) in KEYWORDS {
        for keyword in keywords {
            match cases.iter().find(|(_, yaml)| mentions(yaml, keyword)) {
                Some((page, _)) => {
                    let _ = writeln!(
                        table,
                        "| {vocabulary} | `{keyword}` | [{page}](cases/{page}) |"
                    );
                }
                None => missing.push(keyword),
            }
        }
    }
    assert!(missing.is_empty(), "no case for {missing:?}");
    expected::compare(&here().join("keywords.md"), &table)
        .unwrap_or_else(|reason| panic!("{reason}"));
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

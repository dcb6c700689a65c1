//! Key accounting, and values of the wrong type.

use super::super::read;
use super::{check_31, check_operation, check_schema};
use crate::diagnostic::Diagnostics;
use crate::document::schema::KEYWORDS;
use crate::spec::{self, MemoryLoader, Options};

#[test]
fn reports_keys_that_nobody_reads() {
    check_operation(
        "{sumary: x, x-kept: 1, tags: []}",
        &["unread-key"],
        |operation| {
            assert_eq!(operation.extensions[0].0, "x-kept");
        },
    );
    check_schema("{properies: {}}", &["unread-key"], |_, _| {});
}

#[test]
fn guesses_what_a_misspelt_key_means() {
    let mut loader = MemoryLoader::default();
    loader.insert(
        "a.yaml",
        b"openapi: 3.1.0\ninfo: {title: T, version: '1'}\npahts: {}".as_slice(),
    );
    let mut diagnostics = Diagnostics::new();
    let tree = spec::read("a.yaml", &loader, &Options::default(), &mut diagnostics);
    read(&tree.expect("it is YAML"), &mut diagnostics);
    let helps: Vec<Option<&str>> = diagnostics
        .iter()
        .map(|finding| finding.help.as_deref())
        .collect();
    assert_eq!(helps, [Some("did you mean `paths`?")]);
}

#[test]
fn names_are_no_keys() {
    check_schema(
        "{properties: {whatever: {}, x-this: {}}}",
        &[],
        |schema, _| {
            assert_eq!(schema.properties.len(), 2);
            assert!(schema.extensions.is_empty());
        },
    );
}

#[test]
fn knows_all_keywords() {
    for keyword in KEYWORDS {
        let mut loader = MemoryLoader::default();
        let text = format!("openapi: 3.1.0\ncomponents: {{schemas: {{S: {{{keyword}: 1}}}}}}");
        loader.insert("a.yaml", text.as_bytes());
        let mut diagnostics = Diagnostics::new();
        let tree = spec::read("a.yaml", &loader, &Options::default(), &mut diagnostics);
        read(&tree.expect("it is YAML"), &mut diagnostics);
        assert!(
            diagnostics
                .iter()
                .all(|finding| finding.code.name != "unread-key"),
            "{keyword}"
        );
    }
}

#[test]
fn converts_what_is_nearly_right() {
    check_schema(
        "{deprecated: 'true', description: 5}",
        &["converted-value"; 2],
        |schema, _| {
            assert!(schema.deprecated);
            assert_eq!(schema.description, Some("5"));
        },
    );
    check_operation(
        "{tags: one, parameters: null}",
        &["converted-value"; 2],
        |operation| {
            assert_eq!(operation.tags, ["one"]);
        },
    );
    check_schema(
        "{required: name, minimum: '5'}",
        &["converted-value"; 2],
        |schema, _| {
            assert_eq!(schema.required, ["name"]);
            assert_eq!(schema.limits.minimum, Some("5"));
        },
    );
}

#[test]
fn leaves_out_what_is_wrong_and_keeps_the_rest() {
    check_schema(
        "{required: true, description: [], title: T}",
        &["wrong-type"; 2],
        |schema, _| {
            assert!(schema.required.is_empty());
            assert_eq!(schema.title, Some("T"));
        },
    );
    let paths = "paths: {/a: 5, /b: {get: [], post: {}}, x-c: 1}\nwebhooks: []";
    check_31(
        paths,
        &["wrong-type", "converted-value", "converted-value"],
        |document| {
            assert_eq!(document.paths.len(), 1);
            assert_eq!(document.paths[0].operations[0].method, "POST");
        },
    );
}

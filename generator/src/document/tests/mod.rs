//! One file per group of constructs; each test is a small description and what is read from it.

mod corpus;
mod inputs;
mod keys;
mod mutations;
mod operations;
mod references;
mod root;
mod schemas;
mod swagger2;

use super::{Document, Operation, Parameter, Schema};
use crate::diagnostic::Diagnostics;
use crate::spec::{self, MemoryLoader, Options};

/// Reads files (the first is the entry), checks the codes of all findings, then what was read.
#[track_caller]
fn check_files(files: &[(&str, &str)], codes: &[&str], test: impl FnOnce(&Document<'_>)) {
    let mut loader = MemoryLoader::default();
    for (name, text) in files {
        loader.insert(*name, text.as_bytes());
    }
    let mut diagnostics = Diagnostics::new();
    let options = Options::default();
    let tree = spec::read(files[0].0, &loader, &options, &mut diagnostics).expect("it is YAML");
    let document = super::read(&tree, &mut diagnostics);
    assert_codes(&diagnostics, codes);
    test(&document.expect("it is an API description"));
}

#[track_caller]
fn check(text: &str, codes: &[&str], test: impl FnOnce(&Document<'_>)) {
    check_files(&[("api.yaml", text)], codes, test);
}

/// A description that is not read at all.
#[track_caller]
fn check_refused(text: &str, code: &str) {
    let mut loader = MemoryLoader::default();
    loader.insert("api.yaml", text.as_bytes());
    let mut diagnostics = Diagnostics::new();
    let options = Options::default();
    let tree = spec::read("api.yaml", &loader, &options, &mut diagnostics).expect("it is YAML");
    assert!(super::read(&tree, &mut diagnostics).is_none());
    assert_codes(&diagnostics, &[code]);
}

/// Members of a 3.1 document besides its version and info.
#[track_caller]
fn check_31(members: &str, codes: &[&str], test: impl FnOnce(&Document<'_>)) {
    check(
        &format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{members}"),
        codes,
        test,
    );
}

/// Members of a 2.0 document besides its version and info.
#[track_caller]
fn check_20(members: &str, codes: &[&str], test: impl FnOnce(&Document<'_>)) {
    check(
        &format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{members}"),
        codes,
        test,
    );
}

/// One component schema, in flow style.
#[track_caller]
fn check_schema(schema: &str, codes: &[&str], test: impl FnOnce(&Schema<'_>, &Document<'_>)) {
    check_31(
        &format!("components: {{schemas: {{S: {schema}}}}}"),
        codes,
        |document| {
            test(&document.schemas[0], document);
        },
    );
}

/// One operation, `get /a`, in flow style.
#[track_caller]
fn check_operation(operation: &str, codes: &[&str], test: impl FnOnce(&Operation<'_>)) {
    check_31(
        &format!("paths: {{/a: {{get: {operation}}}}}"),
        codes,
        |document| {
            test(&document.paths[0].operations[0]);
        },
    );
}

/// One parameter of one operation, in flow style.
#[track_caller]
fn check_parameter(parameter: &str, codes: &[&str], test: impl FnOnce(&Parameter<'_>)) {
    check_operation(
        &format!("{{parameters: [{parameter}]}}"),
        codes,
        |operation| {
            test(&operation.parameters[0]);
        },
    );
}

#[track_caller]
fn assert_codes(diagnostics: &Diagnostics, codes: &[&str]) {
    let mut found: Vec<&str> = diagnostics
        .iter()
        .map(|finding| finding.code.name)
        .collect();
    let mut expected = codes.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|finding| &*finding.message)
        .collect();
    assert_eq!(found, expected, "messages: {messages:#?}");
}

//! A second opinion: what another reader of OpenAPI 3.0 finds in real descriptions, we find as well.

use std::collections::BTreeSet;
use std::fs;

use attache_generator::Generator;
use attache_generator::diagnostic::Diagnostics;
use attache_generator::ir::Origin;
use attache_tests::client::{Client, crate_config};
use attache_tests::corpus;
use openapiv3::OpenAPI;

/// Those that the other reader can read.
const CLEAN: [&str; 5] = [
    "qdrant.json",
    "oxide-nexus.json",
    "svix-server.json",
    "apideck-vault.json",
    "telegram-bot-api.json",
];

#[test]
fn another_reader_finds_the_same_operations_and_schemas() {
    for name in CLEAN {
        let Some(path) = corpus::document(name) else {
            return;
        };
        let text = fs::read_to_string(&path).expect("the corpus can be read");
        let api: OpenAPI = serde_json::from_str(&text).expect("the other reader reads it");
        let client = Client::of_file(&path, &crate_config());
        let client = client.generated.expect("it is generated").client;

        let operations: BTreeSet<String> = client
            .operations
            .iter()
            .map(|operation| format!("{} {}", operation.method, operation.path))
            .collect();
        let theirs: BTreeSet<String> = api
            .operations()
            .map(|(path, method, _)| format!("{} {path}", method.to_uppercase()))
            .collect();
        assert_eq!(operations, theirs, "{name}");

        let schemas: BTreeSet<&str> = client
            .types
            .iter()
            .filter_map(|ty| match &ty.origin {
                Origin::Component(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let components = api.components.as_ref().expect("it has components");
        let theirs: BTreeSet<&str> = components.schemas.keys().map(String::as_str).collect();
        assert_eq!(schemas, theirs, "{name}");
    }
}

/// A description that another crate built in memory gives the client that its text gives.
#[test]
fn descriptions_of_another_library_are_taken() {
    let Some(path) = corpus::document("oxide-buildomat.json") else {
        return;
    };
    let text = fs::read_to_string(&path).expect("the corpus can be read");
    let api: OpenAPI = serde_json::from_str(&text).expect("the other reader reads it");
    let mut diagnostics = Diagnostics::new();
    let generated = Generator::from_openapiv3(&api)
        .config(crate_config())
        .generate(&mut diagnostics)
        .expect("it is generated");
    assert!(!diagnostics.has_errors());
    let _ = diagnostics.into_sorted();
    let from_text = Client::of_file(&path, &crate_config());
    let ours = from_text.generated.expect("it is generated").client;
    let names = |client: &attache_generator::ir::Client| -> Vec<String> {
        let operations = client.operations.iter();
        operations.map(|operation| operation.name.clone()).collect()
    };
    assert_eq!(names(&generated.client), names(&ours));
    assert_eq!(generated.client.types.len(), ours.types.len());
}

//! Words of a description that would be code, if they could.

use std::fs;

use attache_generator::config::Config;
use attache_tests::folder::files;
use attache_tests::workspace::{Workspace, config};

/// Ends comments, literals and blocks; opens attributes, links, tags and fences; or runs as a test.
const WORDS: [&str; 14] = [
    "*/ panic!(\"out\") /*",
    "\" ) } panic!(\"out\"); //",
    "#![deny(warnings)]",
    "```\npanic!(\"doctest\");\n```",
    "~~~\nunclosed",
    "    panic!(\"indented\");",
    "<script>alert(1)</script> <b>bold",
    "[link] [to](javascript:x) [a][b] <https://x.example> https://bare.example",
    "`half a span and ``two``",
    "\u{202e}reversed\u{2028}line",
    "{} {0} {name} %s $x ${y} #{z}",
    "\\u{41} \\\" \\",
    "include_str!(\"/etc/passwd\") env!(\"HOME\")",
    "| a | b |\n|---|---|\n| *c | d |",
];

#[test]
fn words_stay_words() {
    let workspace = Workspace::new("hostile");
    workspace.write("hostile.json", description());
    let config = Config {
        wire_tests: true,
        ..config("hostile-client")
    };
    workspace.generate(&workspace.path().join("hostile.json"), &config);
    workspace.cargo_passes(&["doc", "--no-deps"]);
    workspace.cargo_passes(&["test", "--quiet", "--lib", "--examples"]);
    workspace.cargo_passes(&["test", "--quiet", "--doc"]);
    // No such request can be sent, since the credential's header has words for a name; but they compile.
    workspace.cargo_passes(&["test", "--quiet", "--test", "wire", "--no-run"]);
    let outside: Vec<_> = files(workspace.path())
        .into_iter()
        .filter(|file| !file.starts_with("hostile-client/"))
        .collect();
    assert_eq!(outside, ["Cargo.lock", "Cargo.toml", "hostile.json"]);
    let all: String = files(&workspace.path().join("hostile-client/src"))
        .iter()
        .map(|file| workspace.path().join("hostile-client/src").join(file))
        .map(|file| fs::read_to_string(file).expect("it was just listed"))
        .collect();
    let code = all
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let escaped = code.filter(|line| line.contains("panic!") && !line.contains('"'));
    assert_eq!(escaped.count(), 0, "no word became code");
}

/// The words at every place that ends up in generated text.
fn description() -> String {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for (number, words) in WORDS.iter().enumerate() {
        let operation = serde_json::json!({
            "operationId": words,
            "summary": words,
            "description": words,
            "tags": [words, "../../escape", "a/../b"],
            "parameters": [
                {"name": words, "in": "query", "description": words, "schema": {"type": "string", "enum": WORDS}},
                {"name": words, "in": "header", "description": words, "schema": {"type": "string"}},
            ],
            "requestBody": {"description": words, "content": {"application/json": {"schema": {"title": words, "type": "object"}}}},
            "responses": {"200": {"description": words, "content": {"application/json": {"schema": {"enum": WORDS}}}},
                          "404": {"description": words, "content": {"text/plain; \"quoted\"": {}}}},
        });
        paths.insert(
            format!("/p{number}/{words}"),
            serde_json::json!({"post": operation}),
        );
        let schema = serde_json::json!({
            "title": words,
            "description": words,
            "type": "object",
            "properties": {*words: {"type": "string", "description": words, "default": words}},
            "required": [words],
        });
        schemas.insert((*words).to_owned(), schema);
        schemas.insert(format!("../{number}"), serde_json::json!({"oneOf": [{"type": "string", "description": words}, {"$ref": "#/components/schemas/~1etc"}]}));
    }
    let all = WORDS.join("\n\n");
    serde_json::json!({
        "openapi": "3.1.0",
        "info": {"title": all, "version": all, "description": all, "summary": all, "license": {"name": all, "identifier": all}},
        "servers": [{"url": "https://x.example/\"#![deny(warnings)]"}],
        "tags": [{"name": WORDS[0], "description": all}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {WORDS[0]: {"type": "apiKey", "in": "header", "name": WORDS[1]}}},
        "security": [{WORDS[0]: []}],
    })
    .to_string()
}

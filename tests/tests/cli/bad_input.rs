//! What is no description, or a broken or hostile one.

use std::fs;
use std::path::PathBuf;

use attache_tests::folder::Folder;
use attache_tests::program::{attache, stderr};

use crate::program::{generate, generate_parcels};

#[test]
fn bad_input_is_reported_with_its_place_and_nothing_is_written() {
    let folder = Folder::new("bad");
    let inputs = bad_inputs(&folder);
    generate_parcels(&folder.out());
    let before = folder.content();
    for (spec, options) in inputs {
        let output = generate(&spec, &folder.out())
            .args(options)
            .output()
            .expect("it runs");
        let messages = stderr(&output);
        let name = spec
            .file_name()
            .expect("all inputs have a name")
            .to_string_lossy()
            .into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {messages}");
        assert!(
            messages.contains("error[") && messages.contains(&name),
            "{name} is named: {messages}"
        );
        assert!(!messages.contains("panicked"), "{name}: {messages}");
        assert!(
            messages.ends_with("nothing was written\n"),
            "{name} ends with the summary: {messages}"
        );
        assert_eq!(folder.content(), before, "{name} changed files");
    }
}

#[test]
fn messages_for_programs_are_one_object_per_line() {
    let folder = Folder::new("json");
    for (spec, options) in bad_inputs(&folder) {
        let output = attache(["check", "--message-format", "json"])
            .arg(&spec)
            .args(options)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        for line in stderr(&output).lines() {
            let message: serde_json::Value =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            for key in [
                "code", "severity", "message", "file", "line", "column", "pointer",
            ] {
                assert!(message.get(key).is_some(), "{key} is in {line}");
            }
        }
    }
}

/// What each bad input is, by file name, with options that make it fail.
fn bad_inputs(folder: &Folder) -> Vec<(PathBuf, &'static [&'static str])> {
    fs::create_dir_all(folder.path().join("folder.yaml"))
        .expect("the temporary folder is writable");
    let mut bomb =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\nx0: &x0 [a, a]\n".to_owned();
    for level in 1..60 {
        bomb.push_str(&format!(
            "x{level}: &x{level} [{}]\n",
            vec![format!("*x{}", level - 1); 9].join(", ")
        ));
    }
    bomb.push_str("components: {schemas: {A: {enum: *x59}}}\n");
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
    let text = |name: &str, text: String| folder.write(name, text);
    vec![
        (folder.path().join("missing.yaml"), &[]),
        (folder.path().join("folder.yaml"), &[]),
        (text("empty.yaml", String::new()), &[]),
        (
            text(
                "truncated.json",
                "{\"openapi\": \"3.1.0\", \"info\": {\"title\"".to_owned(),
            ),
            &[],
        ),
        (
            folder.write("latin1.yaml", b"openapi: 3.1.0\ninfo: {title: caf\xe9}"),
            &[],
        ),
        (text("bomb.yaml", bomb), &["--strict"]),
        (
            text(
                "deep.json",
                with_schemas(&format!("{{\"A\":{}}}", deep("{\"items\":", "}"))),
            ),
            &[],
        ),
        (
            text(
                "deep.yaml",
                format!("openapi: 3.1.0\nx: {}", deep("[", "]")),
            ),
            &[],
        ),
        (
            text(
                "cycle.json",
                with_schemas(
                    r##"{"A":{"$ref":"#/components/schemas/B"},"B":{"$ref":"#/components/schemas/A"}}"##,
                ),
            ),
            &["--strict"],
        ),
        (
            text(
                "nowhere.json",
                with_schemas(r##"{"A":{"$ref":"#/components/schemas/Absent"}}"##),
            ),
            &["--strict"],
        ),
        (
            text(
                "recipe.yaml",
                "name: apple pie\nsteps: [peel, bake]\n".to_owned(),
            ),
            &[],
        ),
        (text("list.json", "[1, 2, 3]".to_owned()), &[]),
        (
            text(
                "old.json",
                "{\"swagger\": \"1.2\", \"apis\": []}".to_owned(),
            ),
            &[],
        ),
    ]
}

/// A description around some component schemas in JSON.
fn with_schemas(schemas: &str) -> String {
    let responses = r##"{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}"##;
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{"/a":{{"get":{{"operationId":"getA","responses":{responses}}}}}}},"components":{{"schemas":{schemas}}}}}"#
    )
}

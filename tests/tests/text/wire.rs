//! `tests/wire.rs` and `tests/wire.json`: what is written for which operation.

use attache_tests::client::{Client, crate_config};
use serde_json::Value;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n";

/// The tests, and the table of values.
fn generate(rest: &str) -> (String, Value) {
    let files = [("openapi.yaml".to_owned(), format!("{HEAD}{rest}"))];
    let client = Client::of_texts(&files, &crate_config());
    let file = |path: &str| client.file(path).expect("it is generated").to_owned();
    let table = serde_json::from_str(&file("tests/wire.json"));
    (file("tests/wire.rs"), table.expect("it is JSON"))
}

/// The values of an operation's arguments, by their names in the client.
fn values(table: &Value, at: usize) -> Value {
    let arguments = table["operations"][at]["arguments"].as_array();
    let arguments = arguments.expect("an operation has a list of them").iter();
    let pair = |argument: &Value| {
        let name = argument["argument"].as_str().expect("it has a name");
        (name.to_owned(), argument["value"].clone())
    };
    arguments
        .map(pair)
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn examples_are_taken_where_they_are_right() {
    let (_, table) = generate(
        "  /parcels/{id}:
    get:
      operationId: getParcel
      parameters:
        - {name: id, in: path, required: true, example: p_1, schema: {type: string}}
        - {name: limit, in: query, example: many, schema: {type: integer, minimum: 5}}
        - {name: state, in: query, examples: {one: {value: b}}, schema: {enum: [a, b]}}
        - {name: until, in: query, schema: {type: string, format: date, example: '2030-01-02'}}
      responses:
        '200': {description: Found., content: {application/json: {example: {id: 7}, schema: {type: object}}}}
        '404': {description: Not., content: {application/json: {example: {id: 7}, schema: {type: string}}}}
",
    );
    let expected =
        serde_json::json!({"id": "p_1", "limit": 5, "state": "b", "until": "2030-01-02"});
    assert_eq!(values(&table, 0), expected);
    let answers = &table["operations"][0]["answers"];
    assert_eq!(
        answers[0]["contents"][0]["json"],
        serde_json::json!({"id": 7})
    );
    assert_eq!(answers[1]["contents"][0]["json"], "text");
}

#[test]
fn requests_lack_what_only_the_server_sets() {
    let (_, table) = generate(
        "  /parcels:
    put:
      operationId: putParcel
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
components:
  schemas:
    Parcel:
      required: [id, key, note]
      properties:
        id: {type: string, readOnly: true}
        key: {type: string, writeOnly: true}
        note: {type: string}
",
    );
    let expected = serde_json::json!({"body": {"key": "text", "note": "text"}});
    assert_eq!(values(&table, 0), expected);
    let answered = &table["operations"][0]["answers"][0]["contents"][0]["json"];
    assert_eq!(*answered, serde_json::json!({"id": "text", "note": "text"}));
}

#[test]
fn what_has_no_value_is_ignored_and_says_so() {
    let (tests, table) = generate(
        "  /parcels:
    get:
      operationId: findParcels
      tags: [parcels]
      parameters:
        - {name: near, in: query, required: true, schema: {type: integer, minimum: 2, maximum: 1}}
      responses: {'204': {description: None.}}
",
    );
    assert_eq!(values(&table, 0), serde_json::json!({}));
    let expected = "#[ignore = \"no value was found for `near`\"]\n        find(near: i64);";
    assert!(tests.contains(expected), "{tests}");
}

/// Schemas without an end: circles of references, of members, and many branches at every step.
#[test]
fn schemas_without_an_end_end() {
    let mut schemas = String::from("components:\n  schemas:\n");
    for number in 0..60 {
        let next = |step: usize| format!("$ref: '#/components/schemas/S{}'", (number + step) % 60);
        let branches: Vec<String> = (1..20).map(|step| format!("{{{}}}", next(step))).collect();
        let list = branches.join(", ");
        schemas.push_str(&format!(
            "    S{number}: {{anyOf: [{list}], required: [a], properties: {{a: {{oneOf: [{list}]}}, b: {{{}}}}}}}\n",
            next(0)
        ));
    }
    schemas.push_str("    Pattern: {type: string, pattern: '^(((a{1,900}){1,900}){1,900})$'}\n");
    let body = |name: &str| {
        format!(
            "  /{name}:\n    put:\n      operationId: put{name}\n      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
        )
    };
    let paths = ["S0", "S7", "Pattern"].map(body).concat();
    let (tests, table) = generate(&(paths + &schemas));
    assert_eq!(table["operations"].as_array().map(Vec::len), Some(3));
    assert!(tests.contains("mod "), "{tests}");
}

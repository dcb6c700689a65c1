//! What the settings change in generated text.

use attache_generator::settings;
use attache_tests::client::Client;

const DESCRIPTION: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /parcels:
    get: {operationId: parcel_v2_index, tags: [parcels], responses: {'204': {description: None.}}}
components:
  schemas:
    parcel_v2: {type: object, properties: {dstAddr: {type: string}}}
    Parcel3: {type: object, properties: {state: {enum: [a, b]}}}
";

fn generate(settings: &str) -> Client {
    let config = settings::read(settings).expect("the settings are sound");
    let files = [("openapi.yaml".to_owned(), DESCRIPTION.to_owned())];
    Client::of_texts(&files, &config)
}

#[test]
fn names_are_taken_from_the_settings_and_noted() {
    let client = generate(
        "names:
  '#/components/schemas/parcel_v2': Parcel
  '#/components/schemas/parcel_v2/properties/dstAddr': destination
  '#/components/schemas/Parcel3/properties/state': [stage, Stage]
  '#/paths/~1parcels/get': [all, AllParcels]
",
    );
    let parcel = client.file("src/types/parcel_v2.rs").expect("it is there");
    assert!(parcel.contains("pub struct Parcel {"), "{parcel}");
    assert!(parcel.contains("Named `ParcelV2` in the description (chosen)."));
    assert!(parcel.contains("optional \"dstAddr\" => destination,"));
    let other = client.file("src/types/parcel3.rs").expect("it is there");
    assert!(other.contains("pub stage: Option<Stage>,"), "{other}");
    let api = client.file("src/api/parcels.rs").expect("it is there");
    assert!(
        api.contains("pub fn all(&self) -> Request<AllParcels> {"),
        "{api}"
    );
}

#[test]
fn the_header_of_idempotency_keys() {
    let client = generate("idempotency_header: X-Request-Key");
    let text = client.file("src/client.rs").expect("it is there");
    assert!(
        text.contains(".idempotency_header(\"X-Request-Key\")"),
        "{text}"
    );
    let error = settings::read("idempotency_header: 'X Key'").expect_err("a space");
    assert!(error.contains("`X Key`"), "{error}");
}

#[test]
fn pages_are_stated_by_the_settings() {
    const PAGED: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      operationId: listA
      tags: [a]
      parameters: [{name: cursor, in: query, schema: {type: string}}, {name: from, in: query, schema: {type: string}}]
      responses: {'200': {description: A., content: {application/json: {schema: {type: object, properties: {next_cursor: {type: string}, more: {type: string}, items: {type: array, items: {type: string}}}}}}}}
";
    let generate = |settings: &str| {
        let config = settings::read(settings).expect("the settings are sound");
        let files = [("openapi.yaml".to_owned(), PAGED.to_owned())];
        Client::of_texts(&files, &config)
    };
    for (settings, expected) in [
        (
            "",
            Some("Pagination::token(\"/next_cursor\").to_parameter(0)"),
        ),
        ("pagination: {listA: off}", None),
        (
            "pagination: {listA: {token: /more, parameter: from}}",
            Some("Pagination::token(\"/more\").to_parameter(1)"),
        ),
    ] {
        let client = generate(settings);
        let api = client.file("src/api/a.rs").expect("it is there");
        match expected {
            Some(expected) => assert!(api.contains(expected), "{api}"),
            None => assert!(!api.contains("paged!"), "{api}"),
        }
    }
    for (settings, code) in [
        (
            "pagination: {listA: {token: /x, parameter: from}}",
            "invalid-pagination",
        ),
        ("pagination: {listB: off}", "unknown-selection"),
    ] {
        let client = generate(settings);
        let found = client
            .findings
            .iter()
            .any(|finding| finding.code.name == code);
        assert!(found, "{:?}", client.findings);
    }
}

#[test]
fn unknown_members_are_kept_on_request() {
    let client = generate("keep_unknown_fields: true");
    let parcel = client.file("src/types/parcel_v2.rs").expect("it is there");
    assert!(parcel.contains("..additional_properties,"), "{parcel}");
}

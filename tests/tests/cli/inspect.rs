//! What `attache inspect`, `index` and `explain` print.

use attache_tests::folder::Folder;
use attache_tests::program::{attache, stderr, stdout};

use crate::program::parcels;

#[test]
fn every_stage_can_be_shown() {
    for stage in ["spec", "document", "resolved", "ir", "names"] {
        let output = attache(["inspect", "--stage", stage])
            .arg(parcels())
            .output()
            .expect("it runs");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{stage}: {}",
            stderr(&output)
        );
        assert!(stdout(&output).contains("Parcel"), "{stage}");
    }
}

#[test]
fn the_index_is_json_and_names_what_is_generated() {
    let output = attache(["index"]).arg(parcels()).output().expect("it runs");
    let index: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("the index is JSON");
    assert_eq!(index["crate"], "parcels_client");
    let entry = |list: &str, key: &str, value: &str| {
        let entries = index[list].as_array().expect("it is a list");
        entries
            .iter()
            .find(|entry| entry[key] == value)
            .cloned()
            .unwrap_or_else(|| panic!("{list} has {value}"))
    };
    assert_eq!(
        entry("schemas", "pointer", "#/components/schemas/Parcel")["rust"],
        "parcels_client::types::Parcel"
    );
    let operation = entry("operations", "id", "getParcel");
    assert_eq!(operation["method"], "GET");
    assert_eq!(operation["rust"], "parcels_client::api::parcels::GetParcel");
    assert!(index["degraded"].is_array());
}

#[test]
fn items_are_explained_from_both_ends() {
    let explain = |at: &str| {
        stdout(
            &attache(["explain", "--at", at])
                .arg(parcels())
                .output()
                .expect("it runs"),
        )
    };
    let by_pointer = explain("#/components/schemas/Parcel");
    assert!(
        by_pointer.starts_with("parcels_client::types::Parcel\n"),
        "{by_pointer}"
    );
    assert!(by_pointer.contains("src/types/parcel.rs"), "{by_pointer}");
    assert_eq!(explain("types::Parcel"), by_pointer);
    assert_eq!(explain("parcels_client::types::Parcel"), by_pointer);
    assert_eq!(explain("getParcel"), explain("GetParcel"));
    assert!(
        explain("#/components/schemas/Parcel/properties/id").contains("field "),
        "the field is explained"
    );
}

#[test]
fn raw_values_are_listed_with_their_reason() {
    let folder = Folder::new("untyped");
    let spec = folder.write(
        "openapi.yaml",
        "openapi: 3.1.0
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Parcel:
      type: object
      properties:
        id: {type: string}
        extra: {}
        lost: {$ref: '#/nowhere'}
",
    );
    let output = attache(["check", "--untyped"])
        .arg(&spec)
        .output()
        .expect("it runs");
    let expected = "\
#/components/schemas/Parcel/properties/extra: its schema allows any value
#/components/schemas/Parcel/properties/lost: Refers to `#/nowhere`, which was not found; any JSON value is kept.
";
    assert_eq!(stdout(&output), expected);
    assert!(
        stderr(&output).contains(", 2 untyped"),
        "{}",
        stderr(&output)
    );
}

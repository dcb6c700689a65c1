//! Descriptions that lead round and round.

use attache_tests::client::{Client, module_config};

/// A part of a form that is a list of itself.
const ENDLESS_LIST: &str = "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /files:
    post:
      operationId: upload
      requestBody:
        content: {multipart/form-data: {schema: {type: object, properties: {files: {$ref: '#/components/schemas/Files'}}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Files: {type: array, items: {$ref: '#/components/schemas/Files'}}
";

#[test]
fn a_part_that_is_a_list_of_itself_is_a_value() {
    let files = [("openapi.yaml".to_owned(), ENDLESS_LIST.to_owned())];
    let client = Client::of_texts(&files, &module_config());
    let api = client.file("api/files.rs").expect("it is generated");
    assert!(
        api.contains("part::<types::Files>(\"files\", files)"),
        "{api}"
    );
}

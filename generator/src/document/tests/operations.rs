//! Path items, operations, responses, media types.

use super::super::{Status, Style};
use super::{check_31, check_operation};

#[test]
fn reads_operations_in_the_order_written() {
    let members =
        "paths: {/a: {post: {}, get: {}, query: {}, additionalOperations: {COPY: {}}, trace: {}}}";
    check_31(members, &[], |document| {
        let methods: Vec<&str> = document.paths[0]
            .operations
            .iter()
            .map(|operation| &*operation.method)
            .collect();
        assert_eq!(methods, ["POST", "GET", "QUERY", "COPY", "TRACE"]);
    });
}

#[test]
fn reads_an_operation() {
    let operation = "{operationId: list, tags: [a], summary: s, deprecated: true, security: [],
        externalDocs: {url: /docs}, servers: [{url: /v2}], x-own: 1}";
    check_operation(operation, &[], |operation| {
        assert_eq!(operation.operation_id, Some("list"));
        assert_eq!(operation.security.as_ref().map(Vec::len), Some(0));
        assert_eq!(operation.external_docs, Some("/docs"));
        assert_eq!(operation.servers[0].url, "/v2");
        assert!(operation.deprecated);
    });
    check_operation("{}", &[], |operation| assert!(operation.security.is_none()));
}

#[test]
fn operations_inherit_the_servers_of_their_path_item() {
    check_31(
        "paths: {/a: {servers: [{url: /x}], get: {}}}",
        &[],
        |document| {
            assert_eq!(document.paths[0].operations[0].servers[0].url, "/x");
        },
    );
}

#[test]
fn reads_statuses() {
    let operation =
        "{responses: {200: {description: ok}, '4xx': {}, default: {}, okay: {}, 2XX: {}, x-no: 1}}";
    check_operation(operation, &["invalid-status"], |operation| {
        let statuses: Vec<Status> = operation
            .responses
            .iter()
            .map(|response| response.status)
            .collect();
        let expected = [
            Status::Code(200),
            Status::Range(4),
            Status::Default,
            Status::Range(2),
        ];
        assert_eq!(statuses, expected);
    });
}

#[test]
fn reads_content() {
    let operation = "{requestBody: {required: true, x-body-name: pet, content: {
        ' application/json; charset=utf-8 ': {schema: {type: object}, examples: {one: {value: 1}, two: {externalValue: u}}},
        text/event-stream: {itemSchema: {type: object}},
        multipart/form-data: {schema: {}, encoding: {f: {contentType: image/png, style: form, explode: false, headers: {X: {schema: {}}}}}},
        text/plain: null}}}";
    check_operation(operation, &["converted-value"], |operation| {
        let body = operation.request_body.as_ref().expect("stated");
        assert!(body.required);
        assert_eq!(body.name, Some("pet"));
        let [json, events, form, text] = &body.content[..] else {
            panic!("four media types")
        };
        assert_eq!(json.name, "application/json; charset=utf-8");
        assert_eq!(json.examples.len(), 1);
        assert!(events.schema.is_none() && events.item_schema.is_some());
        assert_eq!(form.encoding[0].style, Some(Style::Form));
        assert_eq!(form.encoding[0].headers[0].name, "X");
        assert!(text.schema.is_none());
    });
}

#[test]
fn leaves_out_a_content_type_header_and_keeps_links_silent() {
    let operation = "{responses: {200: {description: ok, links: {l: {operationId: x}},
        headers: {Content-Type: {schema: {}}, X-Rate: {description: d, schema: {}}}}}}";
    check_operation(operation, &["ignored-header"], |operation| {
        assert_eq!(operation.responses[0].headers.len(), 1);
        assert_eq!(operation.responses[0].headers[0].name, "X-Rate");
    });
}

#[test]
fn reads_webhooks_and_callbacks() {
    let members = "webhooks: {created: {post: {}}}\nx-webhooks: {deleted: {post: {}}}
paths: {/a: {post: {callbacks: {done: {'{$request.body#/url}': {post: {}}}}}}}";
    check_31(members, &[], |document| {
        let names: Vec<&str> = document
            .webhooks
            .iter()
            .map(|webhook| webhook.path)
            .collect();
        assert_eq!(names, ["created", "deleted"]);
        let callback = &document.paths[0].operations[0].callbacks[0];
        assert_eq!(callback.path_items[0].path, "{$request.body#/url}");
        assert!(document.extensions.is_empty());
    });
}

#[test]
fn reads_components_alone() {
    let members =
        "components: {schemas: {A: {}}, responses: {R: {bad: 1}}, pathItems: {P: {get: {}}}}";
    check_31(members, &["unread-key"], |document| {
        assert!(document.paths.is_empty());
        assert_eq!(document.components[0].name, "A");
    });
}

//! References of all kinds.

use std::rc::Rc;

use super::super::SchemaId;
use super::{check_31, check_files, check_schema};

#[test]
fn the_same_node_has_the_same_id() {
    let members = "components: {schemas: {
        A: {properties: {x: {$ref: '#/components/schemas/B', description: own}, y: {$ref: '#/components/schemas/B'}}},
        B: {type: string}}}";
    check_31(members, &[], |document| {
        let property = |index: usize| {
            let SchemaId(id) = document.schemas[0].properties[index].1;
            &document.schemas[id as usize]
        };
        assert_eq!(property(0).reference, Some(SchemaId(1)));
        assert_eq!(property(1).reference, Some(SchemaId(1)));
        assert_eq!(property(0).description, Some("own"));
        assert_eq!(document.schemas[1].component, Some("B"));
    });
}

#[test]
fn any_pointer_can_be_a_schema() {
    let schema =
        "{properties: {a: {type: string}, b: {$ref: '#/components/schemas/S/properties/a'}}}";
    check_schema(schema, &[], |schema, document| {
        let SchemaId(b) = schema.properties[1].1;
        assert_eq!(
            document.schemas[b as usize].reference,
            Some(schema.properties[0].1)
        );
    });
}

#[test]
fn breaks_cycles_of_aliases() {
    let members = "components: {schemas: {
        A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'},
        C: {$ref: '#/components/schemas/A'}, D: {properties: {d: {$ref: '#/components/schemas/D'}}}}}";
    check_31(members, &["reference-cycle"; 2], |document| {
        assert_eq!(document.schemas[0].reference, None);
        assert_eq!(document.schemas[1].reference, None);
        assert_eq!(document.schemas[2].reference, Some(SchemaId(0)));
    });
}

#[test]
fn keeps_the_text_of_a_reference_that_leads_nowhere() {
    check_schema(
        "{$ref: '#/components/schemas/Gone'}",
        &["unresolved-reference"],
        |schema, _| {
            assert_eq!(schema.unresolved, Some("#/components/schemas/Gone"));
        },
    );
    check_schema(
        "{$ref: '#/info/title'}",
        &["unresolved-reference"],
        |schema, _| {
            assert_eq!(schema.unresolved, Some("#/info/title"));
        },
    );
    check_schema("{$ref: [1]}", &["wrong-type"], |schema, _| {
        assert_eq!(schema.reference, None)
    });
}

#[test]
fn takes_a_bare_name_for_a_component() {
    check_schema(
        "{items: {$ref: S}}",
        &["lenient-reference"],
        |schema, document| {
            let SchemaId(items) = schema.items.expect("stated");
            assert_eq!(
                document.schemas[items as usize].reference,
                Some(SchemaId(0))
            );
        },
    );
}

#[test]
fn resolves_dynamic_references_statically() {
    let schema = "{$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}";
    check_schema(schema, &[], |schema, document| {
        let SchemaId(next) = schema.properties[0].1;
        assert_eq!(document.schemas[next as usize].reference, Some(SchemaId(0)));
    });
    let schema = "{$recursiveAnchor: true, items: {$recursiveRef: '#'}}";
    check_schema(schema, &[], |schema, document| {
        let SchemaId(items) = schema.items.expect("stated");
        assert_eq!(
            document.schemas[items as usize].reference,
            Some(SchemaId(0))
        );
    });
}

#[test]
fn follows_chains_of_other_objects() {
    let members = "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P', description: here}],
            requestBody: {$ref: '#/components/requestBodies/B'}, responses: {200: {$ref: '#/components/responses/R'}}},
            post: {parameters: [{$ref: '#/components/parameters/Q'}]}}}
components:
  parameters: {P: {$ref: '#/components/parameters/Q'}, Q: {name: q, in: query, schema: {}}}
  requestBodies: {B: {content: {text/plain: {}}}}
  responses: {R: {description: d, headers: {X: {$ref: '#/components/headers/H'}}}}
  headers: {H: {schema: {type: string}}}";
    check_31(members, &[], |document| {
        let [get, post] = &document.paths[0].operations[..] else {
            panic!("two operations")
        };
        assert_eq!(get.parameters[0].component, Some("Q"));
        assert_eq!(get.parameters[0].description, Some("here"));
        assert_eq!(post.parameters[0].description, None);
        assert_eq!(
            get.request_body.as_ref().and_then(|body| body.component),
            Some("B")
        );
        assert_eq!(get.responses[0].component, Some("R"));
        assert!(get.responses[0].headers[0].schema.is_some());
    });
}

#[test]
fn components_are_read_once() {
    let members =
        "paths: {/a: {parameters: [{$ref: '#/components/parameters/P'}], get: {}, put: {}}}
components: {parameters: {P: {name: q, in: query, schema: {}, oops: 1}}}";
    check_31(members, &["unread-key"], |document| {
        let [get, put] = &document.paths[0].operations[..] else {
            panic!("two operations")
        };
        assert!(Rc::ptr_eq(&get.parameters[0], &put.parameters[0]));
    });
}

#[test]
fn reports_cycles_and_siblings_of_other_objects() {
    let members = "components: {parameters: {
        A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'},
        C: {$ref: '#/components/parameters/D', required: true}, D: {name: d, in: query, schema: {}}}}";
    check_31(
        members,
        &["reference-cycle", "reference-cycle", "reference-sibling"],
        |_| {},
    );
}

#[test]
fn merges_a_path_item_with_what_it_refers_to() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'paths/a.yaml', get: {operationId: mine}}}",
        ),
        (
            "paths/a.yaml",
            "{summary: s, get: {operationId: theirs}, put: {operationId: put}}",
        ),
    ];
    check_files(&files, &[], |document| {
        let item = &document.paths[0];
        let ids: Vec<Option<&str>> = item
            .operations
            .iter()
            .map(|operation| operation.operation_id)
            .collect();
        assert_eq!(ids, [Some("mine"), Some("put")]);
        assert_eq!(item.summary, Some("s"));
    });
}

#[test]
fn an_operation_may_be_elsewhere() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {$ref: 'get.yaml'}}}\ncomponents: {schemas: {S: {}}}",
        ),
        (
            "get.yaml",
            "{operationId: get, responses: {200: {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}}}",
        ),
    ];
    check_files(&files, &["lenient-reference"], |document| {
        let operation = &document.paths[0].operations[0];
        assert_eq!(operation.operation_id, Some("get"));
        let id = operation.responses[0].content[0].schema.expect("stated");
        assert_eq!(document.schemas[id.0 as usize].reference, Some(SchemaId(0)));
    });
}

#[test]
fn callbacks_that_lead_round_end() {
    let members = "components: {callbacks: {C: {'{$request.body#/url}': {post: {callbacks: {again: {$ref: '#/components/callbacks/C'}}}}}}}";
    check_31(members, &["unsupported-keyword"], |_| {});
}

#[test]
fn headers_that_lead_round_end() {
    let members = "components: {headers: {H: {content: {multipart/form-data: {encoding: {a: {headers: {H: {$ref: '#/components/headers/H'}}}}}}}}}";
    check_31(members, &["unsupported-keyword"], |_| {});
}

#[test]
fn aliases_that_multiply_each_other_end() {
    let repeat = |name: &str| {
        let entries: Vec<String> = (0..40).map(|index| format!("/{index}: *{name}")).collect();
        entries.join(", ")
    };
    let members = format!(
        "x-item: &item {{post: {{}}}}
x-callback: &callback {{{}}}
x-operation: &operation {{callbacks: {{{}}}}}
x-path: &path {{additionalOperations: {{{}}}}}
paths: {{{}}}",
        repeat("item"),
        repeat("callback"),
        repeat("operation"),
        repeat("path"),
    );
    check_31(&members, &["excessive-repetition"], |_| {});
}

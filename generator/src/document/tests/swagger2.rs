//! Upgrades of 2.0 documents.

use super::super::{Document, Operation, Schema, SchemaId, SecurityKind, Style, TypeSet};
use super::check_20;

/// One operation, `post /a`, in flow style.
#[track_caller]
fn check_operation(
    members: &str,
    operation: &str,
    codes: &[&str],
    test: impl FnOnce(&Operation<'_>, &Document<'_>),
) {
    let members = format!("{members}\npaths: {{/a: {{post: {operation}}}}}");
    check_20(&members, codes, |document| {
        test(&document.paths[0].operations[0], document)
    });
}

fn schema<'d, 't>(document: &'d Document<'t>, id: Option<SchemaId>) -> &'d Schema<'t> {
    &document.schemas[id.expect("there is a schema").0 as usize]
}

fn urls(document: &Document<'_>) -> Vec<String> {
    document
        .servers
        .iter()
        .map(|server| server.url.clone())
        .collect()
}

#[test]
fn builds_servers() {
    check_20(
        "host: h.io\nbasePath: /v1/\nschemes: [http, https, ws]",
        &["unsupported-scheme"],
        |document| {
            assert_eq!(urls(document), ["https://h.io/v1", "http://h.io/v1"]);
        },
    );
    check_20("host: h.io", &[], |document| {
        assert_eq!(urls(document), ["https://h.io"])
    });
    check_20("basePath: /v1", &[], |document| {
        assert_eq!(urls(document), ["/v1"])
    });
    check_20("", &[], |document| assert_eq!(urls(document), ["/"]));
    check_operation("host: h.io", "{schemes: [http]}", &[], |operation, _| {
        assert_eq!(operation.servers[0].url, "http://h.io");
    });
}

#[test]
fn upgrades_body_parameters() {
    let members = "consumes: [application/json, application/xml]\nparameters: {P: {name: pet, in: body, schema: {type: object}}}";
    let operation = "{parameters: [{$ref: '#/parameters/P'}, {name: q, in: query, type: string}]}";
    check_operation(members, operation, &[], |operation, document| {
        let body = operation.request_body.as_ref().expect("stated");
        assert_eq!(
            (body.name, body.component, body.required),
            (Some("pet"), Some("P"), false)
        );
        assert_eq!(body.content.len(), 2);
        assert_eq!(
            schema(document, body.content[1].schema).types,
            TypeSet::OBJECT
        );
        assert_eq!(operation.parameters.len(), 1);
    });
    let operation = "{consumes: [], parameters: [{name: b, in: body, required: true, schema: {}}]}";
    check_operation(members, operation, &[], |operation, _| {
        let body = operation.request_body.as_ref().expect("stated");
        assert_eq!(body.content[0].name, "application/json");
        assert!(body.required);
    });
}

#[test]
fn upgrades_forms() {
    let operation =
        "{consumes: [multipart/form-data, application/x-www-form-urlencoded], parameters: [
        {name: a, in: formData, type: string, required: true, description: d},
        {name: b, in: formData, type: array, items: {type: string}},
        {name: c, in: formData, type: array, items: {type: string}, collectionFormat: multi}]}";
    check_operation("", operation, &[], |operation, document| {
        let body = operation.request_body.as_ref().expect("stated");
        assert!(body.required);
        let names: Vec<_> = body.content.iter().map(|media| media.name).collect();
        assert_eq!(
            names,
            ["application/x-www-form-urlencoded", "multipart/form-data"]
        );
        let form = &body.content[0];
        let object = schema(document, form.schema);
        assert_eq!(object.required, ["a"]);
        let names: Vec<&str> = object.properties.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(
            schema(document, Some(object.properties[0].1)).description,
            Some("d")
        );
        let joined: Vec<_> = form
            .encoding
            .iter()
            .map(|part| (part.property, part.style, part.explode))
            .collect();
        let expected = [
            ("b", Some(Style::Form), Some(false)),
            ("c", Some(Style::Form), Some(true)),
        ];
        assert_eq!(joined, expected);
    });
    let operation = "{parameters: [{name: f, in: formData, type: file}]}";
    check_operation("", operation, &[], |operation, document| {
        let body = operation.request_body.as_ref().expect("stated");
        assert_eq!(body.content[0].name, "multipart/form-data");
        let object = schema(document, body.content[0].schema);
        assert_eq!(
            schema(document, Some(object.properties[0].1)).types,
            TypeSet::FILE
        );
    });
}

#[test]
fn upgrades_collection_formats() {
    for (location, format, expected) in [
        ("query", "", (Style::Form, false)),
        ("query", ", collectionFormat: multi", (Style::Form, true)),
        (
            "query",
            ", collectionFormat: ssv",
            (Style::SpaceDelimited, false),
        ),
        (
            "query",
            ", collectionFormat: tsv",
            (Style::Delimited('\t'), false),
        ),
        (
            "header",
            ", collectionFormat: pipes",
            (Style::Delimited('|'), false),
        ),
        ("header", ", collectionFormat: csv", (Style::Simple, false)),
    ] {
        let operation = format!(
            "{{parameters: [{{name: p, in: {location}, type: array, items: {{type: string}}{format}}}]}}"
        );
        check_operation("", &operation, &[], |operation, _| {
            let parameter = &operation.parameters[0];
            assert_eq!((parameter.style, parameter.explode), expected);
        });
    }
    let nested = "{parameters: [{name: p, in: query, type: array, items: {type: array, collectionFormat: pipes, items: {type: string}}}]}";
    check_operation("", nested, &["unsupported-keyword"], |_, _| {});
}

#[test]
fn reads_flat_parameters() {
    let operation = "{parameters: [{name: p, in: query, type: integer, maximum: 9, x-nullable: true, x-example: 3, default: 2, typo: 1}]}";
    check_operation("", operation, &["unread-key"], |operation, document| {
        let parameter = &operation.parameters[0];
        let schema = schema(document, parameter.schema);
        assert_eq!(schema.types, TypeSet::INTEGER);
        assert_eq!(schema.limits.maximum, Some("9"));
        assert!(schema.nullable && schema.default.is_some());
        assert!(parameter.example.is_some());
    });
}

#[test]
fn upgrades_responses() {
    let operation = "{produces: [application/xml, application/json], responses: {
        200: {description: ok, schema: {type: string}, examples: {application/json: 1}, headers: {X: {type: integer}}},
        404: {description: none}}}";
    check_operation("", operation, &[], |operation, document| {
        let [ok, none] = &operation.responses[..] else {
            panic!("two responses")
        };
        let names: Vec<&str> = ok
            .content
            .iter()
            .map(|media_type| media_type.name)
            .collect();
        assert_eq!(names, ["application/xml", "application/json"]);
        assert!(ok.content[1].example.is_some());
        assert_eq!(
            schema(document, ok.headers[0].schema).types,
            TypeSet::INTEGER
        );
        assert!(none.content.is_empty());
    });
    let file = "{responses: {200: {description: ok, schema: {type: file}}}}";
    check_operation("", file, &[], |operation, _| {
        assert_eq!(
            operation.responses[0].content[0].name,
            "application/octet-stream"
        );
    });
}

#[test]
fn shared_responses_have_the_media_types_of_each_operation() {
    let members = "responses: {R: {description: r, schema: {type: string}}}
paths: {/a: {get: {produces: [text/csv], responses: {200: {$ref: '#/responses/R'}}}, put: {responses: {200: {$ref: '#/responses/R'}}}}}";
    check_20(members, &[], |document| {
        let [get, put] = &document.paths[0].operations[..] else {
            panic!("two operations")
        };
        assert_eq!(get.responses[0].content[0].name, "text/csv");
        assert_eq!(put.responses[0].content[0].name, "application/json");
        assert_eq!(get.responses[0].component, Some("R"));
    });
}

#[test]
fn upgrades_definitions_and_security() {
    let members = "definitions: {'Page«User»': {discriminator: kind, properties: {kind: {type: string}}}}
securityDefinitions: {b: {type: basic}, o: {type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: {r: reads}}}";
    check_20(members, &[], |document| {
        assert_eq!(document.components[0].name, "Page«User»");
        let discriminator = document.schemas[0].discriminator.as_ref().expect("stated");
        assert_eq!(discriminator.property, "kind");
        assert!(matches!(&document.security_schemes[0].kind,
            SecurityKind::Http { scheme, .. } if scheme == "basic"));
        assert!(matches!(&document.security_schemes[1].kind,
            SecurityKind::OAuth2 { flows, .. } if flows[0].kind == "authorizationCode"));
    });
}

#[test]
fn keys_of_3_are_read_in_2() {
    let operation = "{requestBody: {content: {text/plain: {}}}, responses: {200: {content: {text/plain: {schema: {}}}}}}";
    check_operation("", operation, &[], |operation, _| {
        assert!(operation.request_body.is_some());
        assert_eq!(operation.responses[0].content[0].name, "text/plain");
    });
}

//! Whatever stands in whatever place: the document is read, and the rest of it is kept.

use super::super::read;
use crate::diagnostic::Diagnostics;
use crate::spec::{self, Kind, MemoryLoader, Node, Options, Tree};

const VERSION_3: &str = "
openapi: 3.2.0
info: {title: T, version: '1', contact: {name: n}, license: {name: l}}
servers: [{url: 'https://{a}', variables: {a: {default: b, enum: [b]}}}]
tags: [{name: t, externalDocs: {url: u}}]
security: [{k: [s]}]
paths: {'/a/{b}': {summary: s, parameters: [{$ref: '#/components/parameters/P'}], post: {operationId: o, tags: [t],
  parameters: [{name: b, in: path, required: true, schema: {type: string}}, {name: c, in: cookie, content: {a/b: {}}}],
  requestBody: {content: {a/b: {schema: {}, encoding: {p: {headers: {H: {schema: {}}}}}, examples: {e: {value: 1}}}}},
  responses: {200: {description: d, headers: {H: {$ref: '#/components/headers/H'}}, content: {a/b: {itemSchema: {}}}}},
  callbacks: {c: {'{$url}': {post: {responses: {}}}}}, servers: [{url: /}], security: []}}}
webhooks: {w: {additionalOperations: {COPY: {}}}}
components:
  schemas:
    A: {type: [string, 'null'], enum: [a], x-enum-varnames: [A], const: a, default: a, examples: [a], minimum: 1, pattern: p}
    B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}, required: [a], additionalProperties: {}, discriminator: {propertyName: a, mapping: {a: A}}}
    C: {allOf: [{}], oneOf: [{}], not: {}, if: {}, then: {}, items: [{}], additionalItems: {}, dependentRequired: {a: [b]}, dependencies: {a: [b]}, xml: {name: x}}
  parameters: {P: {name: q, in: query, style: form, explode: true, schema: {$ref: '#/components/schemas/A'}}}
  headers: {H: {required: true, schema: {}}}
  securitySchemes: {k: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {s: d}}}}}
";

const VERSION_2: &str = "
swagger: '2.0'
info: {title: T, version: '1'}
host: h
basePath: /b
schemes: [https]
consumes: [a/b]
produces: [a/b]
paths: {/a: {post: {consumes: [c/d], parameters: [{name: b, in: body, schema: {}}], responses: {200: {description: d, schema: {type: file}, examples: {a/b: 1}, headers: {H: {type: array, items: {type: string}, collectionFormat: csv}}}}},
  put: {parameters: [{name: f, in: formData, type: file}, {$ref: '#/parameters/Q'}]}}}
parameters: {Q: {name: q, in: query, type: array, items: {type: string, enum: [a]}, collectionFormat: tsv, x-example: 1}}
responses: {R: {description: r}}
definitions: {D: {discriminator: kind, x-nullable: true}}
securityDefinitions: {s: {type: oauth2, flow: accessCode, scopes: {a: b}}}
";

const SUBSTITUTES: &[&str] = &[
    "null",
    "true",
    "1.5",
    "\"x\"",
    "[]",
    "[[null]]",
    "{}",
    "{\"$ref\": \"#/paths\"}",
    "{\"x\": {}}",
];

#[test]
fn any_node_can_be_anything() {
    for text in [VERSION_3, VERSION_2] {
        let tree = tree(text);
        for index in 0..count(tree.entry()) {
            for substitute in SUBSTITUTES {
                let mutated = print(tree.entry(), index, substitute);
                read(&self::tree(&mutated), &mut Diagnostics::new());
            }
        }
    }
}

#[test]
fn the_unchanged_documents_are_without_fault() {
    for text in [VERSION_3, VERSION_2] {
        let mut diagnostics = Diagnostics::new();
        assert!(read(&tree(text), &mut diagnostics).is_some());
        let findings: Vec<&str> = diagnostics
            .iter()
            .map(|finding| &*finding.message)
            .collect();
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

fn tree(text: &str) -> Tree {
    let mut loader = MemoryLoader::default();
    loader.insert("api.yaml", text.as_bytes());
    let read = spec::read(
        "api.yaml",
        &loader,
        &Options::default(),
        &mut Diagnostics::new(),
    );
    read.expect("it is YAML")
}

fn count(node: Node<'_>) -> usize {
    let items: usize = node.items().map(count).sum();
    let values: usize = node.entries().map(|(_, value)| count(value)).sum();
    1 + items + values
}

/// The tree as JSON, with the node at `index` (in the order written) replaced.
fn print(root: Node<'_>, index: usize, substitute: &str) -> String {
    let mut text = String::new();
    let mut left = Some(index);
    print_node(root, &mut left, substitute, &mut text);
    text
}

fn print_node(node: Node<'_>, left: &mut Option<usize>, substitute: &str, text: &mut String) {
    let here = *left == Some(0);
    *left = left.and_then(|left| left.checked_sub(1));
    if here {
        text.push_str(substitute);
        return;
    }
    match node.kind() {
        Kind::Mapping => {
            text.push('{');
            for (key, value) in node.entries() {
                text.push_str(&format!("\"{}\": ", key.text));
                print_node(value, left, substitute, text);
                text.push(',');
            }
            if text.ends_with(',') {
                text.pop();
            }
            text.push('}');
        }
        Kind::Sequence => {
            text.push('[');
            for item in node.items() {
                print_node(item, left, substitute, text);
                text.push(',');
            }
            if text.ends_with(',') {
                text.pop();
            }
            text.push(']');
        }
        Kind::String => text.push_str(&format!("\"{}\"", node.scalar().unwrap_or_default())),
        _ => text.push_str(node.scalar().unwrap_or_default()),
    }
}

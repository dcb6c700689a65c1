//! One test per reading rule, on the smallest description that shows it.

use super::{Kind, Resolved, Shape, resolve};
use crate::diagnostic::Diagnostics;
use crate::document;
use crate::spec::{self, MemoryLoader, Options};

/// Resolves `components/schemas` written in YAML, and hands the shapes to `look`.
fn check(schemas: &str, look: impl FnOnce(&dyn Fn(&str) -> String, &Diagnostics)) {
    let indented = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect::<String>();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n{indented}"
    );
    let loader = MemoryLoader::new().with("t.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let tree =
        spec::read("t.yaml", &loader, &Options::default(), &mut diagnostics).expect("it is YAML");
    let document = document::read(&tree, &mut diagnostics).expect("it is OpenAPI");
    let resolved = resolve(&document, &mut diagnostics);
    let named = |name: &str| {
        let component = document
            .components
            .iter()
            .find(|component| component.name == name);
        outline(
            &resolved,
            resolved.shape(component.expect("the test names a schema").schema),
            0,
        )
    };
    look(&named, &diagnostics);
}

/// A shape in one line: `{id: string, tags?: [string]}`.
fn outline(resolved: &Resolved<'_>, shape: &Shape<'_>, depth: usize) -> String {
    let inner = |id| {
        let shape: &Shape<'_> = resolved.shape(id);
        match shape.component {
            Some(name) => name.to_owned(),
            None if depth > 4 => "…".to_owned(),
            // A reference on the way is no news.
            None => outline(resolved, shape, depth + 1)
                .trim_start_matches('=')
                .to_owned(),
        }
    };
    let text = match &shape.kind {
        Kind::Alias(target) => format!("={}", inner(*target)),
        Kind::Any => "any".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Integer(_) => "integer".to_owned(),
        Kind::Number(_) => "number".to_owned(),
        Kind::String(format) => format!("{format:?}").replace("Plain", "string"),
        Kind::StringEnum(choices) | Kind::JsonEnum(choices) => {
            let values: Vec<_> = choices.iter().map(|choice| choice.value.as_str()).collect();
            format!("enum({})", values.join("|"))
        }
        Kind::IntegerEnum(choices) => {
            let values: Vec<_> = choices
                .iter()
                .map(|choice| choice.value.to_string())
                .collect();
            format!("enum({})", values.join("|"))
        }
        Kind::Tuple(tuple) => {
            let items = tuple.items.iter().enumerate().map(|(at, item)| {
                let mark = if at < tuple.required { "" } else { "?" };
                format!("{}{mark}", inner(*item))
            });
            let rest = tuple.rest.map(|rest| format!("..{}", inner(rest)));
            let parts: Vec<_> = items.chain(rest).collect();
            format!("({})", parts.join(", "))
        }
        Kind::List(item) => format!("[{}]", inner(*item)),
        Kind::JsonText(content) => format!("'{}'", inner(*content)),
        Kind::Map(value) => format!("{{*: {}}}", inner(*value)),
        Kind::Object(object) => {
            let mut members: Vec<_> = object
                .properties
                .iter()
                .map(|property| {
                    let mark = if property.required { "" } else { "?" };
                    format!("{}{mark}: {}", property.name, inner(property.schema))
                })
                .collect();
            members.extend(object.rest.map(|rest| format!("..{}", inner(rest))));
            format!("{{{}}}", members.join(", "))
        }
        Kind::Union(union) => {
            let variants: Vec<_> = union
                .variants
                .iter()
                .map(|variant| {
                    let tags = if variant.tags.is_empty() {
                        String::new()
                    } else {
                        variant.tags.join(",") + ":"
                    };
                    let fallback = if variant.fallback { "_:" } else { "" };
                    format!("{tags}{fallback}{}", inner(variant.schema))
                })
                .collect();
            let tag = union.tag.map(|tag| format!("<{tag}>")).unwrap_or_default();
            format!("({}){tag}", variants.join(" | "))
        }
    };
    if shape.nullable { text + "~" } else { text }
}

#[test]
fn wrappers_that_add_nothing_are_aliases() {
    let schemas = "
A: {type: object, properties: {x: {type: string}}}
B: {allOf: [{$ref: '#/components/schemas/A'}], description: about}
C: {type: object, allOf: [{$ref: '#/components/schemas/A'}, {description: more, nullable: true}]}
D: {$ref: '#/components/schemas/A', description: beside}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("B"), "=A");
        assert_eq!(shape("C"), "=A~");
        assert_eq!(shape("D"), "=A");
    });
}

#[test]
fn all_of_merges_properties_and_required_names_across_branches() {
    let schemas = "
A: {type: object, properties: {x: {type: string}}}
B: {allOf: [{$ref: '#/components/schemas/A'}, {required: [x, z], properties: {y: {type: integer}}}]}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("B"), "{x: string, y?: integer, z: any}")
    });
}

#[test]
fn all_of_merges_what_both_branches_say_of_a_property() {
    let schemas = "
A: {properties: {x: {properties: {one: {type: string}}}}}
B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {properties: {two: {type: string}}}}}]}
C: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {description: the same}}}]}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("B"), "{x?: {one?: string, two?: string}}");
        assert_eq!(shape("C"), "{x?: {one?: string}}");
    });
}

#[test]
fn composition_that_contains_itself_ends() {
    let schemas = "
A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {type: string}}}]}
B: {allOf: [{$ref: '#/components/schemas/C'}], properties: {b: {type: string}}}
C: {allOf: [{$ref: '#/components/schemas/B'}], properties: {c: {type: string}}}
D: {properties: {d: {$ref: '#/components/schemas/D'}}}
E: {properties: {d: {$ref: '#/components/schemas/E'}}}
F: {allOf: [{$ref: '#/components/schemas/D'}, {$ref: '#/components/schemas/E'}]}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("A"), "{x?: string}");
        assert_eq!(shape("B"), "{b?: string, c?: string}");
        assert_eq!(shape("C"), "{c?: string, b?: string}");
        assert!(shape("F").starts_with("{d?: {d?: "), "{}", shape("F"));
    });
}

#[test]
fn references_that_only_lead_to_each_other_take_any_value() {
    let schemas = "
A: {$ref: '#/components/schemas/B'}
B: {$ref: '#/components/schemas/A'}
C: {allOf: [{$ref: '#/components/schemas/D'}]}
D: {allOf: [{$ref: '#/components/schemas/C'}]}
";
    check(schemas, |shape, diagnostics| {
        assert!([shape("A"), shape("B")].contains(&"any".to_owned()));
        assert!([shape("C"), shape("D")].contains(&"any".to_owned()));
        assert!(
            diagnostics
                .iter()
                .any(|found| found.code.name == "reference-cycle")
        );
    });
}

#[test]
fn null_is_settled_however_it_is_spelled() {
    let schemas = "
A: {type: [string, 'null']}
B: {oneOf: [{type: string}, {type: 'null'}]}
C: {type: string, nullable: true}
D: {enum: [a, null]}
E: {anyOf: [{$ref: '#/components/schemas/O'}, {const: null}]}
O: {type: object, properties: {x: {type: string}}}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("A"), "string~");
        assert_eq!(shape("B"), "=string~");
        assert_eq!(shape("C"), "string~");
        assert_eq!(shape("D"), "enum(a)~");
        assert_eq!(shape("E"), "=O~");
    });
}

#[test]
fn unions_are_told_apart_by_discriminator_or_constants() {
    let schemas = "
Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
Dog: {type: object, required: [kind], properties: {kind: {enum: [dog]}}}
Fox: {type: object, properties: {kind: {type: string}}}
A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
B:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Fox'}]
  discriminator: {propertyName: kind, mapping: {f: '#/components/schemas/Fox', g: Fox}}
C: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Fox'}]}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("A"), "(cat:Cat | dog:Dog)<kind>");
        assert_eq!(shape("B"), "(cat:Cat | f,g:Fox)<kind>");
        assert_eq!(shape("C"), "(Cat | Fox)");
    });
}

#[test]
fn unions_of_strings_are_open_enums() {
    let schemas = "
A: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}
B: {oneOf: [{const: a, title: First}, {const: b}]}
C: {type: [string, integer]}
D: {anyOf: [{type: string}, {type: string, maxLength: 3}]}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("A"), "enum(a|b)");
        assert_eq!(shape("B"), "enum(a|b)");
        assert_eq!(shape("C"), "(integer | string)");
        assert_eq!(
            shape("D"),
            "string",
            "the limit of one branch is none of the whole"
        );
    });
}

#[test]
fn what_stands_beside_a_union_belongs_to_each_variant() {
    let schemas = "
A: {type: object, properties: {a: {type: string}}}
U: {type: object, required: [id], properties: {id: {type: string}}, oneOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
V: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}
";
    check(schemas, |shape, _| {
        assert_eq!(
            shape("U"),
            "({id: string, a?: string} | {id: string, b?: string})"
        );
        assert_eq!(shape("V"), "{a?: string, b?: string}");
    });
}

#[test]
fn a_variant_that_inherits_what_stands_beside_the_union_keeps_its_identity() {
    let schemas = "
Key: {oneOf: [{$ref: '#/components/schemas/Ec'}, {$ref: '#/components/schemas/Rsa'}], properties: {alg: {type: string}}}
Ec: {allOf: [{$ref: '#/components/schemas/Key'}], properties: {x: {type: string}}}
Rsa: {allOf: [{$ref: '#/components/schemas/Key'}], properties: {n: {type: string}}}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("Key"), "(Ec | Rsa)");
        assert_eq!(shape("Ec"), "{x?: string, alg?: string}");
    });
}

#[test]
fn a_child_does_not_inherit_its_parents_list_of_children() {
    let schemas = "
Pet: {type: object, required: [kind], properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("Cat"), "{kind: string, lives?: integer}")
    });
}

#[test]
fn objects_keep_further_members_where_the_description_asks_for_them() {
    let schemas = "
A: {type: object}
B: {type: object, additionalProperties: false}
C: {type: object, additionalProperties: {type: integer}}
D: {type: object, properties: {x: {type: string}}, additionalProperties: {type: integer}}
E: {type: object, properties: {x: {type: string}}, additionalProperties: true}
F: {type: object, patternProperties: {'^x': {type: integer}}}
";
    check(schemas, |shape, _| {
        assert_eq!(shape("A"), "{*: any}");
        assert_eq!(shape("B"), "{}");
        assert_eq!(shape("C"), "{*: integer}");
        assert_eq!(shape("D"), "{x?: string, ..integer}");
        assert_eq!(shape("E"), "{x?: string, ..any}");
        assert_eq!(shape("F"), "{*: (integer)}");
    });
}

#[test]
fn limits_in_one_union_do_not_hide_the_other() {
    let schemas = "
A:
  type: object
  properties: {a: {type: string}, b: {type: string}}
  oneOf: [{required: [a]}, {required: [b]}]
  anyOf: [{type: object, properties: {x: {type: integer}}}, {type: object, properties: {y: {type: integer}}}]
";
    check(schemas, |shape, _| {
        let object = |member| format!("{{a?: string, b?: string, {member}?: integer}}");
        assert_eq!(shape("A"), format!("({} | {})", object("x"), object("y")));
    });
}

#[test]
fn positions_and_mixed_values_have_types_of_their_own() {
    let schemas = "
A: {type: array, minItems: 1, prefixItems: [{type: string}, {type: integer}]}
B: {enum: [a, 1, {}, null]}
C: {type: array, items: [{type: string}], additionalItems: false}
D: {type: number, enum: [0.5, 1]}
";
    check(schemas, |shape, diagnostics| {
        assert_eq!(shape("A"), "(string, integer?, ..any)");
        assert_eq!(shape("B"), "enum(\"a\"|1|{})~");
        assert_eq!(shape("C"), "(string?)");
        assert_eq!(shape("D"), "enum(0.5|1)");
        assert_eq!(diagnostics.len(), 0);
    });
}

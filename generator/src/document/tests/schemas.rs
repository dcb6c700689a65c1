//! Schemas of all dialects.

use super::super::{SchemaId, TypeSet};
use super::{check, check_31, check_schema};

#[test]
fn reads_types() {
    check_schema("{type: string}", &[], |schema, _| {
        assert_eq!(schema.types, TypeSet::STRING)
    });
    check_schema("{type: [string, 'null']}", &[], |schema, _| {
        assert_eq!(schema.types, TypeSet::STRING.with(TypeSet::NULL));
    });
    check_schema(
        "{type: [string, null]}",
        &["converted-value"],
        |schema, _| {
            assert_eq!(schema.types, TypeSet::STRING.with(TypeSet::NULL));
        },
    );
    check_schema("{type: int}", &["converted-value"], |schema, _| {
        assert_eq!(schema.types, TypeSet::INTEGER);
    });
    check_schema(
        "{type: [any, string]}",
        &["converted-value"],
        |schema, _| {
            assert!(schema.types.is_empty());
        },
    );
    check_schema("{type: blob}", &["unknown-type"], |schema, _| {
        assert!(schema.types.is_empty())
    });
}

#[test]
fn type_null_means_no_type_where_there_is_no_null_type() {
    let text =
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {S: {type: null}}}";
    check(text, &["converted-value"], |document| {
        assert!(document.schemas[0].types.is_empty())
    });
    let text = text.replace("{type: null}", "{oneOf: [{type: null}]}");
    check(&text, &["converted-value"], |document| {
        assert_eq!(document.schemas[1].types, TypeSet::NULL);
    });
}

#[test]
fn reads_boolean_and_empty_schemas() {
    check_schema("true", &[], |schema, _| {
        assert_eq!(schema.boolean, Some(true))
    });
    check_schema("{}", &[], |schema, _| assert_eq!(schema.boolean, None));
    check_schema("null", &["converted-value"], |schema, _| {
        assert_eq!(schema.boolean, None)
    });
    check_schema("{additionalProperties: false}", &[], |schema, document| {
        let SchemaId(id) = schema.additional_properties.expect("stated");
        assert_eq!(document.schemas[id as usize].boolean, Some(false));
    });
    check_schema("[1]", &["wrong-type"], |schema, _| {
        assert!(schema.types.is_empty())
    });
}

#[test]
fn upgrades_older_drafts() {
    check_schema("{minimum: 3, exclusiveMinimum: true}", &[], |schema, _| {
        assert_eq!(schema.limits.minimum, None);
        assert_eq!(schema.limits.exclusive_minimum, Some("3"));
    });
    check_schema("{maximum: 3, exclusiveMaximum: false}", &[], |schema, _| {
        assert_eq!(schema.limits.maximum, Some("3"));
    });
    check_schema(
        "{items: [{}, {}], additionalItems: false}",
        &[],
        |schema, _| {
            assert_eq!(schema.prefix_items.len(), 2);
            assert!(schema.items.is_some());
        },
    );
    check_schema(
        "{dependencies: {a: [b], c: {required: [d]}}}",
        &[],
        |schema, _| {
            assert_eq!(schema.dependent_required, [("a", vec!["b"])]);
            assert_eq!(schema.dependent_schemas[0].0, "c");
        },
    );
}

#[test]
fn reads_nullability_and_numbers_as_written() {
    check_schema("{x-nullable: true, maximum: 1.10}", &[], |schema, _| {
        assert!(schema.nullable);
        assert_eq!(schema.limits.maximum, Some("1.10"));
    });
}

#[test]
fn reads_enumerations_with_their_names() {
    let named = "{enum: [a, b], x-enum-varnames: [Alpha, Beta], x-enum-descriptions: {b: second}}";
    check_schema(named, &[], |schema, _| {
        assert_eq!(schema.enumeration.as_ref().map(Vec::len), Some(2));
        assert_eq!(schema.enumeration_names, ["Alpha", "Beta"]);
        assert_eq!(schema.enumeration_descriptions, ["", "second"]);
    });
    let microsoft = "{enum: [a, b], x-ms-enum: {name: E, values: [{value: b, name: Beta}, {value: a, name: Alpha}]}}";
    check_schema(microsoft, &[], |schema, _| {
        assert_eq!(schema.enumeration_names, ["Alpha", "Beta"]);
    });
    check_schema(
        "{enum: [a], x-enumNames: [A, B]}",
        &["mismatched-enum-names"],
        |schema, _| {
            assert!(schema.enumeration_names.is_empty());
        },
    );
    check_schema("{enum: []}", &["converted-value"], |schema, _| {
        assert!(schema.enumeration.is_none());
    });
}

#[test]
fn reads_conditionals_and_containers() {
    let schema = "{if: {}, then: {}, $defs: {x: {nonsense: 1}}, $comment: c, const: null}";
    check_schema(schema, &[], |schema, document| {
        assert!(
            schema
                .if_then_else
                .as_ref()
                .is_some_and(|part| part.otherwise.is_none())
        );
        assert!(schema.constant.is_some_and(|node| node.is_null()));
        assert_eq!(document.schemas.len(), 3);
    });
}

#[test]
fn reads_discriminators() {
    let members = "components: {schemas: {
        A: {discriminator: {propertyName: kind, mapping: {b: B, c: '#/components/schemas/C', d: gone.yaml}, defaultMapping: B}},
        B: {}, C: {}}}";
    check_31(members, &["unresolved-reference"], |document| {
        let discriminator = document.schemas[0].discriminator.as_ref().expect("stated");
        assert_eq!(discriminator.property, "kind");
        assert_eq!(
            discriminator.mapping,
            [("b", SchemaId(1)), ("c", SchemaId(2))]
        );
        assert_eq!(discriminator.default_mapping, Some(SchemaId(1)));
    });
}

#[test]
fn reads_deep_nesting_without_the_stack() {
    let depth = 120;
    let schema = format!("{}{{}}{}", "{items: ".repeat(depth), "}".repeat(depth));
    check_schema(&schema, &[], |_, document| {
        assert_eq!(document.schemas.len(), depth + 1)
    });
}

#[test]
fn a_pattern_is_text() {
    check_schema("{pattern: 0}", &["wrong-type"], |schema, _| {
        assert_eq!(schema.limits.pattern, None);
    });
    check_schema("{pattern: '0'}", &[], |schema, _| {
        assert_eq!(schema.limits.pattern, Some("0"));
    });
}

//! Parameters, and the path they belong to.

use super::super::{ParameterLocation, Style};
use super::{check_31, check_operation, check_parameter};

#[test]
fn styles_follow_the_location() {
    check_parameter("{name: q, in: query, schema: {}}", &[], |parameter| {
        assert_eq!((parameter.style, parameter.explode), (Style::Form, true));
    });
    check_parameter("{name: q, in: header, schema: {}}", &[], |parameter| {
        assert_eq!((parameter.style, parameter.explode), (Style::Simple, false));
    });
    check_parameter(
        "{name: q, in: query, style: deepObject, schema: {}}",
        &[],
        |parameter| {
            assert_eq!(
                (parameter.style, parameter.explode),
                (Style::DeepObject, false)
            );
        },
    );
    check_parameter(
        "{name: q, in: cookie, style: cookie, schema: {}}",
        &[],
        |parameter| {
            assert_eq!((parameter.style, parameter.explode), (Style::Cookie, true));
        },
    );
    let unknown = "{name: q, in: query, style: fancy, schema: {}}";
    check_parameter(unknown, &["unknown-value"], |parameter| {
        assert_eq!(parameter.style, Style::Form);
    });
}

#[test]
fn reads_content_and_querystring() {
    let parameter = "{name: q, in: querystring, content: {application/json: {schema: {}}}}";
    check_parameter(parameter, &[], |parameter| {
        assert_eq!(parameter.location, ParameterLocation::QueryString);
        assert!(parameter.content.is_some() && parameter.schema.is_none());
    });
}

#[test]
fn a_type_beside_the_name_is_understood() {
    let parameter = "{name: q, in: query, type: string, example: e}";
    check_parameter(parameter, &["foreign-keyword"], |parameter| {
        assert!(parameter.schema.is_some());
        assert!(parameter.example.is_some());
    });
}

#[test]
fn leaves_out_what_is_no_parameter() {
    let operation =
        "{parameters: [{in: query}, {name: a}, {name: b, in: fragment}, {name: accept, in: header},
        {name: c, in: query}, 5, {$ref: '#/gone'}]}";
    let codes = [
        "missing-field",
        "missing-field",
        "unknown-value",
        "ignored-header",
        "wrong-type",
        "unresolved-reference",
    ];
    check_operation(operation, &codes, |operation| {
        assert_eq!(operation.parameters.len(), 1);
        assert_eq!(operation.parameters[0].name, "c");
    });
}

#[test]
fn merges_with_the_path_item() {
    let members = "paths: {/a: {parameters: [{name: a, in: query, schema: {}}, {name: b, in: query, schema: {}}],
        get: {parameters: [{name: b, in: query, required: true, schema: {}}, {name: b, in: header, schema: {}}, {name: B, in: header, schema: {}}]}}}";
    check_31(members, &["duplicate-parameter"], |document| {
        let parameters = &document.paths[0].operations[0].parameters;
        let shown: Vec<(&str, bool)> = parameters
            .iter()
            .map(|parameter| (parameter.name, parameter.required))
            .collect();
        assert_eq!(shown, [("a", false), ("b", true), ("B", false)]);
    });
}

#[test]
fn makes_path_and_parameters_agree() {
    let members = "paths: {'/{a}/{+b}/{c}': {get: {parameters: [{name: a, in: path, schema: {}},
        {name: b, in: path, required: true, schema: {}}, {name: d, in: path, required: true, schema: {}}]}}}";
    let codes = [
        "optional-path-parameter",
        "undeclared-path-parameter",
        "unused-path-parameter",
    ];
    check_31(members, &codes, |document| {
        let parameters = &document.paths[0].operations[0].parameters;
        let shown: Vec<(&str, bool, bool)> = parameters
            .iter()
            .map(|parameter| (parameter.name, parameter.required, parameter.allow_reserved))
            .collect();
        assert_eq!(
            shown,
            [("a", true, false), ("b", true, true), ("c", true, false)]
        );
        assert!(parameters[2].node.is_none());
    });
}

#[test]
fn a_query_parameter_may_stand_in_the_path_as_written() {
    let members = "paths: {'/a?x={x}': {get: {parameters: [{name: x, in: query, schema: {}}]}}, '/b}': {}, c: {}}";
    check_31(members, &["malformed-path", "malformed-path"], |document| {
        assert_eq!(document.paths[0].operations[0].parameters.len(), 1);
        assert_eq!(document.paths[0].path, "/a?x={x}");
    });
}

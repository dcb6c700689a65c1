//! Each rule with a value that keeps it and one that breaks it, and the ways to nested values.

use super::{Rule, Validate, Validator};
use crate::json::{Json, Maybe, from_str};

/// The violations of a JSON value under one rule, as they are printed.
fn broken(rule: Rule, json: &str) -> String {
    let value: Json = from_str(json).expect("the test's JSON is right");
    let mut validator = Validator::new();
    validator.value(&value, &[rule]);
    validator
        .finish()
        .map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn each_rule_has_a_border() {
    const SHORT: &[Rule] = &[Rule::MaxLength(2)];
    let cases: &[(Rule, &str, &str, &str)] = &[
        (
            Rule::Minimum("-1.5"),
            "-1.50",
            "-1.51",
            "-1.51 is less than the minimum of -1.5",
        ),
        (
            Rule::ExclusiveMinimum("0"),
            "1e-9",
            "0.0",
            "0.0 is not more than 0",
        ),
        (
            Rule::Maximum("1e2"),
            "100",
            "100.01",
            "100.01 is more than the maximum of 1e2",
        ),
        (
            Rule::ExclusiveMaximum("10"),
            "9.99",
            "10",
            "10 is not less than 10",
        ),
        (
            Rule::MultipleOf("0.01"),
            "19.99",
            "19.995",
            "19.995 is not a multiple of 0.01",
        ),
        (
            Rule::MinLength(2),
            "\"äö\"",
            "\"ä\"",
            "has 1 character, at least 2",
        ),
        (
            Rule::MaxLength(2),
            "\"😀😀\"",
            "\"abc\"",
            "has 3 characters, at most 2",
        ),
        (
            Rule::Pattern("^(?!a)\\d+$"),
            "\"12\"",
            "\"a1\"",
            "does not match `^(?!a)\\d+$`",
        ),
        (Rule::MinItems(1), "[0]", "[]", "has 0 items, at least 1"),
        (Rule::MaxItems(1), "[0]", "[0,1]", "has 2 items, at most 1"),
        (
            Rule::UniqueItems,
            "[1,\"1\",[1]]",
            "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":10e-1}]",
            "[1]: is the same as item 0",
        ),
        (
            Rule::Items(SHORT),
            "[\"ab\"]",
            "[\"ab\",\"abc\"]",
            "[1]: has 3 characters, at most 2",
        ),
        (
            Rule::MinProperties(1),
            "{\"a\":0}",
            "{}",
            "has 0 members, at least 1",
        ),
        (
            Rule::MaxProperties(1),
            "{\"a\":0}",
            "{\"a\":0,\"b\":0}",
            "has 2 members, at most 1",
        ),
        (
            Rule::PropertyNames(SHORT),
            "{\"ab\":\"long\"}",
            "{\"abc\":0}",
            "abc: has 3 characters, at most 2",
        ),
        (
            Rule::DependentRequired("a", &["b", "c"]),
            "{\"b\":0}",
            "{\"a\":0,\"b\":0}",
            "has `a` but lacks `c`",
        ),
        (
            Rule::Values(SHORT),
            "{\"long\":\"ab\"}",
            "{\"x\":\"abc\"}",
            "x: has 3 characters, at most 2",
        ),
    ];
    for &(rule, kept, wrong, message) in cases {
        assert_eq!(broken(rule, kept), "", "{rule:?} of {kept}");
        assert_eq!(broken(rule, wrong), message, "{rule:?} of {wrong}");
        for other in ["null", "true"] {
            assert_eq!(broken(rule, other), "", "{rule:?} of {other}");
        }
    }
}

#[test]
fn numbers_beyond_floating_point_are_told_apart() {
    let most = Rule::Maximum("9007199254740992");
    assert_eq!(broken(most, "9007199254740992"), "");
    assert_eq!(
        broken(most, "9007199254740993"),
        "9007199254740993 is more than the maximum of 9007199254740992"
    );
    assert_eq!(broken(Rule::Maximum("1e400"), "1e399"), "");
    assert_eq!(
        broken(Rule::Minimum("1e300"), "1e-300"),
        "1e-300 is less than the minimum of 1e300"
    );
    assert_eq!(
        broken(Rule::MultipleOf("0"), "5"),
        "",
        "nothing can be said of multiples of zero"
    );
}

#[test]
fn a_pattern_that_is_none_lets_all_pass() {
    assert_eq!(broken(Rule::Pattern("(["), "\"x\""), "");
    assert_eq!(
        broken(Rule::Pattern("^[\\w\\-]+$"), "\"a-b\""),
        "",
        "an escape that only the older syntax has"
    );
}

#[derive(Debug)]
struct Order {
    id: String,
    lines: Vec<Line>,
    note: Maybe<String>,
    status: Status,
    paid: Option<Box<Payment>>,
    place: Place,
    more: std::collections::BTreeMap<String, i64>,
}
crate::object! {
    Order where min_properties(8) {
        required "id" => id where pattern("^o_") max_length(4),
        required "lines" => lines where min_items(1),
        optional "note" => note where min_length(1),
        required "status" => status,
        optional "paid" => paid,
        required "place" => place,
        ..more where minimum(0),
    }
}

#[derive(Debug)]
struct Line {
    price: f64,
}
crate::object! { Line { required "price" => price where multiple_of(0.01) exclusive_minimum(-1) } }

#[derive(Debug)]
enum Status {
    Open,
    Unknown(Json),
}
crate::json_enum! { Status { Open => "\"open\"" } }

#[derive(Debug)]
enum Payment {
    Code(String),
    Amount(i64),
    Unknown(Json),
}
crate::untagged_union! { Payment { Code(String) where min_length(3), Amount(i64) where minimum(1) } }

#[derive(Debug)]
struct Place(f64, f64, Vec<f64>);
crate::tuple! { Place where max_items(3) { required 0 where minimum(-90) maximum(90), required 1, ..2 where minimum(0) } }

fn violations(json: &str) -> Vec<String> {
    let order: Order = from_str(json).expect("the test's JSON is right");
    let found = order.validate().expect_err("the order is wrong");
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn every_violation_comes_with_its_path() {
    let json = r#"{"id":"x","lines":[{"price":1},{"price":0.005}],"note":"","status":"lost",
        "paid":"ab","place":[91,0,-1,0],"extra":-1}"#;
    assert_eq!(
        violations(json),
        [
            "has 7 members, at least 8",
            "id: does not match `^o_`",
            "lines[1].price: 0.005 is not a multiple of 0.01",
            "note: has 0 characters, at least 1",
            "status: is not one of the values that the description lists",
            "paid: has 2 characters, at least 3",
            "place: has 4 items, at most 3",
            "place[0]: 91 is more than the maximum of 90",
            "place[2]: -1 is less than the minimum of 0",
            "extra: -1 is less than the minimum of 0",
        ]
    );
}

#[test]
fn what_is_absent_or_null_breaks_no_rule() {
    let json = r#"{"id":"o_1","lines":[{"price":1}],"note":null,"status":"open","place":[0,0],"a":1,"b":2,"c":3}"#;
    let order: Order = from_str(json).expect("the test's JSON is right");
    assert_eq!(order.validate(), Ok(()));
}

#[test]
fn violations_hold_no_text_of_the_value() {
    let json = r#"{"id":"secret","lines":[],"status":"secret","paid":{"secret":1},"place":[0,0]}"#;
    let all = violations(json).join("\n");
    assert!(!all.contains("secret"), "{all}");
    assert!(all.contains("paid: fits no variant"), "{all}");
}

#[derive(Debug)]
enum Network {
    V4(String),
    V6(String),
    Unknown(Json),
}
crate::untagged_union! { Network { V4(String) where pattern("^[0-9.]+$"), V6(String) where pattern("^[0-9a-f:]+$") } }

#[derive(Debug)]
enum Voice {
    Alto,
    Unknown(Json),
}
crate::json_enum! { Voice or any { Alto => "\"alto\"" } }

#[derive(Debug)]
enum Setting {
    Level(i64),
    Unknown(Json),
}
crate::untagged_union! { Setting or any where max_length(4) { Level(i64) where minimum(1) } }

#[test]
fn a_value_that_fits_another_variant_is_right() {
    let check = |json: &str| from_str::<Network>(json).expect(json).validate();
    assert_eq!(check("\"192.0.2.1\""), Ok(()));
    assert_eq!(
        check("\"2001:db8::1\""),
        Ok(()),
        "read as the first variant, right as the second"
    );
    let violations = check("\"here\"").unwrap_err();
    assert_eq!(violations.to_string(), "does not match `^[0-9.]+$`");
}

#[test]
fn where_any_value_is_as_good_only_the_rules_of_the_whole_count() {
    for json in ["\"alto\"", "\"bass\"", "5"] {
        assert_eq!(from_str::<Voice>(json).expect(json).validate(), Ok(()));
    }
    for json in ["1", "-1", "\"four\"", "[]"] {
        assert_eq!(from_str::<Setting>(json).expect(json).validate(), Ok(()));
    }
    let long = from_str::<Setting>("\"seven.\"").expect("any JSON fits");
    assert_eq!(
        long.validate().unwrap_err().to_string(),
        "has 6 characters, at most 4"
    );
}

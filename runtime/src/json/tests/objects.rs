//! Objects, and where errors in them are.

use std::collections::BTreeMap;

use super::{error, round_trip};
use crate::json::{Decoder, Encode, Encoder, Json, Maybe, from_slice, from_str, to_string};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Order {
    id: String,
    total: Total,
    lines: Vec<Total>,
    note: Maybe<String>,
    parent: Option<Box<Order>>,
    insurance: Option<f64>,
}
crate::object! {
    Order {
        required "id" => id,
        required "total" => total,
        optional "lines" => lines,
        optional "note" => note,
        optional "parent" => parent,
        required "insurance" => insurance,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Total {
    amount: i64,
    more: BTreeMap<String, bool>,
}
crate::object! { Total { required "amount" => amount, ..more } }

#[test]
fn objects() {
    round_trip::<Order>(r#"{"id":"a","total":{"amount":1,"x":true},"lines":[],"insurance":null}"#);
    let order: Order = from_str(
        r#" { "insurance" : 1.5 , "unknown" : [ { } , "x" ] , "total":{"amount":1.0} , "lines":[{"amount":2}],
        "id":"a", "id":"b", "note":null, "parent":null } "#,
    )
    .expect("an order");
    assert_eq!(
        (order.id.as_str(), order.insurance, order.note),
        ("b", Some(1.5), Maybe::Null)
    );
    assert_eq!(order.lines[0].amount, 2);
}

#[test]
fn three_states_of_a_member() {
    for (note, state) in [
        ("", Maybe::Absent),
        (r#","note":null"#, Maybe::Null),
        (r#","note":"n""#, Maybe::Value("n".to_owned())),
    ] {
        let text =
            format!(r#"{{"id":"a","total":{{"amount":1}},"lines":[]{note},"insurance":null}}"#);
        let order: Order = from_str(&text).expect(&text);
        assert_eq!(order.note, state);
        assert_eq!(to_string(&order), text);
    }
}

#[test]
fn errors_say_where_and_what() {
    assert_eq!(
        error::<Vec<Order>>(r#"[{"id":"a","total":{"amount":"x"}}]"#),
        "[0].total.amount: expected an integer, found string (byte 29)"
    );
    assert_eq!(
        error::<Vec<Order>>(r#"[{"total":{"amount":1}}]"#),
        "[0]: missing field \"id\" (byte 1)"
    );
    assert_eq!(
        error::<Order>(r#"{"id":"a","total":{"amount":1,"a b":2}}"#),
        "total[\"a b\"]: expected a boolean, found number (byte 36)"
    );
    assert_eq!(
        error::<Order>(r#"{"id":null}"#),
        "id: expected a string, found null (byte 6)"
    );
    assert_eq!(
        error::<Order>("[]"),
        "expected an object, found array (byte 0)"
    );
    assert_eq!(
        error::<Vec<bool>>("[true,]"),
        "[1]: expected a boolean, found `]` (byte 6)"
    );
    assert_eq!(
        error::<Vec<bool>>("[true] x"),
        "expected the end of the input, found something else (byte 7)"
    );
    assert_eq!(
        error::<Vec<bool>>("[true"),
        "[0]: expected `,` or `]`, found the end of the input (byte 5)"
    );
    assert_eq!(
        error::<bool>(""),
        "expected a boolean, found the end of the input (byte 0)"
    );
    assert_eq!(
        error::<bool>("tru"),
        "expected true, found the end of the input (byte 3)"
    );

    let error = from_str::<Vec<i64>>("[1, \"2\"]").unwrap_err();
    assert_eq!(
        (
            error.path(),
            error.expected(),
            error.found(),
            error.byte_offset()
        ),
        ("[1]", "an integer", "string", 4)
    );
}

#[test]
fn every_prefix_of_a_document_is_an_error() {
    let text = r#"{"id":"a\u00e9","total":{"amount":-1.0e2},"lines":[{"amount":2}],"x":[null,true,false],"insurance":null}"#;
    assert!(from_str::<Order>(text).is_ok());
    for end in 0..text.len() {
        let prefix = &text.as_bytes()[..end];
        assert!(from_slice::<Order>(prefix).is_err(), "{end}");
        assert!(from_slice::<Json>(prefix).is_err(), "{end}");
    }
}

#[test]
fn what_is_unknown_is_counted() {
    let text = br#"{"amount":1,"x":true}"#;
    let mut decoder = Decoder::new(text);
    decoder
        .object::<Total>(&mut [&mut 0_i64])
        .expect("an object");
    assert_eq!(decoder.unknown(), 1);
}

#[test]
fn members_that_are_declared_are_not_written_twice() {
    let total = Total {
        amount: 1,
        more: BTreeMap::from([("amount".to_owned(), true), ("x".to_owned(), false)]),
    };
    assert_eq!(to_string(&total), r#"{"amount":1,"x":false}"#);
}

#[test]
fn the_encoder_separates_by_itself() {
    let mut encoder = Encoder::new();
    let items: [&dyn Encode; 4] = [&"[", &"{", &vec![0_i64; 0], &Json::Null];
    encoder.array(items.len(), &|index| items[index]);
    assert_eq!(encoder.into_string(), r#"["[","{",[],null]"#);
}

#[derive(Debug, PartialEq)]
struct Escaped {
    letters: Option<i64>,
    line: Option<i64>,
    quote: Option<i64>,
}
crate::object! {
    Escaped {
        optional "a\\n" => letters,
        optional "a\n" => line,
        optional "a\"b" => quote,
    }
}

#[test]
fn names_with_escapes_are_read_as_strings() {
    let text = r#"{"a\\n":1,"a\n":2,"a\"b":3}"#;
    round_trip::<Escaped>(text);
    let escaped: Escaped = from_str(text).expect(text);
    assert_eq!(
        escaped,
        Escaped {
            letters: Some(1),
            line: Some(2),
            quote: Some(3),
        }
    );
    assert!(from_str::<Escaped>(r#"{"a"b":3}"#).is_err());
}

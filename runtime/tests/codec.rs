//! The types of a generated client, and the macros that state them.

mod parcels;

use attache_runtime::{Blank, Json, Maybe, json};
use parcels::types::{Address, Card, CardKind, Empty, Filter, Labels, Level, Names, NewParcel};
use parcels::types::{Parcel, Patch, Payment, Refund, Status, Transfer, Tree};

const NOON: &str = "2026-11-24T12:00:00Z";

fn decode<T: attache_runtime::Blank + attache_runtime::Decode>(text: &str) -> T {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn setters_reach_every_slot() {
    let parcel = Parcel::new("p", NOON.parse::<attache_runtime::DateTime>().expect(NOON))
        .weight_grams(20)
        .note("fragile")
        .parent(Parcel::new(
            "q",
            NOON.parse::<attache_runtime::DateTime>().expect(NOON),
        ));
    assert_eq!(parcel.note, Maybe::Value("fragile".to_owned()));
    let text = format!(
        r#"{{"id":"p","weightGrams":20,"note":"fragile","created":"{NOON}","parent":{{"id":"q","created":"{NOON}"}}}}"#
    );
    assert_eq!(json::to_string(&parcel), text);
    assert_eq!(decode::<Parcel>(&text), parcel);

    let address = Address::new("a", "b", "c", "d", "e", "f", "g", -2);
    assert_eq!(*address.value, Level::High);
    let labels = Labels::default().r#type("x").not(Filter::Text("y".into()));
    assert_eq!(json::to_string(&labels), r#"{"type":"x","not":"y"}"#);
    let new = NewParcel::new("Rome", 2.0).status("in-transit");
    assert_eq!(
        json::to_string(&new),
        r#"{"city":"Rome","status":"in-transit","insurance":2}"#
    );
}

#[test]
fn objects_without_fields() {
    assert_eq!(decode::<Empty>(r#"{"a":1}"#), Empty::new());
    assert_eq!(json::to_string(&Empty::default()), "{}");
    let names: Names = decode(r#"{"a":{},"b":null}"#);
    assert_eq!(
        json::to_string(&Names::new(names.names)),
        r#"{"a":{},"b":null}"#
    );
}

#[test]
fn a_setter_can_set_null() {
    assert_eq!(
        json::to_string(&Patch::new().note(Maybe::Null)),
        r#"{"note":null}"#
    );
    assert_eq!(json::to_string(&Patch::new().note("n")), r#"{"note":"n"}"#);
}

#[test]
fn additional_properties_have_their_type() {
    let text = format!(r#"{{"id":"p","created":"{NOON}","depth":3}}"#);
    assert_eq!(decode::<Parcel>(&text).additional_properties["depth"], 3);
    let error = json::from_str::<Parcel>(&text.replace('3', "\"3\"")).expect_err("not an integer");
    assert_eq!(error.path(), "depth");
}

#[test]
fn open_enums() {
    assert_eq!(
        decode::<Vec<Status>>(r#"["open","lost"]"#),
        [Status::Open, Status::Unknown("lost".into())]
    );
    assert_eq!(Status::from("in-transit".to_owned()), Status::InTransit);
    assert_eq!(Status::from("lost").to_string(), "lost");
    assert_eq!(
        decode::<Vec<Level>>("[1,-2,7]"),
        [Level::Low, Level::High, Level::Unknown(7)]
    );
    assert_eq!(json::to_string(&Level::High), "-2");
    assert_eq!(CardKind::blank(), CardKind::Card);
    assert_eq!(Status::blank(), Status::Unknown(String::new()));
}

#[test]
fn tagged_unions() {
    for (text, written) in [
        (
            r#"{"kind":"card","last4":"4242"}"#,
            r#"{"kind":"card","last4":"4242"}"#,
        ),
        (
            r#"{"iban":"IT60","kind":"transfer"}"#,
            r#"{"kind":"sepa","iban":"IT60"}"#,
        ),
        (r#"{"iban":"IT60"}"#, r#"{"kind":"sepa","iban":"IT60"}"#),
        (
            r#"{"kind":"cash","coins":[1,2]}"#,
            r#"{"kind":"cash","coins":[1,2]}"#,
        ),
        (r#"{"kind":null}"#, r#"{"kind":null}"#),
        ("null", "null"),
    ] {
        assert_eq!(json::to_string(&decode::<Payment>(text)), written, "{text}");
    }
    assert!(
        matches!(decode(r#"{"last4":"4242","kind":"card"}"#), Payment::Card(card) if card.last4 == "4242")
    );
    assert!(matches!(
        decode(r#"{"iban":"IT60","kind":"sepa"}"#),
        Payment::Transfer(_)
    ));

    let error = json::from_str::<Vec<Payment>>(r#"[{"kind":"card","last4":4}]"#)
        .expect_err("last4 is a number");
    assert_eq!(
        error.to_string(),
        "[0].last4: expected a string, found number (byte 24)"
    );
    let error = json::from_str::<Payment>(r#"{"kind":"card"}"#).expect_err("last4 is missing");
    assert_eq!(error.to_string(), "missing field \"last4\" (byte 0)");

    let new = NewParcel::new("Rome", None).payment(Payment::Transfer(Transfer::new("IT60")));
    assert_eq!(
        json::to_string(&new),
        r#"{"city":"Rome","payment":{"kind":"sepa","iban":"IT60"},"insurance":null}"#
    );
    assert_eq!(
        json::to_string(&Payment::Card(Box::new(Card::new("1")))),
        r#"{"kind":"card","last4":"1"}"#
    );
    assert_eq!(Payment::blank(), Payment::Unknown(Json::Null));
}

#[test]
fn a_tagged_union_with_a_default() {
    assert!(matches!(
        decode(r#"{"kind":"transfer","iban":"IT60"}"#),
        Refund::Transfer(_)
    ));
    assert!(matches!(decode(r#"{"cents":5}"#), Refund::Other(counts) if counts["cents"] == 5));
    assert!(matches!(decode(r#"{"kind":"other"}"#), Refund::Unknown(_)));
    assert!(matches!(decode(r#"{"iban":"IT60"}"#), Refund::Transfer(_)));
}

#[derive(Debug, PartialEq)]
struct Condition {
    limit: i64,
}
attache_runtime::object! { Condition { required "limit" => limit } }

#[derive(Debug, PartialEq)]
enum Rule {
    Condition(Condition),
    Base(std::collections::BTreeMap<String, Json>),
    Unknown(Json),
}
attache_runtime::tagged_union! {
    Rule by "kind" {
        "condition" => Condition(Condition),
        _ => Base(std::collections::BTreeMap<String, Json>),
    }
}

#[test]
fn what_does_not_fit_its_tag_is_read_as_the_default() {
    let text = r#"{"kind":"condition","limt":1}"#;
    let rule: Rule = decode(text);
    assert!(matches!(rule, Rule::Base(_)), "{rule:?}");
    assert_eq!(json::to_string(&rule), text);
    let rule: Rule = decode(r#"{"kind":"condition","limit":1}"#);
    assert_eq!(rule, Rule::Condition(Condition { limit: 1 }));
    let error = json::from_str::<Rule>(r#"{"kind":"condition","limit""#).unwrap_err();
    assert!(error.to_string().starts_with("limit: "), "{error}");
}

#[test]
fn untagged_unions() {
    assert_eq!(decode::<Filter>("\"a\""), Filter::Text("a".into()));
    assert_eq!(decode::<Filter>("[\"a\"]"), Filter::List(vec!["a".into()]));
    assert!(matches!(decode(r#"{"from":1}"#), Filter::Range(range) if range.from == Some(1)));
    assert!(matches!(decode(r#"{"from":1,"to":2}"#), Filter::Window(window) if window.to == 2));
    assert!(matches!(
        decode(r#"{"from":1,"until":2}"#),
        Filter::Range(_)
    ));
    assert_eq!(
        decode::<Filter>("[1]").clone(),
        Filter::Unknown(Json::from(vec![Json::from(1)]))
    );
    assert_eq!(decode::<Vec<Filter>>(r#"["a",{"to":2},7]"#).len(), 3);
    let error = json::from_str::<Filter>("{\"from\":1").expect_err("cut off");
    assert_eq!(
        error.to_string(),
        "from: expected `,` or `}`, found the end of the input (byte 9)"
    );
}

#[test]
fn recursive_aliases() {
    let tree: Tree = decode("[[],[[]]]");
    assert_eq!(
        (tree.len(), json::to_string(&tree).as_str()),
        (2, "[[],[[]]]")
    );
}

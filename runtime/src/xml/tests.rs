//! The examples of the specification's XML Object, what else a document can hold, and what is refused.

use std::collections::BTreeMap;

use crate::json::{self, Json};
use crate::xml::{Document, Shape, XmlShape, read, write};

/// A struct with its two tables; the names of members are those of fields.
macro_rules! example {
    ($name:ident { $($field:ident: $ty:ty),* $(,)? } $($xml:tt)*) => {
        #[allow(dead_code)]
        struct $name { $($field: $ty),* }
        crate::xml_object! { $name { $($xml)* } }
    };
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn json(text: &str) -> Json {
    Json::from_slice(text.as_bytes()).expect(text)
}

fn written<T: XmlShape>(root: &'static str, value: &str) -> Result<String, String> {
    let document = write(&Document::new(root, T::shape), &json(value))?;
    Ok(document
        .strip_prefix(HEAD)
        .expect("it has a head")
        .to_owned())
}

/// A value, the document that it is, and back.
#[track_caller]
fn same<T: XmlShape>(root: &'static str, value: &str, document: &str) {
    assert_eq!(written::<T>(root, value).as_deref(), Ok(document));
    let back = read(document.as_bytes(), T::shape()).expect("it is well-formed");
    assert_eq!(back, json(value), "{document}");
}

example! { Plain { animals: String } element "animals" => animals }
example! { Repeated { animals: Vec<String> } element "animals" => animals }
example! { Named { animals: String } element "animals" => animals = "animal" }
example! { NamedItems { animals: Vec<String> } element "animals" => animals = "animal" }
example! { Wrapped { animals: Vec<String> } wrapped "animals" => animals }
example! { WrappedItems { animals: Vec<String> } wrapped "animals" => animals of "animal" }
example! { BothNames { animals: Vec<String> } wrapped "animals" => animals = "aliens" of "animal" }
example! { OuterName { animals: Vec<String> } wrapped "animals" => animals = "aliens" }
example! {
    Person { id: i32, name: String }
    attribute "id" => id,
    element "name" => name = "sample:name" in "https://example.com/schema/sample",
}

#[test]
fn the_examples_of_the_specification() {
    same::<Plain>("o", r#"{"animals":"cat"}"#, "<o><animals>cat</animals></o>");
    same::<Repeated>(
        "o",
        r#"{"animals":["a","b","c"]}"#,
        "<o><animals>a</animals><animals>b</animals><animals>c</animals></o>",
    );
    same::<Named>("o", r#"{"animals":"cat"}"#, "<o><animal>cat</animal></o>");
    same::<Person>(
        "Person",
        r#"{"id":123,"name":"example"}"#,
        "<Person id=\"123\"><sample:name xmlns:sample=\"https://example.com/schema/sample\">example</sample:name></Person>",
    );
    let value = r#"{"animals":["a","b"]}"#;
    same::<NamedItems>("o", value, "<o><animal>a</animal><animal>b</animal></o>");
    same::<Wrapped>(
        "o",
        value,
        "<o><animals><animals>a</animals><animals>b</animals></animals></o>",
    );
    same::<WrappedItems>(
        "o",
        value,
        "<o><animals><animal>a</animal><animal>b</animal></animals></o>",
    );
    same::<BothNames>(
        "o",
        value,
        "<o><aliens><animal>a</animal><animal>b</animal></aliens></o>",
    );
    same::<OuterName>(
        "o",
        value,
        "<o><aliens><aliens>a</aliens><aliens>b</aliens></aliens></o>",
    );
}

example! {
    Report { id: i64, data: String }
    attribute "id" => id,
    text "data" => data,
}
example! {
    Code { language: String, source: String }
    attribute "language" => language,
    cdata "source" => source,
}
example! {
    Around { one: Plain, id: String }
    none "one" => one,
    attribute "id" => id,
}
example! {
    Whole {
        id: i64, price: f64, open: Option<bool>, person: Option<Person>, codes: Vec<Code>,
        labels: BTreeMap<String, i64>, any: Option<Json>,
    }
    element "id" => id,
    element "price" => price,
    element "open" => open,
    element "person" => person,
    wrapped "codes" => codes of "code",
    element "labels" => labels,
    element "any" => any,
}

#[test]
fn nodes_that_are_no_elements() {
    same::<Report>(
        "report",
        r#"{"id":7,"data":"a < b"}"#,
        "<report id=\"7\">a &lt; b</report>",
    );
    same::<Code>(
        "code",
        r#"{"language":"a\"b","source":"x]]>y<z"}"#,
        "<code language=\"a&quot;b\"><![CDATA[x]]]]><![CDATA[>y<z]]></code>",
    );
    same::<Around>(
        "o",
        r#"{"one":{"animals":"cat"},"id":"1"}"#,
        "<o id=\"1\"><animals>cat</animals></o>",
    );
}

#[test]
fn values_of_every_kind() {
    same::<Whole>(
        "whole",
        r#"{"id":-9007199254740993,"price":1.10,"open":true,"person":{"id":1,"name":"ü"},"codes":[{"language":"a","source":"b"}],"labels":{"x":1},"any":{"a":"1","b":["2","3"]}}"#,
        "<whole><id>-9007199254740993</id><price>1.10</price><open>true</open>\
         <person id=\"1\"><sample:name xmlns:sample=\"https://example.com/schema/sample\">ü</sample:name></person>\
         <codes><code language=\"a\"><![CDATA[b]]></code></codes>\
         <labels><x>1</x></labels><any><a>1</a><b>2</b><b>3</b></any></whole>",
    );
    same::<Whole>(
        "whole",
        r#"{"open":null}"#,
        "<whole><open xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></whole>",
    );
}

#[test]
fn what_servers_write_otherwise() {
    for (document, value) in [
        (
            "<w><id> +007 </id><price>.5</price><open>1</open></w>",
            r#"{"id":7,"price":0.5,"open":true}"#,
        ),
        ("<w><id>many</id></w>", r#"{"id":"many"}"#),
        (
            "\u{feff}<?xml version='1.0'?><!-- c --><w><id>1</id><other/></w>\n",
            r#"{"id":1}"#,
        ),
        (
            "<w><id><![CDATA[1]]></id><person id='&#49;'/></w>",
            r#"{"id":1,"person":{"id":1}}"#,
        ),
        ("<s:w xmlns:s='urn:s'><s:id>1</s:id></s:w>", r#"{"id":1}"#),
        (
            "<w><person><name>n</name></person></w>",
            r#"{"person":{"name":"n"}}"#,
        ),
        (
            "<w><person><name xmlns='urn:other'>n</name></person></w>",
            r#"{"person":{}}"#,
        ),
        ("<w/>", "{}"),
    ] {
        let read = read(document.as_bytes(), Whole::shape()).expect(document);
        assert_eq!(read, json(value), "{document}");
    }
    let read = read(b"<o/>", Repeated::shape()).expect("it is well-formed");
    assert_eq!(
        read,
        json(r#"{"animals":[]}"#),
        "nobody can see an empty list"
    );
}

crate::xml_shape! { Either: OneOf(Plain, Report, i64, String) }
#[allow(dead_code)]
struct Either;

#[test]
fn unions_have_the_members_of_all() {
    same::<Either>("e", r#"{"animals":"a"}"#, "<e><animals>a</animals></e>");
    same::<Either>("e", "5", "<e>5</e>");
    same::<Either>("e", r#""five""#, "<e>five</e>");
}

#[test]
fn lists_as_documents() {
    let document = Document::new("Pets", Vec::<Plain>::shape).items("Pet");
    let text = write(&document, &json(r#"[{"animals":"a"},{"animals":"b"}]"#));
    let expected = "<Pets><Pet><animals>a</animals></Pet><Pet><animals>b</animals></Pet></Pets>";
    assert_eq!(text, Ok(format!("{HEAD}{expected}")));
    let back = read(expected.as_bytes(), Vec::<Plain>::shape()).expect("it is well-formed");
    assert_eq!(back, json(r#"[{"animals":"a"},{"animals":"b"}]"#));
}

#[test]
fn hostile_documents_are_refused() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
    for (document, expected) in [
        (bomb.to_owned(), "XML without a document type"),
        (
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>".to_owned(),
            "XML without a document type",
        ),
        ("<a>&b;</a>".to_owned(), "an entity of XML itself"),
        ("<a b='&c;'/>".to_owned(), "an attribute"),
        (nested(100_000), "less nesting"),
        ("<a><b></a>".to_owned(), "well-formed XML"),
        ("<a>".to_owned(), "the end of an element"),
        ("<a/><a/>".to_owned(), "one element"),
        ("<a/>text".to_owned(), "no text outside the element"),
        (String::new(), "an element"),
        ("{}".to_owned(), "no text outside the element"),
    ] {
        let error = read(document.as_bytes(), Shape::Any).expect_err("it is hostile");
        assert_eq!(error.expected(), expected, "{:.60}", document);
    }
    assert!(read(nested(128).as_bytes(), Shape::Any).is_ok());
    assert!(read(b"<a>\xFF</a>", Shape::Any).is_err());
}

#[test]
fn what_xml_cannot_hold_is_not_sent() {
    for (value, expected) in [
        (r#"{"any":{"a b":1}}"#, "\"a b\" is no name in XML"),
        (r#"{"any":{"a><b":1}}"#, "\"a><b\" is no name in XML"),
        (
            r#"{"any":"\u0000"}"#,
            "the character U+0000 cannot be written in XML",
        ),
    ] {
        assert_eq!(written::<Whole>("whole", value), Err(expected.to_owned()));
    }
}

#[test]
fn a_type_of_the_codec_decodes_it() {
    let read = read(b"<o><x>1</x><y>2</y></o>", BTreeMap::<String, i64>::shape());
    let values: BTreeMap<String, i64> = read
        .expect("it is well-formed")
        .decode_as()
        .expect("numbers");
    assert_eq!(json::to_string(&values), r#"{"x":1,"y":2}"#);
}

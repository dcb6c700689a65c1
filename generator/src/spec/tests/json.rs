//! JSON text: values, positions, and what is said about broken text.

use super::{clean, read_one, shown, told};

#[test]
fn values_keep_their_text() {
    let tree = clean(
        "a.json",
        r#" {"n": [1.10, -9223372036854776000, 1E+2, -0], "t": true, "z": null, "e": {}, "l": []} "#,
    );
    assert_eq!(
        shown(tree.entry()),
        "{n: [number(1.10), number(-9223372036854776000), number(1E+2), number(-0)], t: bool(true), z: null(null), e: {}, l: []}"
    );
}

#[test]
fn strings_are_unescaped() {
    let tree = clean(
        "a.json",
        r#"["\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00x", "plain é", "a\u0000b", ""]"#,
    );
    let texts: Vec<_> = tree
        .entry()
        .items()
        .filter_map(|item| item.as_str())
        .collect();
    assert_eq!(
        texts,
        ["\"\\/\u{8}\u{c}\n\r\t", "é😀x", "plain é", "a\0b", ""]
    );
}

#[test]
fn keys_are_unescaped_and_found() {
    let tree = clean("a.json", r#"{"a\u002fb": 1, "": 2}"#);
    assert_eq!(
        tree.entry().get("a/b").and_then(|node| node.scalar()),
        Some("1")
    );
    assert_eq!(
        tree.entry().get("").and_then(|node| node.scalar()),
        Some("2")
    );
}

#[test]
fn half_a_surrogate_pair_is_replaced() {
    let (tree, findings) = read_one("a.json", r#"["\ud83d", "\ude00x", "\ud83d\u0041"]"#);
    let tree = tree.expect("it can be read");
    assert_eq!(
        shown(tree.entry()),
        "[\"\u{FFFD}\", \"\u{FFFD}x\", \"\u{FFFD}A\"]"
    );
    let places: Vec<_> = findings
        .iter()
        .map(|found| (found.code.name, found.at.as_ref().expect("located").column))
        .collect();
    assert_eq!(
        places,
        [
            ("lone-surrogate", 3),
            ("lone-surrogate", 13),
            ("lone-surrogate", 24)
        ]
    );
}

#[test]
fn spans_cover_values_and_keys() {
    let text = r#"{"é": [1, {"b": "x\n"}]}"#;
    let tree = clean("a.json", text);
    let of = |pointer: &str| {
        let span = tree.entry().step(pointer).expect("it is there").span();
        &text[span.start as usize..span.end as usize]
    };
    assert_eq!(of(""), text);
    assert_eq!(of("/é"), r#"[1, {"b": "x\n"}]"#);
    assert_eq!(of("/é/1/b"), r#""x\n""#);
    let (key, _) = tree.entry().entries().next().expect("one entry");
    assert_eq!(
        &text[key.span.start as usize..key.span.end as usize],
        "\"é\""
    );
}

#[test]
fn of_equal_keys_the_last_counts() {
    let (tree, findings) = read_one("a.json", "{\"a\": 1, \"b\": 2,\n \"a\": 3}");
    assert_eq!(
        shown(tree.expect("it can be read").entry()),
        "{b: number(2), a: number(3)}"
    );
    assert_eq!(
        told(&findings),
        ["duplicate-key 2:2 `a` stands here twice; the last one counts"]
    );
    assert_eq!(findings[0].at.as_ref().expect("located").pointer, "#/a");
    assert_eq!(findings[0].labels[0].0.column, 2);
}

#[test]
fn big_mappings_find_all_keys() {
    let members: Vec<_> = (0..1000)
        .map(|n| format!("\"k{}\": {n}", n * 7 % 1000))
        .collect();
    let (tree, findings) = read_one(
        "a.json",
        format!("{{{}, \"k5\": \"again\"}}", members.join(",")),
    );
    let tree = tree.expect("it can be read");
    assert_eq!(findings.len(), 1);
    assert_eq!(tree.entry().entries().len(), 1000);
    for n in 0..1000 {
        assert!(tree.entry().get(&format!("k{n}")).is_some(), "k{n}");
    }
    assert_eq!(
        tree.entry().get("k5").and_then(|node| node.as_str()),
        Some("again")
    );
    assert!(tree.entry().get("k1000").is_none() && tree.entry().get("").is_none());
}

#[test]
fn broken_text_is_located() {
    let table = [
        ("{\"a\": 1,\n  }", "1:8 a comma after the last value"),
        ("[1, 2\n 3]", "2:2 expected `,` or `]`, found `3`"),
        ("{\"a\" 1}", "1:6 expected `:`, found `1`"),
        (
            "{a: 1}",
            "1:2 expected a key in double quotes, or `}`, found `a`",
        ),
        ("{\"é\": tru}", "1:7 expected a value, found `t`"),
        ("[01]", "1:2 a number begins with a superfluous zero"),
        ("[1.]", "1:4 expected a digit, found `]`"),
        ("[-]", "1:3 expected a digit, found `]`"),
        ("[\"a\n\"]", "1:4 this string does not end on its line"),
        ("[\"\\x\"]", "1:3 this escape sequence is unknown"),
        ("[\"\\u12G4\"]", "1:3 `\\u` needs four hexadecimal digits"),
        ("[\"abc", "1:2 this string has no closing quote"),
        ("[1", "1:3 expected `,` or `]`, found the end of the file"),
        ("{} x", "1:4 expected the end of the file, found `x`"),
        ("[1, // one\n]", "1:5 expected a value, found `/`"),
        ("[NaN]", "1:2 expected a value, found `N`"),
        (
            "{]",
            "1:2 expected a key in double quotes, or `}`, found `]`",
        ),
    ];
    for (text, expected) in table {
        let (tree, findings) = read_one("a.json", text);
        assert!(tree.is_none(), "{text}");
        assert_eq!(
            told(&findings),
            [format!("syntax-error {expected}")],
            "{text}"
        );
    }
}

#[test]
fn brackets_in_a_yaml_file_may_be_yaml() {
    let tree = clean("a.yaml", "{a: 1, b: [x, 'y'],}\n");
    assert_eq!(shown(tree.entry()), "{a: number(1), b: [\"x\", \"y\"]}");
    // The parser that got further is the one that is believed.
    let (tree, findings) = read_one("a.yaml", "{\"a\": 1,\n \"b\": \"2\" 3}");
    assert!(tree.is_none());
    assert_eq!(
        told(&findings),
        ["syntax-error 2:11 expected `,` or `}`, found `3`"]
    );
}

#[test]
fn content_counts_more_than_the_file_name() {
    assert_eq!(shown(clean("a.json", "a: 1").entry()), "{a: number(1)}");
    assert_eq!(
        shown(clean("a.yaml", "\u{FEFF}\n {\"a\": \"\\ud83d\\ude00\"}").entry()),
        "{a: \"😀\"}"
    );
}

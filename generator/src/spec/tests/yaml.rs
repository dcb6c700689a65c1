//! YAML text: what its values mean, anchors and merge keys, and what is said about odd text.

use super::{clean, read_one, shown, told};

#[test]
fn plain_scalars_follow_the_core_schema() {
    let text = "[on, yes, no, NO, y, n, 1_000, 2001-01-01, 1.10, 014, 000150, 18446744073709551616, -9223372036854776000, .inf, ~, null, True, '1', \"true\"]";
    assert_eq!(
        shown(
            clean("a.yaml", format!("v: {text}"))
                .entry()
                .get("v")
                .expect("it is there")
        ),
        "[\"on\", \"yes\", \"no\", \"NO\", \"y\", \"n\", \"1_000\", \"2001-01-01\", number(1.10), number(014), number(000150), \
         number(18446744073709551616), number(-9223372036854776000), number(.inf), null(~), null(null), bool(True), \"1\", \"true\"]"
    );
}

#[test]
fn keys_are_their_source_text() {
    let tree = clean(
        "a.yaml",
        "200: a\n'201': b\ntrue: c\non: d\nnull: e\n1.10: f\n? g\n: h\n",
    );
    assert_eq!(
        shown(tree.entry()),
        "{200: \"a\", 201: \"b\", true: \"c\", on: \"d\", null: \"e\", 1.10: \"f\", g: \"h\"}"
    );
}

#[test]
fn absent_values_are_null() {
    let tree = clean(
        "a.yaml",
        "a:\nb: [,]\nc:\n  - \n  - x\n".replace("[,]", "[]"),
    );
    assert_eq!(shown(tree.entry()), "{a: null, b: [], c: [null, \"x\"]}");
    assert!(tree.entry().get("a").is_some_and(|node| node.is_null()));
}

#[test]
fn text_of_all_styles_is_read() {
    let text = "a: 'it''s'\nb: \"\\ud83d\\ude00 \\x41\\\n  c\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\ne: one\n  two\nf: a\u{85}b\n";
    assert_eq!(
        shown(clean("a.yaml", text).entry()),
        r#"{a: "it's", b: "😀 Ac", c: "one\ntwo\n", d: "one two", e: "one two", f: "a\u{85}b"}"#
    );
}

#[test]
fn spans_end_with_the_content() {
    let text = "a:\n  b: [1, 2]\n  c: x\n\n# later\nd: |\n  text\n";
    let tree = clean("a.yaml", text);
    let of = |pointer: &str| {
        let span = tree.entry().step(pointer).expect("it is there").span();
        &text[span.start as usize..span.end as usize]
    };
    assert_eq!(of("/a"), "b: [1, 2]\n  c: x");
    assert_eq!(of("/a/b"), "[1, 2]");
    assert_eq!(of("/a/c"), "x");
    assert_eq!(of("/d").trim(), "text");
}

#[test]
fn of_equal_keys_the_last_counts() {
    let (tree, findings) = read_one("a.yaml", "a: 1\n200: x\n'200': y\na: 2\n");
    assert_eq!(
        shown(tree.expect("it can be read").entry()),
        "{200: \"y\", a: number(2)}"
    );
    assert_eq!(
        told(&findings),
        [
            "duplicate-key 3:1 `200` stands here twice; the last one counts",
            "duplicate-key 4:1 `a` stands here twice; the last one counts",
        ]
    );
}

#[test]
fn aliases_share_the_anchored_node() {
    let tree = clean("a.yaml", "x: &x {k: [1]}\ny: *x\nz: &s text\nw: *s\n");
    let [x, y, w] = ["x", "y", "w"].map(|key| tree.entry().get(key).expect("it is there"));
    assert_eq!(x.id(), y.id());
    assert_eq!(y.pointer(), "#/x");
    assert_eq!(w.as_str(), Some("text"));
}

#[test]
fn an_alias_belongs_where_its_anchor_is() {
    let tree = clean("a.yaml", "o:\n  deep: {a: &a {k: 1}}\n  use: {b: *a}\n");
    assert_eq!(
        tree.entry()
            .step("/o/use/b/k")
            .expect("it is there")
            .pointer(),
        "#/o/deep/a/k"
    );
}

#[test]
fn merge_keys_are_applied() {
    let text = "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\none:\n  <<: *base\n  b: own\nall:\n  z: 0\n  <<: [*base, *more]\nquoted: {'<<': text}\n";
    let tree = clean("a.yaml", text);
    let of = |key: &str| shown(tree.entry().get(key).expect("it is there"));
    assert_eq!(of("one"), "{b: \"own\", a: number(1)}");
    assert_eq!(
        of("all"),
        "{z: number(0), a: number(1), b: number(2), c: number(4)}"
    );
    assert_eq!(of("quoted"), "{<<: \"text\"}");
    assert_eq!(
        tree.entry().step("/one/a").expect("it is there").pointer(),
        "#/base/a"
    );
}

#[test]
fn a_merge_of_something_else_stays_a_key() {
    assert_eq!(
        shown(clean("a.yaml", "a: {<<: 1, b: 2}").entry()),
        "{a: {b: number(2), <<: number(1)}}"
    );
}

#[test]
fn wrong_aliases_become_null() {
    let (tree, findings) = read_one("a.yaml", "a: &a\n  b: *a\nc: *d\n");
    let tree = tree.expect("it can be read");
    assert!(tree.entry().step("/a/b").is_some_and(|node| node.is_null()));
    assert_eq!(
        told(&findings),
        [
            "alias-cycle 2:6 this alias stands inside the value it refers to; it is read as null",
            "undefined-alias 3:4 no anchor `&d` comes before this alias; it is read as null",
        ]
    );
}

#[test]
fn keys_may_have_anchors_and_aliases() {
    let (tree, findings) = read_one("a.yaml", "&k key: 1\nv: *k\n*k : 2\n");
    assert_eq!(
        shown(tree.expect("it can be read").entry()),
        "{v: \"key\", key: number(2)}"
    );
    assert_eq!(findings.len(), 1);
}

#[test]
fn collections_as_keys_are_their_source_text() {
    let (tree, findings) = read_one("a.yaml", "? [a, b]\n: 1\nc: 2\n");
    assert_eq!(
        shown(tree.expect("it can be read").entry()),
        "{[a, b]: number(1), c: number(2)}"
    );
    assert_eq!(findings[0].code.name, "collection-as-key");
}

#[test]
fn tags_of_yaml_count_and_others_do_not() {
    let text = "a: !!str 1\nb: !!int '2'\nc: !!float 3\nd: !!bool 'true'\ne: !!null ''\nf: !!binary aGk=\ng: ! 4\n";
    assert_eq!(
        shown(clean("a.yaml", text).entry()),
        "{a: \"1\", b: number(2), c: number(3), d: bool(true), e: null, f: \"aGk=\", g: \"4\"}"
    );
    let (tree, findings) = read_one("a.yaml", "a: !custom x\nb: !!int text\nc: !m {d: 1}\n");
    assert_eq!(
        shown(tree.expect("it can be read").entry()),
        "{a: \"x\", b: \"text\", c: {d: number(1)}}"
    );
    let codes: Vec<_> = findings.iter().map(|found| found.code.name).collect();
    assert_eq!(codes, ["unknown-tag"; 3]);
}

#[test]
fn only_the_first_document_is_read() {
    let (tree, findings) = read_one("a.yaml", "---\na: 1\n---\nb: [\n");
    assert_eq!(
        shown(tree.expect("it can be read").entry()),
        "{a: number(1)}"
    );
    assert_eq!(
        told(&findings),
        ["multiple-documents 4:1 a second YAML document begins here; only the first one is read"]
    );
    assert_eq!(
        shown(clean("a.yaml", "---\na: 1\n...\n---\n").entry()),
        "{a: number(1)}"
    );
}

#[test]
fn long_keys_are_keys() {
    let key = "k".repeat(5000);
    let tree = clean(
        "a.yaml",
        format!("{key}: 1\n\"{key}x\": 2\n{{{key}: 3}}: 4\n").replace("{k", "# {k"),
    );
    assert_eq!(tree.entry().entries().len(), 2);
}

#[test]
fn a_byte_order_mark_is_no_content() {
    let tree = clean("a.yaml", "\u{FEFF}a: 1\n");
    assert_eq!(shown(tree.entry()), "{a: number(1)}");
    assert_eq!(tree.entry().file().line_column(0), (1, 1));
}

#[test]
fn broken_text_is_located() {
    for (text, place) in [
        ("a: 1\n b: 2\n", "2:3"),
        ("a: [1, 2\nb: 3", ""),
        ("a: 'x\n", ""),
        ("a:\n\t- b\n", "2:2"),
    ] {
        let (tree, findings) = read_one("a.yaml", text);
        assert!(tree.is_none(), "{text}");
        assert!(
            told(&findings)[0].starts_with(&format!("syntax-error {place}")),
            "{text} {:?}",
            told(&findings)
        );
    }
}

#[test]
fn files_without_content_are_broken() {
    for text in ["", "\n\n", "# only a comment\n", "\u{FEFF}"] {
        let (tree, findings) = read_one("a.yaml", text);
        assert!(tree.is_none(), "{text:?}");
        assert_eq!(
            told(&findings),
            ["syntax-error 1:1 there is nothing in this file"]
        );
    }
}

//! Files made to break a reader, and files cut off anywhere.

use std::fmt::Write;

use super::super::{MemoryLoader, Options, read};
use super::{read_one, told};
use crate::diagnostic::{Diagnostics, render_human, render_json};

#[test]
fn deep_nesting_is_refused() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}{}", open.repeat(times), close.repeat(times))
    };
    let mut block = String::new();
    for level in 0..2_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(level));
    }
    let texts = [
        ("a.json", deep("[", "]", 20_000)),
        ("a.json", deep("{\"a\":", "}", 20_000)),
        ("a.json", "[".repeat(1_000_000)),
        ("a.yaml", format!("a: {}", deep("[", "]", 20_000))),
        ("a.yaml", format!("a: {}", "[".repeat(1_000_000))),
        ("a.yaml", "- ".repeat(20_000)),
        ("a.yaml", "? ".repeat(20_000)),
        ("a.yaml", block),
    ];
    for (name, text) in texts {
        let (tree, findings) = read_one(name, text.as_str());
        assert!(tree.is_none());
        assert_eq!(
            findings[0].code.name,
            "too-deep",
            "{} {:?}",
            &text[..20],
            told(&findings)
        );
        assert!(findings[0].at.is_some());
    }
}

#[test]
fn depth_through_aliases_counts() {
    let mut text = String::from("a0: &a0 [x]\n");
    for n in 1..2000 {
        let _ = writeln!(text, "a{n}: &a{n} [*a{}]", n - 1);
    }
    let (tree, findings) = read_one("a.yaml", text);
    assert!(tree.is_none());
    assert_eq!(findings[0].code.name, "too-deep");
}

#[test]
fn repetition_through_aliases_is_bounded() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..10 {
        let again = format!("*a{}, ", n - 1).repeat(9);
        let _ = writeln!(text, "a{n}: &a{n} [{again}]");
    }
    let (tree, findings) = read_one("a.yaml", text);
    assert!(tree.is_none());
    assert_eq!(findings[0].code.name, "excessive-repetition");
}

#[test]
fn merging_over_and_over_is_bounded() {
    let mut text = String::from("base: &base\n");
    for n in 0..2000 {
        let _ = writeln!(text, "  k{n}: {n}");
    }
    for n in 0..2000 {
        let _ = writeln!(text, "m{n}: {{<<: *base}}");
    }
    let options = Options {
        max_nodes: 100_000,
        ..Options::default()
    };
    let mut diagnostics = Diagnostics::new();
    let loader = MemoryLoader::new().with("a.yaml", text);
    assert!(read("a.yaml", &loader, &options, &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
}

#[test]
fn limits_are_errors() {
    let loader = MemoryLoader::new()
        .with("a.json", "[1, 2, 3]")
        .with("b.yaml", "$ref: a.json\nx: {$ref: c.yaml}\n");
    let told_with = |entry: &str, options: Options| {
        let mut diagnostics = Diagnostics::new();
        let tree = read(entry, &loader, &options, &mut diagnostics);
        (tree.is_some(), told(&diagnostics.into_sorted()))
    };
    let defaults = Options::default;
    assert_eq!(
        told_with(
            "a.json",
            Options {
                max_nodes: 3,
                ..defaults()
            }
        ),
        (
            false,
            vec!["too-large 1:8 the description has more than 3 values".to_owned()]
        )
    );
    assert_eq!(
        told_with(
            "a.json",
            Options {
                max_file_bytes: 4,
                ..defaults()
            }
        ),
        (
            false,
            vec!["too-large 1:1 this file has more than 4 bytes".to_owned()]
        )
    );
    assert_eq!(
        told_with(
            "b.yaml",
            Options {
                max_files: 1,
                ..defaults()
            }
        ),
        (
            true,
            vec![
                "too-large - more than 1 files; `a.json` and further ones are not read".to_owned()
            ]
        )
    );
}

#[test]
fn other_encodings_are_named() {
    let utf16: Vec<u8> = "a: 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [&[0xFF, 0xFE], &utf16[..]].concat();
    let latin1 = b"a: 1\nb: caf\xE9\n".to_vec();
    let cases = [
        (utf16, "invalid-encoding 1:1 this file is UTF-16"),
        (with_mark, "invalid-encoding 1:1 this file is UTF-16"),
        (latin1, "invalid-encoding 2:7 this is not UTF-8"),
        (
            b"a: \xF0\x9F\x98".to_vec(),
            "invalid-encoding 1:4 this is not UTF-8",
        ),
    ];
    for (bytes, expected) in cases {
        let (tree, findings) = read_one("a.yaml", bytes);
        assert!(tree.is_none());
        assert_eq!(told(&findings), [expected]);
    }
}

#[test]
fn a_missing_entry_is_one_error() {
    let mut diagnostics = Diagnostics::new();
    assert!(
        read(
            "nope.yaml",
            &MemoryLoader::new(),
            &Options::default(),
            &mut diagnostics
        )
        .is_none()
    );
    assert_eq!(
        told(&diagnostics.into_sorted()),
        ["unreadable-file - cannot read `nope.yaml`: there is no such file"]
    );
}

#[test]
fn every_beginning_of_a_file_is_read_or_reported() {
    let json = "\u{FEFF}{\"a\\u00e9\\ud83d\\ude00\": [1.5e-3, true, null, \"é\\n\"],\r\n \"b\": {\"$ref\": \"#/a\"}}";
    let yaml = "\u{FEFF}%YAML 1.2\n---\na: &a {b: [1, 'it''s', \"\\u00e9\"], <<: {c: !!str 1}}\n? [k]\n: |+\n  text é\n\nd: *a\ne: >-\n  x\n...\n---\nf: 1\n";
    for (name, text) in [("a.json", json), ("a.yaml", yaml), ("b.yaml", json)] {
        for end in 0..=text.len() {
            let (tree, findings) = read_one(name, &text.as_bytes()[..end]);
            assert!(tree.is_some() || !findings.is_empty(), "{name} {end}");
            for finding in findings {
                assert!(!render_human(&finding, false).is_empty());
                assert!(!render_json(&finding).contains('\n'));
            }
        }
    }
}

//! Texts that try to be more than text.

use super::*;

fn docs(summary: &str, description: &str, remarks: &[&str]) -> Docs {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let remarks = remarks.iter().map(|remark| (*remark).to_owned()).collect();
    Docs {
        summary: text(summary),
        description: text(description),
        deprecated: false,
        remarks,
    }
}

#[test]
fn summary_description_and_remarks_are_paragraphs() {
    let lines = doc_lines(&docs("Gets a\n parcel.", "By its id.", &["Raw JSON."]));
    assert_eq!(lines, ["Gets a parcel.", "", "By its id.", "", "Raw JSON."]);
    assert!(doc_lines(&Docs::default()).is_empty());
}

#[test]
fn a_summary_is_not_said_twice() {
    assert_eq!(
        doc_lines(&docs("Gets a parcel", "Gets a parcel. By its id.", &[])),
        ["Gets a parcel. By its id."]
    );
    assert_eq!(doc_lines(&docs("Same.", "same", &[])), ["same"]);
}

#[test]
fn the_first_sentence_of_a_long_text_stands_alone() {
    let long =
        "Gets one parcel, e.g. by `a. B` (see 4. Above). It gives all that is known about it, "
            .to_owned()
            + "and then something more that makes the paragraph long.";
    let lines = doc_lines(&docs("", &long, &[]));
    assert_eq!(lines[0], "Gets one parcel, e.g. by `a. B` (see 4. Above).");
    assert_eq!((lines[1].as_str(), lines.len()), ("", 3));
}

#[test]
fn control_characters_vanish() {
    let text = "a\u{202e}b\0c\r\nd\u{2028}e\u{feff}\tf */ #![deny(x)] \u{2066}";
    assert_eq!(text_lines(text), ["abc", "d", "e    f */ #!\\[deny(x)\\]"]);
}

#[test]
fn html_cannot_reach_the_page() {
    let lines = text_lines(
        "<script>alert(1)</script><img src=x onerror=y><b onclick='z'>b</b> &lt;script&gt;",
    );
    assert_eq!(
        lines,
        ["\\<script>alert(1)\\</script>image**b** \\<script\\>"]
    );
}

#[test]
fn hostile_texts_end_in_time() {
    for part in [
        "[", "<", "`", "<b>", "<code>", "![", "> ", "- ", "&", "*", "<ul><li>", "``` ", "\\",
        "[a](", "</b>", "|",
    ] {
        let text = part.repeat(20_000);
        let lines = text_lines(&text);
        assert!(lines.len() <= text.len(), "{part}");
    }
}

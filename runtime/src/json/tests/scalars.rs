//! Numbers and strings.

use super::error;
use crate::json::{Json, from_slice, from_str, to_string};

#[test]
fn numbers() {
    assert_eq!(from_str::<i64>("-9223372036854775808").ok(), Some(i64::MIN));
    assert_eq!(from_str::<u64>("18446744073709551615").ok(), Some(u64::MAX));
    assert_eq!(from_str::<u8>("2.55e2").ok(), Some(255));
    assert_eq!(
        error::<u8>("256"),
        "expected an integer from 0 to 255, found a number out of range (byte 0)"
    );
    assert_eq!(
        error::<u64>("-1"),
        "expected a non-negative integer of at most 64 bits, found a number out of range (byte 0)"
    );
    assert_eq!(
        error::<i64>("1.5"),
        "expected an integer, found a fraction (byte 0)"
    );
    assert_eq!(
        error::<i64>("\"1\""),
        "expected an integer, found string (byte 0)"
    );
    assert_eq!(
        error::<f64>("1e400"),
        "expected a floating-point number, found a number out of range (byte 0)"
    );
    for (value, text) in [
        (1.0, "1"),
        (-0.0, "-0"),
        (0.1, "0.1"),
        (1e-7, "1e-7"),
        (1e300, "1e300"),
        (f64::NAN, "null"),
        (f64::INFINITY, "null"),
    ] {
        assert_eq!(to_string(&value), text);
    }
    for bits in (0..20_000_u64).map(|index| index.wrapping_mul(0x9E37_79B9_7F4A_7C15)) {
        let value = f64::from_bits(bits);
        if value.is_finite() {
            assert_eq!(from_str::<f64>(&to_string(&value)).ok(), Some(value));
        }
    }
    for text in [
        "01", "+1", ".5", "1.", "1e", "-", "0x1", "NaN", "Infinity", "1e+",
    ] {
        assert!(from_str::<f64>(text).is_err(), "{text}");
    }
}

#[test]
fn strings() {
    for (text, value) in [
        (
            r#""plain and long enough for eight bytes""#,
            "plain and long enough for eight bytes",
        ),
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u00e9\u20AC\ud83d\ude00""#, "é€😀"),
        (
            r#""é€😀 long text with é in the middle of a word""#,
            "é€😀 long text with é in the middle of a word",
        ),
        (r#""lone \ud83d surrogate""#, "lone \u{FFFD} surrogate"),
        (r#""\ud83d\u0041""#, "\u{FFFD}A"),
    ] {
        assert_eq!(from_str::<String>(text).expect(text), value);
        assert_eq!(from_str::<String>(&to_string(value)).expect(text), value);
    }
    for text in [
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"open",
        "\"open\\",
        "\"12345678\u{1}\"",
    ] {
        assert!(from_str::<String>(text).is_err(), "{text}");
    }
    assert_eq!(to_string("\u{1}\u{1f}\u{7f}"), "\"\\u0001\\u001f\u{7f}\"");
}

#[test]
fn every_byte_is_seen_wherever_it_stands_in_a_string() {
    for position in 0..20 {
        for byte in 0..=0x7f_u8 {
            let mut text = "x".repeat(20).into_bytes();
            text[position] = byte;
            let value = String::from_utf8(text).expect("ASCII is UTF-8");
            assert_eq!(
                from_str::<String>(&to_string(value.as_str()))
                    .ok()
                    .as_deref(),
                Some(value.as_str())
            );
            let is_plain = byte >= 0x20 && !matches!(byte, b'"' | b'\\');
            assert_eq!(
                from_str::<String>(&format!("\"{value}\"")).is_ok(),
                is_plain,
                "{byte} at {position}"
            );
        }
    }
}

#[test]
fn invalid_utf_8_is_an_error() {
    assert_eq!(
        from_slice::<String>(b"\"abc\xff\"")
            .unwrap_err()
            .to_string(),
        "expected UTF-8 text, found something else (byte 4)"
    );
    assert!(from_slice::<Json>(b"{\"\xc3\":1}").is_err());
    assert!(from_slice::<bool>(b"\xff").is_err());
}

//! Values of any kind.

use super::round_trip;
use crate::json::{Json, from_str};

#[test]
fn values_keep_every_digit_and_their_order() {
    for text in [
        "null",
        "[1.10,1e5,-0,123456789012345678901234567890]",
        r#"{"b":1,"a":{"c":[]},"b":2}"#,
        r#""x""#,
        "[true,false,{}]",
    ] {
        round_trip::<Json>(text);
        assert_eq!(format!("{:?}", from_str::<Json>(text).expect(text)), text);
    }
    let value = |text| from_str::<Json>(text).expect(text);
    assert_eq!(value(r#"{"a":1,"b":2}"#), value(r#"{"b":2,"a":1}"#));
    assert_ne!(value(r#"{"a":1,"b":2}"#), value(r#"{"a":1,"b":3}"#));
    let document = value(r#"{"a/b":[{"~":7}],"n":2.5}"#);
    assert_eq!(
        document.pointer("/a~1b/0/~0").and_then(Json::as_i64),
        Some(7)
    );
    assert_eq!(document.get("n").and_then(Json::as_f64), Some(2.5));
    assert!(document.pointer("/a~1b/1").is_none() && document.pointer("nonsense").is_none());
}

/// Random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn text(&mut self) -> String {
        const LETTERS: [char; 10] = ['a', '"', '\\', '\n', '\u{1}', 'é', '😀', '/', ' ', '\u{7f}'];
        (0..self.roll(20))
            .map(|_| LETTERS[self.roll(10) as usize])
            .collect()
    }

    fn value(&mut self, depth: u64) -> Json {
        match self.roll(if depth == 0 { 4 } else { 6 }) {
            0 => Json::Null,
            1 => Json::Bool(self.roll(2) == 0),
            2 => Json::from(f64::from_bits(self.0)),
            3 => Json::String(self.text()),
            4 => Json::Array((0..self.roll(5)).map(|_| self.value(depth - 1)).collect()),
            _ => Json::Object(
                (0..self.roll(5))
                    .map(|_| (self.text(), self.value(depth - 1)))
                    .collect(),
            ),
        }
    }
}

#[test]
fn what_is_written_is_read_back() {
    let mut dice = Dice(7);
    for _ in 0..2_000 {
        let value = dice.value(4);
        assert_eq!(
            from_str::<Json>(&value.to_string()).expect("what was written is JSON"),
            value
        );
    }
}

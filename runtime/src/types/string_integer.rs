//! `type: string, format: int64`, which Google's APIs use because JavaScript rounds big numbers.

use std::fmt;
use std::str::FromStr;

use crate::json::{Blank, Decode, Decoder, Encode, Encoder, Fault, Kind};

/// An integer that travels as a string; a bare number is read too.
///
/// ```
/// use attache_runtime::{StringInteger, json};
///
/// let ids: Vec<StringInteger> = json::from_str(r#"["9007199254740993", 2]"#).unwrap();
/// assert_eq!(ids[0].0, 9007199254740993);
/// assert_eq!(json::to_string(&ids), r#"["9007199254740993","2"]"#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StringInteger<T = i64>(pub T);

impl<T> From<T> for StringInteger<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: fmt::Display> fmt::Display for StringInteger<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Blank> Blank for StringInteger<T> {
    fn blank() -> Self {
        Self(T::blank())
    }
}

impl<T: Decode + FromStr> Decode for StringInteger<T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        const EXPECTED: &str = "an integer in a string";
        if decoder.peek()? == Kind::Number {
            // In a union, a variant that is an integer takes it.
            decoder.note_unknown();
            return self.0.decode(decoder);
        }
        let at = decoder.position();
        let text = decoder.string(EXPECTED)?;
        self.0 = text
            .parse()
            .map_err(|_| Fault::unreadable(at, EXPECTED, "another string"))?;
        Ok(())
    }
}

impl<T: fmt::Display> Encode for StringInteger<T> {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.string(&self.0.to_string());
    }
}

//! `contentMediaType: application/json`: JSON inside a string.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::json::{self, Blank, Decode, DecodeError, Decoder, Encode, Encoder, Fault};

/// A string that holds the JSON of a `T`.
///
/// The text is kept as it came, and only read when it is asked for, so a text that is no such JSON
/// costs nothing but the call that wants to read it.
///
/// ```
/// use attache_runtime::JsonText;
///
/// let ids: JsonText<Vec<i64>> = attache_runtime::json::from_str(r#""[1, 2]""#).unwrap();
/// assert_eq!(ids.decode().unwrap(), [1, 2]);
/// assert_eq!(JsonText::of(&vec![3_i64]).as_str(), "[3]");
/// ```
pub struct JsonText<T> {
    text: String,
    holds: PhantomData<fn() -> T>,
}

impl<T> JsonText<T> {
    /// Writes a value.
    pub fn of(value: &T) -> Self
    where
        T: Encode,
    {
        json::to_string(value).into()
    }

    /// Reads the value.
    ///
    /// # Errors
    /// The text is no JSON, or not that of a `T`; places are counted from the start of the text.
    pub fn decode(&self) -> Result<T, DecodeError>
    where
        T: Blank + Decode,
    {
        json::from_str(&self.text)
    }

    /// Returns the text as it is sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> From<String> for JsonText<T> {
    fn from(text: String) -> Self {
        Self {
            text,
            holds: PhantomData,
        }
    }
}

impl<T> From<&str> for JsonText<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> Clone for JsonText<T> {
    fn clone(&self) -> Self {
        self.as_str().into()
    }
}

impl<T> PartialEq for JsonText<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for JsonText<T> {}

impl<T> Hash for JsonText<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> fmt::Display for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> fmt::Debug for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> Blank for JsonText<T> {
    fn blank() -> Self {
        String::new().into()
    }
}

impl<T> Decode for JsonText<T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.text = decoder.string("a string with JSON in it")?.into_owned();
        Ok(())
    }
}

impl<T> Encode for JsonText<T> {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.string(&self.text);
    }
}

#[cfg(test)]
mod tests {
    use super::JsonText;
    use crate::json;

    #[test]
    fn the_text_is_kept_and_read_on_demand() {
        for text in [r#""{ \"a\" : 1 }""#, r#""no JSON""#, r#""""#] {
            let value: JsonText<Vec<i64>> = json::from_str(text).expect(text);
            assert_eq!(json::to_string(&value), text);
            assert!(value.decode().is_err(), "{text}");
        }
        let error = JsonText::<Vec<i64>>::from("[1, true]").decode();
        let error = error.unwrap_err().to_string();
        assert_eq!(error, "[1]: expected an integer, found boolean (byte 4)");
    }
}

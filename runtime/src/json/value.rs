//! Any JSON value, kept exactly.

use std::fmt;

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::error::DecodeError;
use super::fault::{Fault, Kind};
use super::json_number::JsonNumber;
use super::json_object::JsonObject;

/// Any JSON value: numbers keep their digits, members their order.
///
/// `Debug` and `Display` print it as JSON.
///
/// ```
/// use attache_runtime::Json;
///
/// let value = Json::from_slice(br#"{"price": 1.10, "tags": ["a"]}"#).unwrap();
/// assert_eq!(value.to_string(), r#"{"price":1.10,"tags":["a"]}"#);
/// assert_eq!(value.pointer("/tags/0").and_then(Json::as_str), Some("a"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(JsonNumber),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(JsonObject),
}

impl Json {
    /// Reads a document.
    pub fn from_slice(text: &[u8]) -> Result<Self, DecodeError> {
        super::from_slice(text)
    }

    /// Converts a value of any type of the codec.
    ///
    /// One whose own [`Encode`] does not write JSON becomes null.
    pub fn of(value: &dyn Encode) -> Self {
        super::from_str(&super::to_string(value)).unwrap_or_default()
    }

    /// Returns the member `name` of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// Returns the value at a JSON pointer (RFC 6901), like `/items/0/id`.
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer
            .strip_prefix('/')?
            .split('/')
            .try_fold(self, |value, step| match value {
                Json::Object(object) => object.get(&step.replace("~1", "/").replace("~0", "~")),
                Json::Array(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            })
    }

    /// Returns true if this is the value that a JSON text stands for; numbers are compared by value.
    pub fn is_literal(&self, text: &str) -> bool {
        Json::from_slice(text.as_bytes()).is_ok_and(|literal| self.means(&literal))
    }

    fn means(&self, other: &Json) -> bool {
        match (self, other) {
            (Json::Number(one), Json::Number(other)) => {
                one == other || (one.as_f64() == other.as_f64() && one.as_i64() == other.as_i64())
            }
            (Json::Array(one), Json::Array(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.means(other))
            }
            (Json::Object(one), Json::Object(other)) => {
                let same = |(name, value): (&str, &Json)| {
                    other.get(name).is_some_and(|other| value.means(other))
                };
                one.len() == other.len() && one.iter().all(same)
            }
            _ => self == other,
        }
    }

    /// Returns true for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    /// Returns the boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, if it is an integer of at most 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Json::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns the floating-point number nearest to the number.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Json::Number(number) => Some(number.as_f64()),
            _ => None,
        }
    }

    /// Returns the items of an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the object.
    pub fn as_object(&self) -> Option<&JsonObject> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the value as plain text: nothing for null, JSON for anything but a string.
    pub(crate) fn plain_text(&self) -> String {
        match self {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// Decodes the value as a type of the codec.
    pub fn decode_as<T: Blank + Decode>(&self) -> Result<T, DecodeError> {
        super::from_slice(&super::to_vec(self))
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_string(self))
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Json::Bool(value)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::String(text)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Json::Number(value.into())
    }
}

impl From<f64> for Json {
    /// Converts a number; JSON has no infinities, so these become null.
    fn from(value: f64) -> Self {
        Json::of(&value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Json::Array(items)
    }
}

impl From<JsonObject> for Json {
    fn from(object: JsonObject) -> Self {
        Json::Object(object)
    }
}

impl Blank for Json {
    fn blank() -> Self {
        Json::Null
    }
}

impl Decode for Json {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        *self = match decoder.peek()? {
            Kind::Null => {
                decoder.skip()?;
                Json::Null
            }
            Kind::Boolean => Json::Bool(decoder.boolean()?),
            Kind::Number => Json::Number(decoder.value()?),
            Kind::String => Json::String(decoder.string("a string")?.into_owned()),
            Kind::Array => Json::Array(decoder.value()?),
            Kind::Object => Json::Object(decoder.value()?),
        };
        Ok(())
    }
}

impl Encode for Json {
    fn encode(&self, encoder: &mut Encoder) {
        match self {
            Json::Null => encoder.null(),
            Json::Bool(value) => encoder.boolean(*value),
            Json::Number(number) => encoder.raw(number.as_str()),
            Json::String(text) => encoder.string(text),
            Json::Array(items) => items.encode(encoder),
            Json::Object(object) => object.encode(encoder),
        }
    }

    fn into_json(self) -> Json {
        self
    }
}

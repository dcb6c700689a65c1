//! Any JSON value, kept exactly.

use std::fmt;
use std::str::FromStr;

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::error::DecodeError;
use super::fault::{Fault, Kind};
use super::number::{Integer, read_integer};

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
        Json::Number(JsonNumber(value.to_string()))
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

/// A JSON number: its text, unchanged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct JsonNumber(String);

impl JsonNumber {
    /// Returns the number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number, if it is an integer of at most 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        match read_integer(&self.0) {
            Integer::Is(value) => value.try_into().ok(),
            Integer::Fraction | Integer::TooBig => None,
        }
    }

    /// Returns the nearest floating-point number.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().expect("a JSON number is a Rust number")
    }
}

impl From<i64> for JsonNumber {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl From<u64> for JsonNumber {
    fn from(value: u64) -> Self {
        Self(value.to_string())
    }
}

impl FromStr for JsonNumber {
    type Err = DecodeError;

    /// Takes a number in the notation of JSON.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        super::from_str(text)
    }
}

impl Blank for JsonNumber {
    fn blank() -> Self {
        Self("0".to_owned())
    }
}

impl Decode for JsonNumber {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.0 = decoder.number("a decimal")?.to_owned();
        Ok(())
    }
}

impl Encode for JsonNumber {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.raw(&self.0);
    }
}

impl fmt::Display for JsonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for JsonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A JSON object: members in their order.
///
/// Two objects are equal when they have the same members, in whatever order.
#[derive(Clone, Default)]
pub struct JsonObject(Vec<(String, Json)>);

impl JsonObject {
    /// Returns an object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the value of a member; the last one counts if there are several.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0
            .iter()
            .rev()
            .find(|(member, _)| member == name)
            .map(|(_, value)| value)
    }

    /// Sets a member, replacing one with the same name.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().rev().find(|(member, _)| *member == name) {
            Some((_, slot)) => *slot = value,
            None => self.0.push((name, value)),
        }
    }

    /// Returns the members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns how many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the members by name; sorting is stable, so the last of several stays last.
    fn sorted(&self) -> Vec<&(String, Json)> {
        let mut members: Vec<_> = self.0.iter().collect();
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        members
    }
}

impl<N: Into<String>, V: Into<Json>> FromIterator<(N, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        Self(
            members
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl PartialEq for JsonObject {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (self.0 == other.0 || self.sorted() == other.sorted())
    }
}

impl Eq for JsonObject {}

impl fmt::Debug for JsonObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_string(self))
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
            Kind::Number => Json::Number(JsonNumber(decoder.number("a number")?.to_owned())),
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
}

impl Blank for JsonObject {
    fn blank() -> Self {
        Self::new()
    }
}

impl Decode for JsonObject {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.0.clear();
        decoder.members(&mut |decoder, name| {
            let value = decoder.value()?;
            self.0.push((name.into_owned(), value));
            Ok(())
        })
    }
}

impl Encode for JsonObject {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.open(b'{');
        for (name, value) in &self.0 {
            encoder.member(name, value);
        }
        encoder.close(b'}');
    }
}

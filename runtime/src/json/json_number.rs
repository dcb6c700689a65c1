//! A JSON number of any size.

use std::fmt;
use std::str::FromStr;

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::error::DecodeError;
use super::fault::Fault;
use super::number::{Integer, read_integer};

/// A JSON number: its text, unchanged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct JsonNumber(String);

impl JsonNumber {
    /// Takes what is known to be a number.
    pub(super) fn written(text: String) -> Self {
        Self(text)
    }

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

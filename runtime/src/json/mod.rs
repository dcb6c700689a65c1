//! The JSON codec: object-safe `Decode` and `Encode` over one concrete reader and writer.
//!
//! Input: JSON bytes, or a value.
//! Output: a value, or JSON bytes.
//! Invariants: decoding fills a blank value in place, so one table per type serves; a failure says
//! where it happened and what was expected, and finding out costs nothing until it fails; numbers
//! outside the types asked for are errors, never rounded silently; nesting is limited.
//! Of two members with the same name the last one counts; of two objects in the place of one type,
//! what the last one lacks is kept from the first.
//! Never: reflection, per-type generated parsers, recursion deeper than [`DEPTH_LIMIT`].

mod blank;
mod collection;
mod decoder;
mod encoder;
mod error;
mod fault;
mod fill;
mod json_number;
mod json_object;
mod locate;
mod maybe;
mod number;
mod object;
mod reader;
mod scalar;
mod shown;
mod tuple;
mod union;
mod value;

pub use blank::Blank;
pub use decoder::{Decode, Decoder};
pub use encoder::{Encode, Encoder};
pub use error::DecodeError;
pub use fault::{Fault, Kind};
pub use fill::Fill;
pub use json_number::JsonNumber;
pub use json_object::JsonObject;
#[cfg(feature = "validate")]
pub(crate) use locate::push_name;
pub use maybe::Maybe;
pub use object::{AdditionalProperties, Members};
pub use reader::{DEPTH_LIMIT, OnMember};
pub use shown::{debug, is_same};
pub use tuple::{AdditionalItems, Item, Slot};
pub use union::{Attempts, Variant};
pub use value::Json;

/// Decodes a JSON document; anything but white space after the value is an error.
///
/// ```
/// let ids: Vec<i64> = attache_runtime::json::from_slice(b"[1, 2, 3]").unwrap();
/// assert_eq!(ids, [1, 2, 3]);
///
/// let error = attache_runtime::json::from_slice::<Vec<i64>>(b"[1, null]").unwrap_err();
/// assert_eq!(error.to_string(), "[1]: expected an integer, found null (byte 4)");
/// ```
pub fn from_slice<T: Blank + Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::blank();
    read(text, &mut value)?;
    Ok(value)
}

/// Decodes a JSON document that is already known to be text.
pub fn from_str<T: Blank + Decode>(text: &str) -> Result<T, DecodeError> {
    from_slice(text.as_bytes())
}

/// Encodes a value as compact JSON.
///
/// ```
/// assert_eq!(attache_runtime::json::to_vec(&vec!["a", "b"]), br#"["a","b"]"#);
/// ```
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    to_string(value).into_bytes()
}

/// Encodes a value as compact JSON text.
pub fn to_string<T: Encode + ?Sized>(value: &T) -> String {
    let mut encoder = Encoder::new();
    value.encode(&mut encoder);
    encoder.into_string()
}

/// The part of decoding that does not depend on the type, so that it is compiled once.
pub(crate) fn read(text: &[u8], value: &mut dyn Decode) -> Result<(), DecodeError> {
    let mut decoder = Decoder::new(text);
    value
        .decode(&mut decoder)
        .and_then(|()| decoder.finish())
        .map_err(|fault| DecodeError::locate(text, fault))
}

#[cfg(test)]
mod tests;

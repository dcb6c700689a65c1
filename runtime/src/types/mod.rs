//! The types behind string formats: what they mean, and the text they came with.
//!
//! Input: the text of a JSON string, or a value.
//! Output: a value, or the text to send.
//! Invariants: a text that would not be written the same way again is kept and sent back unchanged.
//! Never: a guess; a text that is not of the format is an error.

mod base64;
mod date;
mod date_time;
mod duration;
mod json_text;
mod string_integer;
mod time;
mod unix_time;
mod uuid;

pub use base64::Base64;
pub use date::Date;
pub use date_time::DateTime;
pub use duration::IsoDuration;
pub use json_text::JsonText;
pub use string_integer::StringInteger;
pub use time::Time;
pub use unix_time::UnixTime;
pub use uuid::{ParseUuidError, Uuid};

/// Implements the codec for a type that is a JSON string: `FromStr` and `Display` are its text.
macro_rules! string_codec {
    ($name:ident, $blank:expr, $expected:literal, $found:literal) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                $blank
            }
        }

        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> Result<(), $crate::json::Fault> {
                decoder.peek()?;
                let at = decoder.position();
                let text = decoder.string($expected)?;
                *self = text
                    .parse()
                    .map_err(|_| $crate::json::Fault::unreadable(at, $expected, $found))?;
                Ok(())
            }
        }

        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                encoder.string(&self.to_string());
            }
        }
    };
}
use string_codec;

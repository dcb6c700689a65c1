//! Strings, booleans and numbers of the standard library.

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::json_number::JsonNumber;
use super::number::{Integer, push_float, read_integer};
use super::value::Json;

impl Blank for String {
    fn blank() -> Self {
        String::new()
    }
}

impl Decode for String {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        *self = decoder.string("a string")?.into_owned();
        Ok(())
    }
}

impl Encode for String {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.string(self);
    }

    fn into_json(self) -> Json {
        Json::String(self)
    }
}

impl Encode for str {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.string(self);
    }
}

impl Blank for bool {
    fn blank() -> Self {
        false
    }
}

impl Decode for bool {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        *self = decoder.boolean()?;
        Ok(())
    }
}

impl Encode for bool {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.boolean(*self);
    }

    fn into_json(self) -> Json {
        Json::Bool(self)
    }
}

impl Decoder<'_> {
    /// Reads an integer; `1.0` and `1e3` are integers too.
    pub fn integer(&mut self) -> Result<i64, Fault> {
        self.integer_of("an integer of at most 64 bits")
    }

    fn integer_of<T: TryFrom<i128> + TryFrom<i64>>(
        &mut self,
        range: &'static str,
    ) -> Result<T, Fault> {
        const EXPECTED: &str = "an integer";
        let start = self.at;
        if let Some(value) = self
            .short_integer()
            .and_then(|value| T::try_from(value).ok())
        {
            return Ok(value);
        }
        self.at = start;
        let text = self.number(EXPECTED)?;
        let at = self.at - text.len();
        let out_of_range = || Fault::unreadable(at, range, "a number out of range");
        match read_integer(text) {
            Integer::Is(value) => T::try_from(value).map_err(|_| out_of_range()),
            Integer::TooBig => Err(out_of_range()),
            Integer::Fraction => Err(Fault::unreadable(at, EXPECTED, "a fraction")),
        }
    }
}

macro_rules! integers {
    ($($integer:ident from $range:literal)*) => {$(
        impl Blank for $integer {
            fn blank() -> Self {
                0
            }
        }

        impl Decode for $integer {
            fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
                *self = decoder.integer_of($range)?;
                Ok(())
            }
        }

        impl Encode for $integer {
            fn encode(&self, encoder: &mut Encoder) {
                encoder.raw(&self.to_string());
            }

            fn into_json(self) -> Json {
                Json::Number(JsonNumber::written(self.to_string()))
            }
        }
    )*};
}

integers! {
    i8 from "an integer from -128 to 127"
    u8 from "an integer from 0 to 255"
    i16 from "an integer from -32768 to 32767"
    u16 from "an integer from 0 to 65535"
    i32 from "an integer of at most 32 bits"
    u32 from "a non-negative integer of at most 32 bits"
    i64 from "an integer of at most 64 bits"
    u64 from "a non-negative integer of at most 64 bits"
}

macro_rules! floats {
    ($($float:ident)*) => {$(
        impl Blank for $float {
            fn blank() -> Self {
                0.0
            }
        }

        impl Decode for $float {
            fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
                let text = decoder.number("a number")?;
                let value: $float = text.parse().expect("a JSON number is a Rust number");
                if value.is_infinite() {
                    let at = decoder.at - text.len();
                    return Err(Fault::unreadable(at, "a floating-point number", "a number out of range"));
                }
                *self = value;
                Ok(())
            }
        }

        /// Written with the fewest digits that read back the same; JSON has no infinities: `null`.
        impl Encode for $float {
            fn encode(&self, encoder: &mut Encoder) {
                match self.is_finite() {
                    true => push_float(&mut encoder.text, &format!("{self:?}")),
                    false => encoder.null(),
                }
            }
        }
    )*};
}

floats! { f32 f64 }

//! Tests of the codec as its users see it.

mod errors;
mod limits;
mod objects;
mod scalars;
mod values;

use super::{Blank, Decode, Encode, from_str, to_string};

fn error<T: Blank + Decode + std::fmt::Debug>(text: &str) -> String {
    from_str::<T>(text).expect_err(text).to_string()
}

fn round_trip<T: Blank + Decode + Encode>(text: &str) {
    let value: T = from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(to_string(&value), text);
}

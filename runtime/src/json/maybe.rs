//! A member that may be absent, null or a value, where the difference matters.

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;

/// A member that is absent, `null` or a value: three different things, as in a merge patch.
///
/// ```
/// use attache_runtime::Maybe;
///
/// let note: Maybe<String> = "fragile".into();
/// assert_eq!(note.value().map(String::as_str), Some("fragile"));
/// assert!(Maybe::<String>::Null.is_null() && Maybe::<String>::default().is_absent());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// Not there, and not sent.
    #[default]
    Absent,
    /// There, and `null`.
    Null,
    /// There, with a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Returns the value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// Returns the value, if there is one, consuming the member.
    pub fn into_value(self) -> Option<T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// Returns true if the member is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Maybe::Absent)
    }

    /// Returns true if the member is there and `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Maybe::Null)
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Maybe::Value(value)
    }
}

impl From<&str> for Maybe<String> {
    fn from(text: &str) -> Self {
        Maybe::Value(text.to_owned())
    }
}

impl<T> Blank for Maybe<T> {
    fn blank() -> Self {
        Maybe::Absent
    }
}

impl<T: Blank + Decode> Decode for Maybe<T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        *self = match decoder.take_null()? {
            true => Maybe::Null,
            false => Maybe::Value(decoder.value()?),
        };
        Ok(())
    }
}

impl<T: Encode> Encode for Maybe<T> {
    fn encode(&self, encoder: &mut Encoder) {
        match self {
            Maybe::Value(value) => value.encode(encoder),
            Maybe::Absent | Maybe::Null => encoder.null(),
        }
    }

    fn is_absent(&self) -> bool {
        Maybe::is_absent(self)
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        if let Maybe::Value(value) = self {
            value.check(validator);
        }
    }
}

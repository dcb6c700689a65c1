//! Arguments made of the values of `wire.json`.

use crate::body::{Body, Multipart, Part, Upload};
use crate::json::{self, Blank, Decode, Json};

/// What an argument of a generated client can be, made of a value as JSON.
pub trait Sample: Sized {
    /// Makes the argument; `Err` says why the value is none of this type.
    fn sample(value: &Json) -> Result<Self, String>;
}

impl<T: Blank + Decode> Sample for T {
    fn sample(value: &Json) -> Result<Self, String> {
        json::from_str(&value.to_string()).map_err(|error| error.to_string())
    }
}

impl Sample for Body {
    fn sample(value: &Json) -> Result<Self, String> {
        Ok(text(value).into())
    }
}

impl Sample for Upload {
    fn sample(value: &Json) -> Result<Self, String> {
        Ok(text(value).into())
    }
}

impl Sample for Vec<Upload> {
    fn sample(value: &Json) -> Result<Self, String> {
        let items = value.as_array().unwrap_or_default();
        Ok(items.iter().map(|item| text(item).into()).collect())
    }
}

impl Sample for Multipart {
    fn sample(value: &Json) -> Result<Self, String> {
        Ok(match value {
            Json::Object(members) => {
                let parts = members.iter();
                parts
                    .map(|(name, value)| Part::value(value).name(name))
                    .collect()
            }
            Json::Array(items) => items.iter().map(Part::value).collect(),
            value => Multipart::new().part(Part::value(value).name("value")),
        })
    }
}

/// The text of a string, and JSON of all other values.
pub(super) fn text(value: &Json) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}

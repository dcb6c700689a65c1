//! `format: date`.

use std::fmt;
use std::str::FromStr;

/// A day of the calendar, like `2026-11-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Returns the day.
    pub fn jiff(&self) -> jiff::civil::Date {
        self.0
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date)
    }
}

impl FromStr for Date {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let date: jiff::civil::Date = text.parse()?;
        // A date-time is read as well, but its time would be lost when it is sent back.
        match date.to_string() == text {
            true => Ok(Self(date)),
            false => Err(jiff::Error::from_args(format_args!(
                "{text:?} is not only a date"
            ))),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

super::string_codec!(
    Date,
    Self(jiff::civil::Date::ZERO),
    "a date (YYYY-MM-DD)",
    "another string"
);

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::json;

    #[test]
    fn dates_and_other_texts() {
        let date: Date = json::from_str("\"2024-02-29\"").expect("a date");
        assert_eq!(json::to_string(&date), "\"2024-02-29\"");
        for text in ["2023-02-29", "2024-02-29T00:00:00Z", "", "24-2-2"] {
            assert!(
                json::from_str::<Date>(&format!("\"{text}\"")).is_err(),
                "{text}"
            );
        }
    }
}

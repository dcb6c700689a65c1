//! `format: time`.

use std::fmt;
use std::str::FromStr;

/// A time of day, like `09:30:00`, with the offset it may have been given with (`09:30:00Z`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    time: jiff::civil::Time,
    /// The text, if it is not what the time alone is written as.
    text: Option<Box<str>>,
}

impl Time {
    /// Returns the time of day, without an offset.
    pub fn jiff(&self) -> jiff::civil::Time {
        self.time
    }
}

impl From<jiff::civil::Time> for Time {
    fn from(time: jiff::civil::Time) -> Self {
        Self { time, text: None }
    }
}

impl FromStr for Time {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
        let time: jiff::civil::Time = text[..end].parse()?;
        let text = (time.to_string() != text).then(|| text.into());
        Ok(Self { time, text })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.write_str(text),
            None => self.time.fmt(f),
        }
    }
}

super::string_codec!(
    Time,
    jiff::civil::Time::midnight().into(),
    "a time (HH:MM:SS)",
    "another string"
);

#[cfg(test)]
mod tests {
    use super::Time;
    use crate::json;

    #[test]
    fn times_keep_their_text() {
        for text in ["09:30:00", "09:30", "09:30:00Z", "09:30:00.500+02:00"] {
            let document = format!("\"{text}\"");
            let time: Time = json::from_str(&document).expect(text);
            assert_eq!(json::to_string(&time), document);
            assert_eq!(time.jiff().minute(), 30);
        }
        assert!(json::from_str::<Time>("\"noon\"").is_err());
    }
}

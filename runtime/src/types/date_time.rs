//! `format: date-time`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};

/// An instant with the offset it was given in (RFC 3339).
///
/// Reading is tolerant of what APIs send: a space or a lower-case letter for the `T`, a missing
/// offset (then UTC is assumed), a missing time of day. What is not in the usual form is sent back
/// exactly as it came. Values compare by instant.
///
/// ```
/// use attache_runtime::DateTime;
///
/// let start: DateTime = "2026-11-24T10:00:00+01:00".parse().unwrap();
/// assert_eq!(start, "2026-11-24 09:00:00".parse().unwrap());
/// assert_eq!(start.to_string(), "2026-11-24T10:00:00+01:00");
/// ```
#[derive(Clone)]
pub struct DateTime {
    timestamp: Timestamp,
    offset: Offset,
    /// The text, if it is not what `Display` would make of the other two.
    text: Option<Box<str>>,
}

impl DateTime {
    /// Returns the instant.
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// Returns the offset from UTC that the instant was given in.
    pub fn offset(&self) -> Offset {
        self.offset
    }

    /// Returns the instant in a time zone with the fixed offset.
    pub fn jiff(&self) -> jiff::ZonedDateTime {
        self.timestamp
            .to_zoned_datetime(TimeZone::fixed(self.offset))
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self {
            timestamp,
            offset: Offset::UTC,
            text: None,
        }
    }
}

impl From<jiff::ZonedDateTime> for DateTime {
    fn from(zoned: jiff::ZonedDateTime) -> Self {
        Self {
            timestamp: zoned.timestamp(),
            offset: zoned.offset(),
            text: None,
        }
    }
}

impl From<std::time::SystemTime> for DateTime {
    /// Converts a system time; one that no calendar reaches becomes the nearest instant.
    fn from(time: std::time::SystemTime) -> Self {
        let past = time < std::time::SystemTime::UNIX_EPOCH;
        let nearest = if past { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::try_from(time).unwrap_or(nearest).into()
    }
}

impl FromStr for DateTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let pieces = Pieces::parse(text)?;
        let civil = pieces
            .date()
            .to_datetime(pieces.time().unwrap_or(Time::midnight()));
        let offset = match pieces.offset() {
            Some(PiecesOffset::Numeric(numeric)) => numeric.offset(),
            Some(_) | None => Offset::UTC,
        };
        // The last hours of the year 9999, which often stand for "never", are past the last instant.
        let nearest = if civil.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        let timestamp = offset.to_timestamp(civil);
        let is_usual = timestamp.is_ok() && is_usual(text);
        let mut value = Self {
            timestamp: timestamp.unwrap_or(nearest),
            offset,
            text: None,
        };
        if !is_usual && value.to_string() != text {
            value.text = Some(text.into());
        }
        Ok(value)
    }
}

/// Whether a date-time is written as `Display` writes it, as nearly all are: `2026-11-24T09:00:00.5Z`.
fn is_usual(text: &str) -> bool {
    let text = text.as_bytes();
    let (Some(start), Some(fraction)) = (text.get(..19), text.get(19..)) else {
        return false;
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let is_plain = marks.iter().all(|&(at, mark)| start[at] == mark);
    // A leap second is written as the one before it, and zeros at the end are left out.
    let is_leap = start.ends_with(b"60");
    match fraction {
        [b'Z'] => is_plain && !is_leap,
        [b'.', digits @ .., last, b'Z'] => {
            is_plain
                && !is_leap
                && digits.len() < 9
                && digits.iter().all(u8::is_ascii_digit)
                && matches!(last, b'1'..=b'9')
        }
        _ => false,
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.write_str(text),
            None if self.offset == Offset::UTC => self.timestamp.fmt(f),
            None => self.timestamp.display_with_offset(self.offset).fmt(f),
        }
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.timestamp == other.timestamp
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.timestamp.cmp(&other.timestamp)
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.timestamp.hash(state);
    }
}

super::string_codec!(
    DateTime,
    Timestamp::UNIX_EPOCH.into(),
    "an RFC 3339 date-time",
    "another string"
);

#[cfg(test)]
mod tests {
    use super::DateTime;
    use crate::json;

    const NINE: &str = "2026-11-24T09:00:00Z";

    fn round_trip(text: &str) -> DateTime {
        let document = format!("\"{text}\"");
        let value: DateTime = json::from_str(&document).expect(text);
        assert_eq!(json::to_string(&value), document);
        value
    }

    #[test]
    fn every_text_survives() {
        for text in [
            NINE,
            "2026-11-24T10:00:00+01:00",
            "2026-11-24T09:00:00+00:00",
            "2026-11-24T09:00:00.000Z",
            "2026-11-24t09:00:00z",
            "2026-11-24 09:00:00",
            "2026-11-24T09:00:00",
            "2026-11-24T10:00:00+0100",
        ] {
            assert_eq!(round_trip(text), NINE.parse().expect(NINE), "{text}");
        }
        round_trip("2026-11-24");
        round_trip("2026-11-24T09:00:00.123456789Z");
        round_trip("2016-12-31T23:59:60Z");
        round_trip("0001-01-01T00:00:00Z");
        round_trip("9999-12-31T23:59:59Z");
    }

    #[test]
    fn what_is_no_date_time_is_an_error() {
        for text in [
            "",
            "yesterday",
            "2026-13-01T00:00:00Z",
            "2026-11-24T25:00:00Z",
            "1700000000",
        ] {
            let error = json::from_str::<DateTime>(&format!("\"{text}\"")).unwrap_err();
            assert_eq!(
                error.to_string(),
                "expected an RFC 3339 date-time, found another string (byte 0)"
            );
        }
    }
}

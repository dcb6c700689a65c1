//! `type: integer, format: unix-time`: seconds since 1970.

use std::fmt;

use jiff::Timestamp;

use crate::json::{Blank, Decode, Decoder, Encode, Encoder, Fault};

/// An instant that travels as the number of seconds since the beginning of 1970, UTC.
///
/// ```
/// use attache_runtime::{UnixTime, json};
///
/// let created: UnixTime = json::from_str("1764000000").unwrap();
/// assert_eq!(created.seconds(), 1764000000);
/// assert_eq!(created.timestamp().unwrap().to_string(), "2025-11-24T16:00:00Z");
/// assert_eq!(json::to_string(&created), "1764000000");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixTime(i64);

impl UnixTime {
    /// Returns the number of seconds.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Returns the instant; none beyond what a calendar reaches (the year 9999).
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_second(self.0).ok()
    }
}

impl From<i64> for UnixTime {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<UnixTime> for i64 {
    fn from(time: UnixTime) -> Self {
        time.0
    }
}

impl From<Timestamp> for UnixTime {
    /// Drops what is less than a second.
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_second())
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(timestamp) => write!(f, "UnixTime({timestamp})"),
            None => write!(f, "UnixTime({})", self.0),
        }
    }
}

impl Blank for UnixTime {
    fn blank() -> Self {
        Self(0)
    }
}

impl Decode for UnixTime {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.0.decode(decoder)
    }
}

impl Encode for UnixTime {
    fn encode(&self, encoder: &mut Encoder) {
        self.0.encode(encoder);
    }
}

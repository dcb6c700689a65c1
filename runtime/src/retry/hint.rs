//! What a server asks for: how long to wait, in the forms that servers use, and whether to try again at all.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::transport::Headers;

/// What the headers of an answer say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hint {
    /// How long to wait.
    pub(crate) wait: Option<Duration>,
    /// Whether trying again is of use.
    pub(crate) should: Option<bool>,
}

impl Hint {
    pub(crate) fn of(headers: &Headers) -> Self {
        let should = ["x-should-retry", "stripe-should-retry"];
        let should = should.iter().find_map(|name| headers.get(name));
        Hint {
            wait: retry_after(headers),
            should: should.and_then(|text| text.trim().parse().ok()),
        }
    }
}

/// Reads the waiting time; headers in milliseconds are more exact and come first.
pub(crate) fn retry_after(headers: &Headers) -> Option<Duration> {
    let milliseconds = ["retry-after-ms", "x-ms-retry-after-ms", "x-amz-retry-after"]
        .iter()
        .find_map(|name| number(headers.get(name)?));
    if let Some(milliseconds) = milliseconds {
        return Duration::try_from_secs_f64(milliseconds / 1000.0).ok();
    }
    let value = headers.get("retry-after")?;
    match number(value) {
        Some(seconds) => Duration::try_from_secs_f64(seconds).ok(),
        None => until(date(value)?, headers),
    }
}

/// Measures a date against the server's clock, not against ours.
fn until(date: Timestamp, headers: &Headers) -> Option<Duration> {
    let now = self::date(headers.get("date")?)?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// A date of HTTP (RFC 9110, section 5.6.7).
pub(crate) fn date(value: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(value).ok()
}

/// A number that is not negative.
pub(crate) fn number(value: &str) -> Option<f64> {
    value
        .trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::{Duration, Headers, Hint, retry_after};

    #[test]
    fn servers_say_whether_to_try_again() {
        for (name, value, expected) in [
            ("x-should-retry", "true", Some(true)),
            ("Stripe-Should-Retry", "false", Some(false)),
            ("x-should-retry", "perhaps", None),
            ("x-other", "true", None),
        ] {
            let headers = Headers::from_iter([(name, value)]);
            assert_eq!(Hint::of(&headers).should, expected, "{name}: {value}");
        }
    }

    #[test]
    fn every_form() {
        for (headers, expected) in [
            (vec![("Retry-After", "120")], Some(120_000)),
            (vec![("Retry-After", "0.5")], Some(500)),
            (
                vec![("Retry-After", "9"), ("retry-after-ms", "250")],
                Some(250),
            ),
            (
                vec![
                    ("Date", "Tue, 24 Nov 2026 10:00:00 GMT"),
                    ("Retry-After", "Tue, 24 Nov 2026 10:00:30 GMT"),
                ],
                Some(30_000),
            ),
            (
                vec![
                    ("Date", "Tue, 24 Nov 2026 10:00:00 GMT"),
                    ("Retry-After", "Tue, 24 Nov 2026 09:00:00 GMT"),
                ],
                Some(0),
            ),
            (vec![("Retry-After", "Tue, 24 Nov 2026 10:00:30 GMT")], None),
            (vec![("Retry-After", "soon")], None),
            (vec![("Retry-After", "-1")], None),
            (vec![("Retry-After", "1e300")], None),
            (vec![], None),
        ] {
            let headers = Headers::from_iter(headers);
            assert_eq!(
                retry_after(&headers),
                expected.map(Duration::from_millis),
                "{headers:?}"
            );
        }
    }
}

//! What the headers of an answer say of a quota.

use std::time::Duration;

use crate::retry::{date, number};
use crate::transport::Headers;

/// What a server says of its quota.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Feedback {
    /// Requests per second for good.
    pub(super) rate: Option<f64>,
    /// Nothing is left; how long it takes until something is.
    pub(super) empty_for: Option<Duration>,
}

/// Pairs of headers: what is left, and how long it takes until the quota is there again.
const DIALECTS: [(&str, &str); 4] = [
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
    (
        "x-ratelimit-remaining-requests",
        "x-ratelimit-reset-requests",
    ),
];

/// A reset beyond this many seconds is a point in time.
const LONGEST_SPAN: f64 = 10_000_000.0;

impl Feedback {
    /// Reads headers; what is malformed is ignored, as the IETF's draft wants it.
    pub(crate) fn of(headers: &Headers) -> Self {
        // Most answers say nothing, and are asked one by one for none of the names.
        if !headers.iter().any(|(name, _)| is_of_quota(name)) {
            return Self::default();
        }
        let rate = headers.get("x-amzn-ratelimit-limit").and_then(number);
        let empty_for = ietf(headers).or_else(|| dialect(headers));
        Self {
            rate: rate.filter(|rate| *rate > 0.0),
            empty_for,
        }
    }

    /// Adds how long the server asks to wait where it turned a request away.
    pub(crate) fn or_wait(mut self, wait: Option<Duration>) -> Self {
        self.empty_for = self.empty_for.max(wait);
        self
    }

    /// Whether nothing is left for now.
    pub(crate) fn is_empty(&self) -> bool {
        self.empty_for.is_some()
    }

    pub(crate) fn says_something(&self) -> bool {
        self.rate.is_some() || self.empty_for.is_some()
    }
}

fn is_of_quota(name: &str) -> bool {
    matches!(name.as_bytes().first(), Some(b'x' | b'X' | b'r' | b'R'))
        && name
            .as_bytes()
            .windows(4)
            .any(|part| part.eq_ignore_ascii_case(b"rate"))
}

/// `RateLimit: "default";r=0;t=30` of draft-ietf-httpapi-ratelimit-headers: of several, the longest wait counts.
fn ietf(headers: &Headers) -> Option<Duration> {
    let text = headers.get("ratelimit")?;
    let policies = text.split(',').filter_map(|policy| {
        let parameter = |name: &str| {
            let mut parameters = policy.split(';').skip(1);
            parameters.find_map(|it| number(it.trim().strip_prefix(name)?.strip_prefix('=')?))
        };
        let is_empty = parameter("r")? < 1.0;
        is_empty.then(|| span(parameter("t")?)).flatten()
    });
    policies.max()
}

fn dialect(headers: &Headers) -> Option<Duration> {
    DIALECTS.iter().find_map(|(remaining, reset)| {
        let is_empty = number(headers.get(remaining)?)? < 1.0;
        let reset = headers.get(reset)?;
        is_empty.then(|| self::reset(reset, headers)).flatten()
    })
}

/// Seconds that are left, a point in time (by the server's clock), or a duration such as `6m0s`.
fn reset(text: &str, headers: &Headers) -> Option<Duration> {
    match number(text) {
        Some(seconds) if seconds <= LONGEST_SPAN => span(seconds),
        Some(time) => {
            // Some give it in milliseconds.
            let time = if time > 1e11 { time / 1e3 } else { time };
            let now = date(headers.get("date")?)?;
            span((time - now.as_second() as f64).max(0.0))
        }
        None => text.parse::<jiff::SignedDuration>().ok()?.try_into().ok(),
    }
}

fn span(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

//! Times as people read them.

use std::time::Duration;

use attache_runtime::jiff::Timestamp;

/// A time since 1970, as a date (RFC 3339).
pub(super) fn date(time: Duration) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let date = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    date.to_string()
}

/// A date, and how far it is from now: `2026-11-28T15:00:00Z (in 59 minutes)`.
pub(super) fn shown(time: Duration, now: Duration) -> String {
    let distance = match time.checked_sub(now) {
        Some(ahead) => format!("in {}", span(ahead)),
        None => format!("{} ago", span(now - time)),
    };
    format!("{} ({distance})", date(time))
}

/// The largest unit of which there are two, so that little is lost.
fn span(span: Duration) -> String {
    let seconds = span.as_secs();
    let (number, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_now() {
        let now = Duration::from_secs(1_764_000_000);
        for (seconds, expected) in [
            (1, "2025-11-24T16:00:01Z (in 1 second)"),
            (119, "2025-11-24T16:01:59Z (in 119 seconds)"),
            (3_599, "2025-11-24T16:59:59Z (in 59 minutes)"),
            (7_200, "2025-11-24T18:00:00Z (in 2 hours)"),
            (172_800, "2025-11-26T16:00:00Z (in 2 days)"),
        ] {
            assert_eq!(shown(now + Duration::from_secs(seconds), now), expected);
        }
        let past = now - Duration::from_secs(180);
        assert_eq!(shown(past, now), "2025-11-24T15:57:00Z (3 minutes ago)");
    }
}

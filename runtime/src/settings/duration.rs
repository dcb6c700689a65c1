//! How long something may take, as people write it.

use std::time::Duration;

use jiff::SignedDuration;

/// Reads a number of seconds, or numbers with units: `30`, `2.5`, `500ms`, `1m 30s`. Zero is no time to do anything in.
pub(super) fn read(text: &str) -> Option<Duration> {
    let text = text.trim();
    let duration = match text.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok()?,
        Err(_) => text.parse::<SignedDuration>().ok()?.try_into().ok()?,
    };
    (duration > Duration::ZERO).then_some(duration)
}

#[cfg(test)]
mod tests {
    use super::{Duration, read};

    #[test]
    fn seconds_and_units() {
        for (text, milliseconds) in [
            ("30", 30_000),
            (" 2.5 ", 2_500),
            ("500ms", 500),
            ("1m 30s", 90_000),
            ("PT2S", 2_000),
        ] {
            assert_eq!(
                read(text),
                Some(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in ["", "0", "-1", "-5s", "soon", "inf", "NaN", "1e300"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

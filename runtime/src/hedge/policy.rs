//! The policy: after which time, and for what.

use std::time::Duration;

use crate::retry::RetryClass;

/// Sends a second request beside one that takes long, and takes the answer that comes first.
///
/// It cuts off the longest waits of servers that are quick most of the time; a good delay is what 95 of 100 calls take,
/// which [`Client::usage`](crate::Client::usage) tells. Only operations that change nothing (`GET`, or what the
/// description or the settings call safe) are sent twice, the second request counts as an attempt of
/// [`Retry`](crate::Retry), and it is left out where the retry budget, the circuit, the quota or the places for requests
/// have nothing to spare.
///
/// ```
/// use attache_runtime::Hedge;
/// use std::time::Duration;
///
/// let hedge = Hedge::after(Duration::from_millis(300));
/// # let _ = hedge;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hedge {
    delay: Duration,
}

impl Hedge {
    /// Sends the second request when the first has gone without an answer for so long.
    pub const fn after(delay: Duration) -> Self {
        Self { delay }
    }

    /// For how long the request that has just been counted may go without an answer; none where it stays alone.
    pub(crate) fn delay(&self, class: RetryClass, attempts: u32, most: u32) -> Option<Duration> {
        (class == RetryClass::Safe && attempts < most).then_some(self.delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_safe_and_within_the_attempts() {
        let delay = Duration::from_millis(1);
        let hedge = Hedge::after(delay);
        for (class, attempts, most, expected) in [
            (RetryClass::Safe, 1, 3, Some(delay)),
            (RetryClass::Safe, 3, 3, None),
            (RetryClass::Idempotent, 1, 3, None),
            (RetryClass::IdempotentWithKey, 1, 3, None),
            (RetryClass::Unsafe, 1, 3, None),
        ] {
            assert_eq!(hedge.delay(class, attempts, most), expected);
        }
    }
}

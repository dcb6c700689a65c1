//! What an API allows.

use std::time::Duration;

/// How many requests an API takes: at a rate for good, and some at once.
///
/// ```
/// use attache_runtime::Quota;
///
/// // One request a minute, after twenty at once.
/// let orders = Quota::per_second(1.0 / 60.0, 20);
/// assert_eq!(orders.interval().as_secs(), 60);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quota {
    rate: f64,
    burst: u32,
}

/// Slower is not at all.
const SLOWEST: f64 = 1.0 / 86_400.0;
/// Faster is without a limit.
const FASTEST: f64 = 1e9;

impl Quota {
    /// Takes requests per second for good, and how many there can be at once, at least one.
    ///
    /// A rate below one a day counts as that, one above 10⁹ a second as that.
    pub const fn per_second(rate: f64, burst: u32) -> Self {
        // What is no number is no rate either.
        let rate = if rate > SLOWEST { rate } else { SLOWEST };
        let rate = if rate < FASTEST { rate } else { FASTEST };
        let burst = if burst == 0 { 1 } else { burst };
        Self { rate, burst }
    }

    /// Returns the requests per second.
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// Returns how many requests there can be at once.
    pub const fn burst(&self) -> u32 {
        self.burst
    }

    /// Returns the time between two requests at this rate.
    pub fn interval(&self) -> Duration {
        Duration::from_secs_f64(1.0 / self.rate)
    }
}

//! The policy: when a circuit opens, for how long, and when it closes again.

use std::time::Duration;

use super::window::Counts;

/// When requests stop being sent to a server that fails, and how it is found out that it is back.
///
/// Each group of operations of each server has a circuit of its own. While it is open, calls fail at once. Then a few
/// requests are let through: when all of them are well, the circuit closes; when one is not, it opens for twice as long.
///
/// ```
/// use attache_runtime::Breaker;
/// use std::time::Duration;
///
/// let strict = Breaker::new().failure_rate(0.2).minimum_calls(10).slow_after(Duration::from_secs(5));
/// # let _ = (strict, Breaker::off());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Breaker {
    is_on: bool,
    failure_rate: f64,
    minimum_calls: u32,
    slow_after: Option<Duration>,
    open_for: Duration,
    open_at_most: Duration,
    probes: u32,
}

/// What came of a request, as far as the server is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Well,
    Fault,
    /// It says nothing of the server.
    Unknown,
}

impl Breaker {
    /// Returns the defaults, version 1: open when half of at least 20 requests in ten seconds fail, for five seconds,
    /// and then for twice as long each time, up to a minute; three requests show whether the server is back.
    pub const fn new() -> Self {
        Self {
            is_on: true,
            failure_rate: 0.5,
            minimum_calls: 20,
            slow_after: None,
            open_for: Duration::from_secs(5),
            open_at_most: Duration::from_secs(60),
            probes: 3,
        }
    }

    /// Never opens.
    pub const fn off() -> Self {
        let mut off = Self::new();
        off.is_on = false;
        off
    }

    /// Sets the share of requests, from 0 to 1, that have to fail within ten seconds.
    pub const fn failure_rate(mut self, share: f64) -> Self {
        self.failure_rate = share;
        self
    }

    /// Sets how many requests there have to be within ten seconds for their share to say anything; at least one.
    pub const fn minimum_calls(mut self, calls: u32) -> Self {
        self.minimum_calls = if calls == 0 { 1 } else { calls };
        self
    }

    /// Counts requests that take longer as failed.
    pub const fn slow_after(mut self, duration: Duration) -> Self {
        self.slow_after = Some(duration);
        self
    }

    /// Sets how long a circuit is open the first time.
    pub const fn open_for(mut self, duration: Duration) -> Self {
        self.open_for = duration;
        self
    }

    /// Sets how long it is open at the most.
    pub const fn open_at_most(mut self, duration: Duration) -> Self {
        self.open_at_most = duration;
        self
    }

    /// Sets how many requests are let through to see whether the server is back; at least one.
    pub const fn probes(mut self, probes: u32) -> Self {
        self.probes = if probes == 0 { 1 } else { probes };
        self
    }

    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    pub(super) fn probe_count(&self) -> u32 {
        self.probes
    }

    /// What an outcome counts as, by how long it took.
    pub(super) fn judged(&self, outcome: Outcome, took: Duration) -> Outcome {
        let is_slow = self.slow_after.is_some_and(|limit| took > limit);
        match outcome {
            Outcome::Well if is_slow => Outcome::Fault,
            outcome => outcome,
        }
    }

    /// Whether these counts open a circuit.
    pub(super) fn opens(&self, counts: Counts) -> bool {
        counts.calls >= self.minimum_calls
            && f64::from(counts.faults) >= self.failure_rate * f64::from(counts.calls)
            && counts.faults > 0
    }

    /// How long a circuit is open that has been opened so often in a row, from 1.
    pub(super) fn open_time(&self, times: u32) -> Duration {
        let factor = 2_u32.checked_pow(times.saturating_sub(1));
        let time = factor.and_then(|factor| self.open_for.checked_mul(factor));
        time.unwrap_or(self.open_at_most).min(self.open_at_most)
    }
}

impl Default for Breaker {
    fn default() -> Self {
        Self::new()
    }
}

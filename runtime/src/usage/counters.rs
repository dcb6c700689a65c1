//! The counts of one operation.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::histogram::Histogram;
use super::{Ended, OperationUsage};

/// Each call is in one of the first five, so that most add to no more than they have to.
#[derive(Debug)]
pub(crate) struct Counters {
    successes: AtomicU64,
    refused: AtomicU64,
    failed: AtomicU64,
    unsent: AtomicU64,
    unanswered: AtomicU64,
    retries: AtomicU64,
    throttled: AtomicU64,
    bytes: AtomicU64,
    /// Microseconds.
    waited: AtomicU64,
    latency: Histogram,
}

impl Counters {
    pub(super) fn new() -> Self {
        let zero = || AtomicU64::new(0);
        Self {
            successes: zero(),
            refused: zero(),
            failed: zero(),
            unsent: zero(),
            unanswered: zero(),
            retries: zero(),
            throttled: zero(),
            bytes: zero(),
            waited: zero(),
            latency: Histogram::new(),
        }
    }

    pub(crate) fn add(&self, ended: &Ended) {
        let add = |count: &AtomicU64, number: u64| {
            if number > 0 {
                count.fetch_add(number, Ordering::Relaxed);
            }
        };
        add(&self.retries, u64::from(ended.attempts.saturating_sub(1)));
        add(&self.bytes, ended.bytes as u64);
        let waited = u64::try_from(ended.waited.as_micros()).unwrap_or(u64::MAX);
        add(&self.waited, waited);
        let kind = match ended.status {
            Some(200..=299) => &self.successes,
            Some(500..) => &self.failed,
            Some(_) => &self.refused,
            None if ended.attempts == 0 => &self.unsent,
            None => &self.unanswered,
        };
        add(kind, 1);
        add(&self.throttled, u64::from(ended.status == Some(429)));
        self.latency.add(ended.took);
    }

    pub(super) fn snapshot(&self, operation: &str) -> OperationUsage {
        let number = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let percentiles = self.latency.percentiles([0.5, 0.95, 0.99]);
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1e3;
        let at = |index: usize| percentiles.map(|all| milliseconds(all[index]));
        let (successes, refused) = (number(&self.successes), number(&self.refused));
        let (failed, unanswered) = (number(&self.failed), number(&self.unanswered));
        let (unsent, retries) = (number(&self.unsent), number(&self.retries));
        let sent = successes + refused + failed + unanswered;
        OperationUsage {
            operation: operation.to_owned(),
            calls: sent + unsent,
            successes,
            refused,
            failed,
            unsent,
            unanswered,
            attempts: sent + retries,
            retries,
            throttled: number(&self.throttled),
            bytes: number(&self.bytes),
            waited_ms: number(&self.waited) as f64 / 1e3,
            p50_ms: at(0),
            p95_ms: at(1),
            p99_ms: at(2),
        }
    }
}

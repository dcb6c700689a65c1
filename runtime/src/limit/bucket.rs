//! One bucket: a quota, and how much of it is used.

use std::time::Duration;

use super::{Feedback, Quota};
use crate::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Times are nanoseconds since the client was made, which last for 584 years.
#[derive(Debug)]
pub(super) struct Bucket {
    /// When the bucket will be full again, once all are sent that have a place.
    full_at: AtomicU64,
    /// The same, of those that have been sent.
    sent_full_at: AtomicU64,
    /// Nanoseconds from one request to the next; none for a bucket without a limit.
    interval: AtomicU64,
    burst: AtomicU32,
    /// Nothing is sent before; the server said so.
    closed_until: AtomicU64,
}

impl Bucket {
    pub(super) fn new(quota: Option<Quota>) -> Self {
        let bucket = Self {
            full_at: AtomicU64::new(0),
            sent_full_at: AtomicU64::new(0),
            interval: AtomicU64::new(0),
            burst: AtomicU32::new(1),
            closed_until: AtomicU64::new(0),
        };
        if let Some(quota) = quota {
            bucket
                .interval
                .store(nanoseconds(quota.interval()), Ordering::Release);
            bucket.burst.store(quota.burst(), Ordering::Release);
        }
        bucket
    }

    /// How long a request would have to wait.
    pub(super) fn wait(&self, now: u64, weight: u32) -> u64 {
        let (wait, _) = self.next(self.full_at.load(Ordering::Acquire), now, weight);
        wait.max(self.closed(now))
    }

    /// Takes the place of a request, and says how long it has to wait for it.
    ///
    /// A place is not given back: whoever came later has been told a time by it. One of a weight of three counts as
    /// three requests.
    pub(super) fn reserve(&self, now: u64, weight: u32) -> u64 {
        let mut known = self.full_at.load(Ordering::Acquire);
        loop {
            let (wait, full_at) = self.next(known, now, weight);
            let swapped = self.full_at.compare_exchange_weak(
                known,
                full_at,
                Ordering::AcqRel,
                Ordering::Acquire,
            );
            match swapped {
                Ok(_) => return wait.max(self.closed(now)),
                Err(other) => known = other,
            }
        }
    }

    /// How long a request has still to wait that is about to be sent.
    pub(super) fn overdue(&self, now: u64, weight: u32) -> u64 {
        let (wait, _) = self.next(self.sent_full_at.load(Ordering::Acquire), now, weight);
        wait.max(self.closed(now))
    }

    /// Takes note that a request is sent; nobody else does so at the same time.
    pub(super) fn send(&self, now: u64, weight: u32) {
        let (_, full_at) = self.next(self.sent_full_at.load(Ordering::Acquire), now, weight);
        self.sent_full_at.store(full_at, Ordering::Release);
    }

    /// How long the server wants no request at all.
    pub(super) fn closed(&self, now: u64) -> u64 {
        self.closed_until
            .load(Ordering::Acquire)
            .saturating_sub(now)
    }

    /// Sends nothing before a time, and then one request after the other.
    pub(super) fn close(&self, until: u64) {
        self.closed_until.fetch_max(until, Ordering::AcqRel);
        let interval = self.interval.load(Ordering::Acquire);
        let burst = u64::from(self.burst.load(Ordering::Acquire));
        let empty = until.saturating_add(interval.saturating_mul(burst.saturating_sub(1)));
        self.full_at.fetch_max(empty, Ordering::AcqRel);
        self.sent_full_at.fetch_max(empty, Ordering::AcqRel);
    }

    /// Learns from an answer.
    pub(super) fn learn(&self, feedback: &Feedback, now: u64) {
        if let Some(rate) = feedback.rate
            && self.is_limited()
        {
            self.correct(rate);
        }
        if let Some(span) = feedback.empty_for {
            self.close(now.saturating_add(nanoseconds(span)));
        }
    }

    /// How many requests there can be at once, where there is a limit.
    pub(super) fn left(&self, now: u64) -> Option<f64> {
        if self.closed(now) > 0 {
            return Some(0.0);
        }
        let interval = self.interval.load(Ordering::Acquire);
        let missing = self.full_at.load(Ordering::Acquire).saturating_sub(now);
        let burst = f64::from(self.burst.load(Ordering::Acquire));
        (interval > 0).then(|| burst - missing as f64 / interval as f64)
    }

    /// Takes another rate from the server; the burst stays.
    fn correct(&self, rate: f64) {
        let burst = self.burst.load(Ordering::Acquire);
        let interval = nanoseconds(Quota::per_second(rate, burst).interval());
        self.interval.store(interval, Ordering::Release);
    }

    /// Requests per second, where there is a limit.
    pub(super) fn rate(&self) -> Option<f64> {
        let interval = self.interval.load(Ordering::Acquire);
        (interval > 0).then(|| 1e9 / interval as f64)
    }

    fn is_limited(&self) -> bool {
        self.interval.load(Ordering::Acquire) > 0
    }

    /// The wait of the next request, and when the bucket is full after it.
    fn next(&self, full_at: u64, now: u64, weight: u32) -> (u64, u64) {
        let interval = self.interval.load(Ordering::Acquire);
        let burst = u64::from(self.burst.load(Ordering::Acquire));
        // What is more than a full bucket would never be let through.
        let weight = u64::from(weight).clamp(1, burst);
        let full_at = full_at.max(now);
        let full_at = full_at.saturating_add(interval.saturating_mul(weight));
        let allowed_at = full_at.saturating_sub(interval.saturating_mul(burst));
        (allowed_at.saturating_sub(now), full_at)
    }
}

pub(super) fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

//! How long calls took, in steps of a fifth.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Each step is this much longer than the one before it.
const STEP: f64 = 1.2;
/// The first step, in microseconds.
const FIRST: f64 = 10.0;
/// The last step begins beyond an hour.
const STEPS: usize = 112;
/// Where each step but the last ends, in nanoseconds: to look it up costs less than a logarithm.
static ENDS: [u64; STEPS - 1] = ends();

const fn ends() -> [u64; STEPS - 1] {
    let mut ends = [0; STEPS - 1];
    let (mut step, mut microseconds) = (0, FIRST);
    while step < ends.len() {
        ends[step] = (microseconds * 1e3) as u64;
        microseconds *= STEP;
        step += 1;
    }
    ends
}

#[derive(Debug)]
pub(super) struct Histogram {
    counts: [AtomicU64; STEPS],
}

impl Histogram {
    pub(super) fn new() -> Self {
        Self {
            counts: std::array::from_fn(|_| AtomicU64::new(0)),
        }
    }

    pub(super) fn add(&self, duration: Duration) {
        let nanoseconds = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        let step = ENDS.partition_point(|end| *end < nanoseconds);
        self.counts[step].fetch_add(1, Ordering::Relaxed);
    }

    /// The durations that these shares of all are no longer than, to a fifth; none where there is nothing.
    pub(super) fn percentiles<const N: usize>(&self, shares: [f64; N]) -> Option<[Duration; N]> {
        let counts: Vec<u64> = self
            .counts
            .iter()
            .map(|it| it.load(Ordering::Relaxed))
            .collect();
        let all: u64 = counts.iter().sum();
        if all == 0 {
            return None;
        }
        Some(shares.map(|share| {
            let wanted = (share * all as f64).ceil().max(1.0) as u64;
            let mut sum = 0;
            let step = counts.iter().position(|count| {
                sum += count;
                sum >= wanted
            });
            let microseconds = FIRST * STEP.powi(step.unwrap_or(STEPS - 1) as i32);
            Duration::from_secs_f64(microseconds / 1e6)
        }))
    }
}

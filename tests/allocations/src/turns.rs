//! Turns of what is measured: the best time of several runs, and the allocations of each.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use crate::Counting;

const TURNS: u32 = 100_000;
const RUNS: u32 = 7;

/// Runs a future that never waits.
///
/// # Panics
/// When it does.
pub fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

impl Counting {
    /// Returns time and allocations of one turn, the best time of several runs.
    pub fn measure(&self, mut turn: impl FnMut()) -> (Duration, f64) {
        let mut best = Duration::MAX;
        let mut allocations = 0.0;
        for _ in 0..RUNS {
            let before = self.count();
            let begun = Instant::now();
            (0..TURNS).for_each(|_| turn());
            best = best.min(begun.elapsed() / TURNS);
            let made = self.count() - before;
            allocations = made as f64 / f64::from(TURNS);
        }
        (best, allocations)
    }
}

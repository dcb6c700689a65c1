//! A clock for tests, which moves only when it is told to.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use super::Clock;
use crate::transport::BoxFuture;

/// A clock that stands still until [`advance`](ManualClock::advance) is called.
///
/// Copies of one clock show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    now: Instant,
    sleepers: Vec<Waker>,
}

impl ManualClock {
    /// Returns a clock that stands still.
    pub fn new() -> Self {
        Self {
            state: Arc::new(Mutex::new(State {
                now: Instant::now(),
                sleepers: Vec::new(),
            })),
        }
    }

    /// Moves the time forward and wakes everyone who waits.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now += duration;
        let sleepers = std::mem::take(&mut state.sleepers);
        drop(state);
        sleepers.into_iter().for_each(Waker::wake);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        self.state().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        let end = self.now().checked_add(duration);
        Box::pin(poll_fn(move |context| {
            let mut state = clock.state();
            if end.is_some_and(|end| state.now >= end) {
                return Poll::Ready(());
            }
            if !state
                .sleepers
                .iter()
                .any(|sleeper| sleeper.will_wake(context.waker()))
            {
                state.sleepers.push(context.waker().clone());
            }
            Poll::Pending
        }))
    }
}

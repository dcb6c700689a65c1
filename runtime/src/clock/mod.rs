//! Time, as the call path sees it: never taken from the system directly.
//!
//! Input: nothing, or a duration to wait; what servers say that it is.
//! Output: the time now, or a future that is ready when the wait is over; how far the clocks of servers are off.
//! Invariants: `now` never goes back.
//! Never: a real sleep while a [`ManualClock`] is in use.

mod manual;
mod skew;
mod system;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::transport::BoxFuture;

pub use manual::ManualClock;
pub use skew::ClockSkews;
pub(crate) use skew::{Correction, SignedAt};
pub use system::SystemClock;

/// Tells the time and waits; tests put in a clock of their own.
pub trait Clock: Send + Sync + 'static {
    /// Returns the time now, for measuring.
    fn now(&self) -> Instant;

    /// Returns a future that is ready once `duration` has passed.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns the time since 1970 (UTC), for what is signed; unlike [`now`](Self::now) it may go back.
    fn unix_time(&self) -> Duration {
        let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        time.unwrap_or_default()
    }
}

impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> Instant {
        (**self).now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }

    fn unix_time(&self) -> Duration {
        (**self).unix_time()
    }
}

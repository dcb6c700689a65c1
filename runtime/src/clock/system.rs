//! The clock of the machine.

use std::time::{Duration, Instant};

use super::Clock;
use crate::transport::BoxFuture;

/// The clock of the machine; waits with tokio's timer, so it needs a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

//! The time that a call has.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::transport::BoxFuture;

/// The time that a call, or an attempt, has in all.
#[derive(Clone, Copy)]
pub(super) struct Deadline<'c> {
    clock: &'c dyn Clock,
    started: Instant,
    timeout: Duration,
}

/// What wakes a task at its deadline; set when something takes its time first, since what is done at once needs none.
///
/// The mutex is never locked: it lets what holds the timer be shared between threads.
#[derive(Default)]
pub(super) struct Timer(Mutex<Option<BoxFuture<'static, ()>>>);

impl<'c> Deadline<'c> {
    pub(super) fn begin(clock: &'c dyn Clock, timeout: Duration) -> Self {
        Self {
            clock,
            started: clock.now(),
            timeout,
        }
    }

    pub(super) fn started(&self) -> Instant {
        self.started
    }

    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.elapsed_at(self.clock.now())
    }

    pub(super) fn elapsed_at(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.started)
    }

    pub(super) fn left(&self) -> Duration {
        self.left_at(self.clock.now())
    }

    pub(super) fn left_at(&self, now: Instant) -> Duration {
        self.timeout.saturating_sub(self.elapsed_at(now))
    }

    /// Waits for `future`, but gives it up when the time is over first.
    pub(super) fn before<T>(
        &self,
        timer: &mut Timer,
        mut future: impl Future<Output = T> + Unpin,
    ) -> impl Future<Output = Option<T>> {
        poll_fn(move |context| match Pin::new(&mut future).poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => {
                let over = timer.poll(context, || self.clock.sleep(self.left()));
                over.map(|()| None)
            }
        })
    }
}

impl Timer {
    /// Polls the timer, which is set now if it has not been.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        set: impl FnOnce() -> BoxFuture<'static, ()>,
    ) -> Poll<()> {
        let timer = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        timer.get_or_insert_with(set).as_mut().poll(context)
    }
}

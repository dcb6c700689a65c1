//! Two attempts side by side, of which the quicker one counts.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tracing::Span;

use super::attempt::{Attempt, Attempted, Sending};
use super::deadline::{Deadline, Timer};
use super::outcome::event;
use crate::retry::TRANSIENT_COST;

/// Sends a second request where the first has no answer after the delay, if nothing holds it up, and says whether it
/// did. The first success counts, and the other request is given up; of two failures, the first.
pub(super) async fn hedged(
    mut attempt: Attempt<'_, '_>,
    (span, sending): (Span, Sending<'_>),
    delay: Duration,
) -> (Attempted, bool) {
    let (run, draft) = (attempt.run, attempt.draft);
    let mut first = pin!(attempt.settle(&span, sending));
    let patience = Deadline::begin(&*run.shared.clock, delay);
    let mut timer = Timer::default();
    let early = patience.before(&mut timer, first.as_mut()).await;
    if let Some(attempted) = early {
        return (attempted, false);
    }
    let pass = run.at_once(draft);
    let Some(pass) = pass.filter(|_| run.shared.retry_budget.take(TRANSIENT_COST)) else {
        return (first.await, false);
    };
    let mut second = Attempt::beside(run, draft, pass);
    let (span, sending) = second.begin(None);
    let mut second = pin!(second.settle(&span, sending));
    let (mut of_first, mut of_second) = (None, None);
    let quicker = poll_fn(|context| {
        if of_first.is_none()
            && let Poll::Ready(attempted) = first.as_mut().poll(context)
        {
            if event(&attempted.outcome).is_none() {
                return Poll::Ready(attempted);
            }
            of_first = Some(attempted);
        }
        if of_second.is_none()
            && let Poll::Ready(attempted) = second.as_mut().poll(context)
        {
            if event(&attempted.outcome).is_none() {
                return Poll::Ready(attempted);
            }
            of_second = Some(attempted);
        }
        match of_second.is_some() {
            true => of_first.take().map_or(Poll::Pending, Poll::Ready),
            false => Poll::Pending,
        }
    });
    (quicker.await, true)
}

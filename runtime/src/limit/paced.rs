//! Many calls, at the pace of their quotas.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use crate::call::{Pending, PendingRaw, PendingResponse};
use crate::transport::BoxFuture;

/// A call that can tell how long its quotas would make it wait.
pub trait Paced: Future + Unpin {
    /// Returns the wait, or zero where the call could be sent at once.
    fn quota_wait(&self) -> Duration;

    /// Returns what wakes a task after a time, by the clock of the call's client.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// Makes many calls side by side, each when the quota lets it through, and yields what they come to in their order.
///
/// A call begins, and with it its timeout, when its turn has come, so that a thousand calls under a quota of one a second
/// take a quarter of an hour, and none fails because it would have had to wait for too long. No more than `most` are
/// under way at once, which counts where answers come more slowly than the quota lets calls through.
///
/// The calls come from a stream, or from an iterator with [`paced`].
///
/// ```
/// # async fn example(client: attache_runtime::Client) {
/// use attache_runtime::limit::{buffered_by_quota, paced};
/// use attache_runtime::{Json, OperationMeta, Undocumented};
/// use std::pin::pin;
///
/// static GET_PARCEL: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/{id}");
///
/// let calls = (1..=1_000).map(|id| {
///     let mut call = client.call(&GET_PARCEL);
///     call.path::<i64>("id", id);
///     call.send::<Json, Undocumented>()
/// });
/// let mut parcels = pin!(buffered_by_quota(paced(calls), 16));
/// # }
/// ```
pub fn buffered_by_quota<S>(calls: S, most: usize) -> BufferedByQuota<S>
where
    S: Stream + Unpin,
    S::Item: Paced,
{
    BufferedByQuota {
        calls: Some(calls),
        next: None,
        begun: VecDeque::new(),
        most: most.max(1),
        timer: None,
    }
}

/// The calls of an iterator, as a stream.
pub fn paced<I: IntoIterator>(calls: I) -> Calls<I::IntoIter> {
    Calls(calls.into_iter())
}

/// A stream that yields what an iterator has.
#[derive(Clone, Debug)]
pub struct Calls<I>(I);

impl<I: Iterator + Unpin> Stream for Calls<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// What many calls come to; made by [`buffered_by_quota`].
#[must_use = "streams do nothing unless polled"]
pub struct BufferedByQuota<S: Stream>
where
    S::Item: Future,
{
    /// None when there are no more.
    calls: Option<S>,
    /// The one whose turn is next.
    next: Option<S::Item>,
    /// In their order.
    begun: VecDeque<Begun<S::Item>>,
    most: usize,
    /// Until the turn of the next one.
    timer: Option<BoxFuture<'static, ()>>,
}

enum Begun<F: Future> {
    Running(F),
    Done(F::Output),
}

impl<S> BufferedByQuota<S>
where
    S: Stream + Unpin,
    S::Item: Paced,
{
    /// Begins calls for as long as there are some, and none has to wait.
    fn begin(&mut self, context: &mut Context<'_>) {
        loop {
            // What is done and has not been fetched counts too, or a slow reader would have all of it in memory.
            if self.begun.len() >= self.most {
                return;
            }
            if self.next.is_none() {
                let Some(calls) = &mut self.calls else {
                    return;
                };
                match Pin::new(calls).poll_next(context) {
                    Poll::Pending => return,
                    Poll::Ready(None) => {
                        self.calls = None;
                        return;
                    }
                    Poll::Ready(Some(call)) => self.next = Some(call),
                }
            }
            let Some(mut call) = self.next.take() else {
                return;
            };
            if !self.has_come(&call, context) {
                self.next = Some(call);
                return;
            }
            // Its first step takes its place in the quota, which the next one has to see.
            let begun = match Pin::new(&mut call).poll(context) {
                Poll::Ready(output) => Begun::Done(output),
                Poll::Pending => Begun::Running(call),
            };
            self.begun.push_back(begun);
        }
    }

    /// Whether the turn of a call has come; a timer is set where it has not.
    fn has_come(&mut self, call: &S::Item, context: &mut Context<'_>) -> bool {
        loop {
            let wait = call.quota_wait();
            if wait.is_zero() {
                self.timer = None;
                return true;
            }
            let timer = self.timer.get_or_insert_with(|| call.sleep(wait));
            if timer.as_mut().poll(context).is_pending() {
                return false;
            }
            self.timer = None;
        }
    }
}

impl<S> Stream for BufferedByQuota<S>
where
    S: Stream + Unpin,
    S::Item: Paced,
    <S::Item as Future>::Output: Unpin,
{
    type Item = <S::Item as Future>::Output;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        for begun in &mut this.begun {
            if let Begun::Running(call) = begun
                && let Poll::Ready(output) = Pin::new(call).poll(context)
            {
                *begun = Begun::Done(output);
            }
        }
        this.begin(context);
        if let Some(Begun::Done(_)) = this.begun.front()
            && let Some(Begun::Done(output)) = this.begun.pop_front()
        {
            return Poll::Ready(Some(output));
        }
        let is_over = this.begun.is_empty() && this.next.is_none() && this.calls.is_none();
        match is_over {
            true => Poll::Ready(None),
            false => Poll::Pending,
        }
    }
}

impl<S: Stream> fmt::Debug for BufferedByQuota<S>
where
    S::Item: Future,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufferedByQuota")
            .field("begun", &self.begun.len())
            .finish_non_exhaustive()
    }
}

macro_rules! paced {
    ($($name:ident $(<$($parameter:ident),*>)?)*) => {$(
        impl $(<$($parameter),*>)? Paced for $name $(<$($parameter),*>)? where Self: Future {
            fn quota_wait(&self) -> Duration {
                self.begun().quota_wait()
            }

            fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
                self.begun().sleep(duration)
            }
        }
    )*};
}

paced! { Pending<T, E> PendingResponse<T, E, H> PendingRaw }

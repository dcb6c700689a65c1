//! The stream of pages.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pager::Pager;
use super::{Continuation, Page, Pagination};
use crate::call::{Call, decode};
use crate::error::Error;
use crate::response::FromResponse;

/// The pages of an operation, each fetched when it is asked for.
///
/// It is a [`Stream`], and [`next`](Pages::next) needs no trait. Dropping it gives up the request
/// that is under way. After an error there are no more pages.
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<T, E> {
    pager: Pager,
    decoded: PhantomData<fn() -> (T, E)>,
}

impl<T, E> Pages<T, E> {
    pub(crate) fn new(call: Call, scheme: &'static Pagination) -> Self {
        Self {
            pager: Pager::new(call, scheme),
            decoded: PhantomData,
        }
    }

    /// Begins at a page whose continuation was kept, instead of at the first one.
    ///
    /// The arguments of the request have to be the ones it had then. A continuation of another
    /// operation makes the first page an error.
    pub fn resume(mut self, from: Continuation) -> Self {
        self.pager.resume(from);
        self
    }

    /// Ends after so many pages; [`continuation`](Pages::continuation) then says where to go on.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pager.limit(pages);
        self
    }

    /// Returns where the page begins that comes next; nothing after the last.
    ///
    /// After an error that is the page that could not be had.
    pub fn continuation(&self) -> Option<Continuation> {
        self.pager.continuation()
    }
}

impl<T: FromResponse, E: FromResponse> Pages<T, E> {
    /// Fetches the next page; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error<E>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Where the page begins that arrived last.
    pub(super) fn beginning(&self) -> Continuation {
        self.pager.beginning()
    }

    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error<E>>>> {
        // The pager counts on when a page has arrived.
        let before = self.pager.number();
        let Some(outcome) = ready!(self.pager.poll(context)) else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(match decode(outcome) {
            Ok(response) => Ok(Page {
                number: before,
                response,
                continuation: self.pager.next_place(),
            }),
            Err(error) => {
                self.pager.fail();
                Err(error.on_page(before))
            }
        }))
    }
}

impl<T: FromResponse, E: FromResponse> Stream for Pages<T, E> {
    type Item = Result<Page<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("next", &self.continuation())
            .finish_non_exhaustive()
    }
}

//! The stream of items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::{Continuation, Pages};
use crate::error::Error;
use crate::response::FromResponse;

/// The items of all pages of an operation, one after the other; a page is fetched when its first item is asked for.
///
/// It is a [`Stream`], and [`next`](Items::next) needs no trait. Dropping it gives up the request
/// that is under way. After an error there are no more items.
#[must_use = "items are fetched when they are asked for"]
pub struct Items<T, I, E> {
    pages: Pages<T, E>,
    list: fn(T) -> Option<Vec<I>>,
    current: IntoIter<I>,
    /// Where the page begins whose items are given out.
    page: Option<Continuation>,
}

impl<T, I, E> Items<T, I, E> {
    /// Makes it of pages, and of how the items are taken out of one.
    pub fn new(pages: Pages<T, E>, list: fn(T) -> Option<Vec<I>>) -> Self {
        Self {
            pages,
            list,
            current: Vec::new().into_iter(),
            page: None,
        }
    }

    /// Begins at a page whose continuation was kept, instead of at the first one.
    ///
    /// The arguments of the request have to be the ones it had then.
    pub fn resume(mut self, from: Continuation) -> Self {
        self.pages = self.pages.resume(from);
        self
    }

    /// Ends after the items of so many pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// Returns where the page begins whose items are not all given out yet, or the next one.
    ///
    /// Who resumes there sees some of the items of that page again, and loses none.
    pub fn continuation(&self) -> Option<Continuation> {
        match self.current.len() {
            0 => self.pages.continuation(),
            _ => self.page.clone(),
        }
    }
}

impl<T: FromResponse, I, E: FromResponse> Items<T, I, E> {
    /// Returns the next item, which may take fetching a page; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Fetches all pages and returns all items, which have to fit into memory.
    pub async fn all(mut self) -> Result<Vec<I>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error<E>>>> {
        loop {
            if let Some(item) = self.current.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    self.page = Some(self.pages.beginning());
                    self.current = (self.list)(page.into_body())
                        .unwrap_or_default()
                        .into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T, I, E> Stream for Items<T, I, E>
where
    T: FromResponse,
    I: Unpin,
    E: FromResponse,
{
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T, I, E> fmt::Debug for Items<T, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("at_hand", &self.current.len())
            .finish_non_exhaustive()
    }
}

//! One page.

use std::fmt;
use std::ops::Deref;

use super::Continuation;
use crate::response::Response;

/// One page: the decoded body, which can be used through the page, and where the next page begins.
///
/// `Debug` shows neither the body nor the token.
#[derive(Clone)]
pub struct Page<T> {
    pub(super) number: u64,
    pub(super) response: Response<T>,
    pub(super) continuation: Option<Continuation>,
}

impl<T> Page<T> {
    /// Returns the number of the page; the first one fetched has number 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns where the next page begins; nothing on the last page, and where what the server says cannot be
    /// followed, which the next page then is an error about.
    pub fn continuation(&self) -> Option<&Continuation> {
        self.continuation.as_ref()
    }

    /// Returns the whole response.
    pub fn response(&self) -> &Response<T> {
        &self.response
    }

    /// Returns the body and drops the rest.
    pub fn into_body(self) -> T {
        self.response.into_body()
    }
}

impl<T> Deref for Page<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.response.body()
    }
}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("number", &self.number)
            .field("response", &self.response)
            .finish_non_exhaustive()
    }
}

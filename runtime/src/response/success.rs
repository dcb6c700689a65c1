//! A decoded answer.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::{Answer, FromHeaders};
use crate::json::DecodeError;
use crate::links::Link;
use crate::retry::Trace;
use crate::transport::Headers;

/// A decoded body, with everything else that the server said.
///
/// `Debug` shows neither the body nor secrets in the headers.
///
/// `H` is what the operation documents as headers of a success.
pub struct Response<T, H = ()> {
    answer: Answer,
    body: T,
    documented: PhantomData<fn() -> H>,
}

impl<T, H> Response<T, H> {
    pub(crate) fn new(answer: Answer, body: T) -> Self {
        Self {
            answer,
            body,
            documented: PhantomData,
        }
    }

    /// Returns the status code.
    pub fn status(&self) -> u16 {
        self.answer.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &Headers {
        self.answer.headers()
    }

    /// Returns the documented headers, decoded; one that is not there is none.
    ///
    /// # Errors
    /// A header is not what the API describes; [`headers`](Self::headers) has it as text.
    pub fn typed_headers(&self) -> Result<H, DecodeError>
    where
        H: FromHeaders,
    {
        self.headers().read()
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body and drops the rest.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns headers and body.
    pub fn into_parts(self) -> (Headers, T) {
        (self.answer.into_headers(), self.body)
    }

    /// Makes another body of the body.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U, H> {
        Response::new(self.answer, change(self.body))
    }

    /// Returns the answer as it came, with the bytes of its body.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// Returns a link by its name in the description; generated crates have a method for each.
    pub fn link<'r>(&'r self, name: &'r str) -> Link<'r> {
        Link::new(name, &self.answer)
    }

    /// Returns the id under which the server knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// Returns how often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.answer.attempts()
    }

    /// Returns what happened on the way.
    pub fn trace(&self) -> &Trace {
        self.answer.trace()
    }

    /// Returns how long the call took.
    pub fn elapsed(&self) -> Duration {
        self.answer.elapsed()
    }
}

impl<T: Clone, H> Clone for Response<T, H> {
    fn clone(&self) -> Self {
        Self::new(self.answer.clone(), self.body.clone())
    }
}

impl<T, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

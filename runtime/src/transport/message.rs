//! A request and an answer, as plain data.

use std::borrow::Cow;

use super::{Headers, ResponseBody, Url};
use crate::body::Body;

/// A request, complete.
///
/// `Debug` shows neither the body nor secrets in the address and the headers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TransportRequest {
    /// The method, in upper case.
    pub method: Cow<'static, str>,
    /// The address.
    pub url: Url,
    /// The headers.
    pub headers: Headers,
    /// The body; empty when there is none. Opening it again reads the same bytes again, if it is
    /// repeatable.
    pub body: Body,
}

/// An answer: its head, and a body that may still be arriving.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
    /// The body, as it goes over the wire.
    pub body: ResponseBody,
}

impl TransportResponse {
    /// Makes an answer.
    pub fn new(status: u16, headers: Headers, body: impl Into<ResponseBody>) -> Self {
        Self {
            status,
            headers,
            body: body.into(),
        }
    }
}

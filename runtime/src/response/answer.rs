//! An answer, not yet decoded.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::call::{Operation, OperationMeta};
use crate::error::InsufficientScope;
use crate::links::Sent;
use crate::retry::{Trace, retry_after};
use crate::transport::{Bytes, Headers};
use crate::xml::Shape;

/// Where servers put the id under which they know a request, most specific name first.
const REQUEST_ID_HEADERS: [&str; 8] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-github-request-id",
    "x-correlation-id",
    "cf-ray",
];

/// An answer of the server, whatever its status.
#[derive(Clone)]
pub struct Answer {
    operation: Operation,
    status: u16,
    headers: Headers,
    body: Bytes,
    attempts: u32,
    elapsed: Duration,
    sent: Option<Arc<Sent>>,
    trace: Trace,
    lacking: Option<Box<InsufficientScope>>,
}

impl Answer {
    pub(crate) fn new(operation: Operation, status: u16, headers: Headers, attempts: u32) -> Self {
        Self {
            operation,
            status,
            headers,
            body: Bytes::new(),
            attempts,
            elapsed: Duration::ZERO,
            sent: None,
            trace: Trace::default(),
            lacking: None,
        }
    }

    /// Returns the operation that was called.
    pub fn operation(&self) -> &OperationMeta {
        &self.operation
    }

    pub(crate) fn handle(&self) -> &Operation {
        &self.operation
    }

    /// Returns the status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns true for a status of 2xx.
    pub fn is_success(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// Returns the headers.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// Returns what happened on the way.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    pub(crate) fn set_trace(&mut self, trace: Trace) {
        self.trace = trace;
    }

    pub(crate) fn set_sent(&mut self, sent: Option<Arc<Sent>>) {
        self.sent = sent;
    }

    /// What was sent, where the operation has links.
    pub(crate) fn sent(&self) -> Option<&Sent> {
        self.sent.as_deref()
    }

    pub(crate) fn set_lacking(&mut self, lacking: Option<Box<InsufficientScope>>) {
        self.lacking = lacking;
    }

    /// Returns what is known of the scopes, where the server refused a token because it lacks one.
    pub fn insufficient_scope(&self) -> Option<&InsufficientScope> {
        self.lacking.as_deref()
    }

    pub(crate) fn set_body(&mut self, body: Bytes) {
        self.body = body;
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    pub(crate) fn set_elapsed(&mut self, elapsed: Duration) {
        self.elapsed = elapsed;
    }

    /// Returns the body, without the codings (gzip and the like) that it was sent in.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns how often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long the call took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the media type, without parameters, as the server gives it.
    pub fn media_type(&self) -> Option<&str> {
        let content_type = self.headers.get("content-type")?;
        Some(content_type.split(';').next().unwrap_or_default().trim())
    }

    /// Returns true if the media type is one of these, each of which may be a range like `text/*`.
    ///
    /// Parameters and case count for nothing. An answer without a media type is none of them.
    pub fn is_media_type(&self, names: &[&str]) -> bool {
        let Some(media_type) = self.media_type() else {
            return false;
        };
        names.iter().any(|name| {
            let name = name.split(';').next().unwrap_or_default().trim();
            match name.split_once('/') {
                Some(("*", "*")) => true,
                Some((kind, "*")) => media_type
                    .split_once('/')
                    .is_some_and(|(own, _)| own.eq_ignore_ascii_case(kind)),
                _ => media_type.eq_ignore_ascii_case(name),
            }
        })
    }

    /// Returns what the body looks like, if it is XML and the API's description says what it means.
    pub(super) fn xml_shape(&self) -> Option<Shape> {
        let media_type = self.media_type()?.to_ascii_lowercase();
        let is_xml = media_type.ends_with("/xml") || media_type.ends_with("+xml");
        let mut answers = self.operation.xml_answers.iter().filter(|_| is_xml);
        let (_, _, shape) = answers.find(|(from, to, _)| (*from..=*to).contains(&self.status))?;
        Some(shape())
    }

    /// Returns the id under which the server knows the request, for asking its operators.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID_HEADERS
            .iter()
            .find_map(|name| self.headers.get(name))
    }

    /// Returns how long the server asks to wait before trying again.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    pub(crate) fn into_headers(self) -> Headers {
        self.headers
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("operation", &self.operation.id())
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

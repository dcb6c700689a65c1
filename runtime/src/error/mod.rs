//! Why a call failed.
//!
//! Input: a failure of the call path, or an answer that is no success.
//! Output: one opaque error, asked by predicates.
//! Invariants: status, headers and body bytes of an answer are kept, also when decoding failed;
//! what `Display` and `Debug` print holds no secret, no body and no argument of the call.
//! Never: a type that tells callers which HTTP library is below.

mod failure;
mod insufficient_scope;

use std::fmt;
use std::time::Duration;

use crate::json::DecodeError;
use crate::response::{Answer, FromResponse};
use crate::retry::Trace;
use crate::transport::{Bytes, Headers, TransportErrorKind};

pub(crate) use failure::{Failure, FailureKind};
pub use insufficient_scope::InsufficientScope;

/// Why a call failed; `E` is what the operation documents as the bodies of errors.
///
/// Predicates say what kind of failure it is, accessors give what is known about it.
pub struct Error<E>(Box<Report<E>>);

struct Report<E> {
    failure: Failure,
    api: Option<E>,
}

impl<E> Error<E> {
    pub(crate) fn new(failure: Failure, api: Option<E>) -> Self {
        Self(Box::new(Report { failure, api }))
    }

    /// An answer that is no success, with its documented body if it can be read.
    pub(crate) fn refused(answer: Answer) -> Self
    where
        E: FromResponse,
    {
        match E::from_response(&answer) {
            Some(Ok(body)) => Self::new(Failure::refused(answer, None), Some(body)),
            Some(Err(error)) => Self::new(Failure::refused(answer, Some(error)), None),
            None => Self::new(Failure::refused(answer, None), None),
        }
    }

    /// Returns the documented body of the error, decoded.
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()
    }

    /// Returns the documented body of the error and drops the rest.
    pub fn into_api(self) -> Option<E> {
        self.0.api
    }

    pub(crate) fn on_page(mut self, page: u64) -> Self {
        self.0.failure.page = Some(page);
        self
    }

    /// Drops the documented body, so that errors of different operations get the same type.
    pub fn into_untyped(self) -> Error<crate::Undocumented> {
        Error::new(self.0.failure, None)
    }

    /// Returns true if the call took longer than it may.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind(),
            FailureKind::Timeout(_) | FailureKind::AttemptTimeout(_) | FailureKind::Silent(_)
        ) || self.is_transport(TransportErrorKind::Timeout)
    }

    /// Returns true if there was no connection to the server.
    pub fn is_connect(&self) -> bool {
        self.is_transport(TransportErrorKind::NotSent)
    }

    /// Returns true if the arguments or the configuration do not make a request; nothing was sent.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.kind(), FailureKind::InvalidRequest(_))
    }

    /// Returns true if the client has none of the credentials that the operation needs; nothing was sent.
    pub fn is_missing_credential(&self) -> bool {
        matches!(self.kind(), FailureKind::MissingCredential(_))
    }

    /// Returns true if a credential is there, and the token that it needs could not be fetched.
    pub fn is_no_token(&self) -> bool {
        matches!(self.kind(), FailureKind::NoToken(_))
    }

    /// Returns true if a [`KeySet`](crate::key_set::KeySet) is there, and none of its keys can be sent: all were refused,
    /// or their source has failed.
    pub fn is_no_key(&self) -> bool {
        matches!(self.kind(), FailureKind::NoKey(_))
    }

    /// Returns true if a quota would have made the call wait past its deadline; it was not sent.
    ///
    /// [`retry_after`](Self::retry_after) says when it could be.
    pub fn is_over_quota(&self) -> bool {
        matches!(self.kind(), FailureKind::OverQuota(..))
    }

    /// Returns true if the server has been failing, and is left alone for a while; it was not sent.
    ///
    /// [`retry_after`](Self::retry_after) says for how long.
    pub fn is_circuit_open(&self) -> bool {
        matches!(self.kind(), FailureKind::CircuitOpen(_))
    }

    /// Returns true if as many calls wait already as may; it was not sent.
    pub fn is_crowded(&self) -> bool {
        matches!(self.kind(), FailureKind::Crowded(_))
    }

    /// Returns true if there is a further page that cannot be followed: its position was there
    /// already, or its address is on another origin.
    pub fn is_paging(&self) -> bool {
        matches!(self.kind(), FailureKind::Paging(_))
    }

    /// Returns true if the server may have seen the request, and acted on it.
    pub fn was_sent(&self) -> bool {
        let was_sent_last = match self.kind() {
            FailureKind::InvalidRequest(_)
            | FailureKind::MissingCredential(_)
            | FailureKind::NoToken(_)
            | FailureKind::NoKey(_)
            | FailureKind::OverQuota(..)
            | FailureKind::CircuitOpen(_)
            | FailureKind::Crowded(_) => false,
            FailureKind::Paging(_) => self.answer().is_some(),
            FailureKind::Transport(error) => error.kind() != TransportErrorKind::NotSent,
            _ => self.attempts() > 0,
        };
        was_sent_last || self.trace().was_sent()
    }

    /// Returns true if a body is not what the API's description says.
    pub fn is_decode(&self) -> bool {
        self.decode_error().is_some()
    }

    /// Returns true if the server refused the request for there being too many (429).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    /// Returns true if the server refused the request as wrong (4xx).
    pub fn is_client_error(&self) -> bool {
        self.status()
            .is_some_and(|status| (400..=499).contains(&status))
    }

    /// Returns true if the server failed (5xx).
    pub fn is_server_error(&self) -> bool {
        self.status()
            .is_some_and(|status| (500..=599).contains(&status))
    }

    /// Returns true if the same call may succeed later and is safe to make again.
    ///
    /// A request that the server never saw, or turned away (429), is always safe; after any other
    /// failure only one whose method does nothing more when it is repeated.
    pub fn is_retryable(&self) -> bool {
        self.0.failure.is_retryable()
    }

    /// Returns the status code of the answer.
    pub fn status(&self) -> Option<u16> {
        self.answer().map(Answer::status)
    }

    /// Returns the headers of the answer.
    pub fn headers(&self) -> Option<&Headers> {
        self.answer().map(Answer::headers)
    }

    /// Returns the bytes of the answer's body.
    pub fn body(&self) -> Option<&Bytes> {
        self.answer().map(Answer::body)
    }

    /// Returns the answer, if there is one.
    pub fn answer(&self) -> Option<&Answer> {
        self.0.failure.answer.as_ref()
    }

    /// Returns why a body could not be decoded.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.0.failure.decode_error.as_ref()
    }

    /// Returns the id of the operation in the API's description.
    pub fn operation_id(&self) -> &str {
        self.0.failure.operation.id()
    }

    /// Returns the number of the page that was asked for, where an operation gives pages.
    pub fn page(&self) -> Option<u64> {
        self.0.failure.page
    }

    /// Returns how often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.failure.attempts
    }

    /// Returns how long the call took.
    pub fn elapsed(&self) -> Duration {
        self.0.failure.elapsed
    }

    /// Returns how long the server asks to wait before trying again.
    pub fn retry_after(&self) -> Option<Duration> {
        if let FailureKind::OverQuota(wait, _) | FailureKind::CircuitOpen(wait) = self.kind() {
            return Some(*wait);
        }
        let asked = || self.trace().asked();
        self.answer().and_then(Answer::retry_after).or_else(asked)
    }

    /// Returns what is known of the scopes, where the server refused a token because it lacks one.
    pub fn insufficient_scope(&self) -> Option<&InsufficientScope> {
        self.answer().and_then(Answer::insufficient_scope)
    }

    /// Returns what happened on the way: each attempt, how long was waited, and why there was no further one.
    pub fn trace(&self) -> &Trace {
        &self.0.failure.trace
    }

    /// Returns the id under which the server knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.answer().and_then(Answer::request_id)
    }

    fn kind(&self) -> &FailureKind {
        &self.0.failure.kind
    }

    fn is_transport(&self, kind: TransportErrorKind) -> bool {
        matches!(self.kind(), FailureKind::Transport(error) if error.kind() == kind)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.failure.fmt(f)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &self.to_string())
            .field("answer", &self.answer())
            .field("has_api_error", &self.api().is_some())
            .field("attempts", &self.attempts())
            .field("elapsed", &self.elapsed())
            .finish()
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            FailureKind::Transport(error) => std::error::Error::source(error),
            FailureKind::NoToken(error) => std::error::Error::source(error),
            FailureKind::NoKey(error) => std::error::Error::source(error),
            FailureKind::NotSaved(_, error) => Some(&**error),
            _ => None,
        }
    }
}

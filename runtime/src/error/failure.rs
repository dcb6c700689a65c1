//! A failed call, before anyone asks what its error body is.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::call::Operation;
use crate::json::DecodeError;
use crate::key_set::KeyError;
use crate::response::Answer;
use crate::retry::Trace;
use crate::token::TokenError;
use crate::transport::{TransportError, TransportErrorKind};

/// A failed call; the same for all operations. Calls that share a request share what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    pub(crate) operation: Operation,
    pub(crate) answer: Option<Answer>,
    pub(crate) decode_error: Option<DecodeError>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    /// The number of the page that was asked for, where there are pages.
    pub(crate) page: Option<u64>,
    pub(crate) trace: Trace,
}

#[derive(Clone, Debug)]
pub(crate) enum FailureKind {
    InvalidRequest(String),
    MissingCredential(String),
    /// A credential is there, and the token that it needs is not.
    NoToken(TokenError),
    /// A set of keys is there, and none of its keys can be sent.
    NoKey(KeyError),
    Timeout(Duration),
    /// The quota lets nothing through for so long, and the call has only so much time.
    OverQuota(Duration, Duration),
    /// The circuit of the operation is open for so long.
    CircuitOpen(Duration),
    /// So many calls wait already.
    Crowded(usize),
    /// One attempt took longer than it may.
    AttemptTimeout(Duration),
    /// A body that is read piece by piece stopped coming.
    Silent(Duration),
    /// A body could not be written to a file.
    NotSaved(PathBuf, Arc<io::Error>),
    Transport(TransportError),
    /// A status that is no success.
    Refused,
    /// A success whose status the API does not describe.
    Undescribed,
    /// A success whose body is not what the API describes.
    Unreadable,
    /// A further page that is none, or must not be fetched.
    Paging(String),
}

impl FailureKind {
    /// Returns a name for metrics and spans, of which there are few.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            FailureKind::InvalidRequest(_) => "invalid_request",
            FailureKind::MissingCredential(_) => "missing_credential",
            FailureKind::NoToken(_) => "no_token",
            FailureKind::NoKey(_) => "no_key",
            FailureKind::Timeout(_) | FailureKind::AttemptTimeout(_) | FailureKind::Silent(_) => {
                "timeout"
            }
            FailureKind::NotSaved(..) => "not_saved",
            FailureKind::Transport(error) => match error.kind() {
                TransportErrorKind::NotSent => "not_sent",
                TransportErrorKind::MaybeSent => "maybe_sent",
                TransportErrorKind::BodyBroken => "body_broken",
                TransportErrorKind::BodyTooLarge => "body_too_large",
                TransportErrorKind::Timeout => "timeout",
            },
            FailureKind::OverQuota(..) => "over_quota",
            FailureKind::CircuitOpen(_) => "circuit_open",
            FailureKind::Crowded(_) => "crowded",
            FailureKind::Refused => "refused",
            FailureKind::Undescribed => "undescribed",
            FailureKind::Unreadable => "unreadable",
            FailureKind::Paging(_) => "paging",
        }
    }
}

impl Failure {
    pub(crate) fn new(
        operation: Operation,
        kind: FailureKind,
        attempts: u32,
        elapsed: Duration,
    ) -> Self {
        Self {
            kind,
            operation,
            answer: None,
            decode_error: None,
            attempts,
            elapsed,
            page: None,
            trace: Trace::default(),
        }
    }

    pub(crate) fn refused(answer: Answer, decode_error: Option<DecodeError>) -> Self {
        Self::answered(FailureKind::Refused, answer, decode_error)
    }

    pub(crate) fn undescribed(answer: Answer) -> Self {
        Self::answered(FailureKind::Undescribed, answer, None)
    }

    pub(crate) fn unreadable(answer: Answer, error: DecodeError) -> Self {
        Self::answered(FailureKind::Unreadable, answer, Some(error))
    }

    /// An answer whose body did not arrive whole.
    pub(crate) fn interrupted(answer: Answer, kind: FailureKind) -> Self {
        Self::answered(kind, answer, None)
    }

    /// An answer that refused the last key.
    pub(crate) fn without_key(answer: Answer, error: KeyError) -> Self {
        Self::answered(FailureKind::NoKey(error), answer, None)
    }

    pub(crate) fn paging(answer: Answer, reason: String) -> Self {
        Self::answered(FailureKind::Paging(reason), answer, None)
    }

    pub(crate) fn is_retryable(&self) -> bool {
        let is_repeatable = self.operation.retry_class.is_repeatable();
        if self.attempts == 0 && matches!(self.kind, FailureKind::Timeout(_)) {
            return true;
        }
        match &self.kind {
            FailureKind::Timeout(_) | FailureKind::AttemptTimeout(_) | FailureKind::Silent(_) => {
                is_repeatable
            }
            FailureKind::OverQuota(..) | FailureKind::CircuitOpen(_) | FailureKind::Crowded(_) => {
                true
            }
            FailureKind::NoToken(error) => !error.is_final(),
            FailureKind::NoKey(error) => error.is_of_source(),
            FailureKind::Transport(error) => match error.kind() {
                TransportErrorKind::NotSent => true,
                TransportErrorKind::BodyTooLarge => false,
                _ => is_repeatable,
            },
            FailureKind::Refused => match self.answer.as_ref().map(Answer::status) {
                Some(429) => true,
                Some(408 | 425 | 500 | 502 | 503 | 504) => is_repeatable,
                _ => false,
            },
            _ => false,
        }
    }

    fn answered(kind: FailureKind, answer: Answer, decode_error: Option<DecodeError>) -> Self {
        let (operation, attempts, elapsed) =
            (answer.handle().clone(), answer.attempts(), answer.elapsed());
        let trace = answer.trace().clone();
        Self {
            kind,
            operation,
            answer: Some(answer),
            decode_error,
            attempts,
            elapsed,
            page: None,
            trace,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = &self.operation;
        write!(
            f,
            "{} ({} {})",
            operation.id(),
            operation.method(),
            operation.path()
        )?;
        match self.page {
            Some(page) => write!(f, ", page {page}, ")?,
            None => f.write_str(" ")?,
        }
        match &self.kind {
            FailureKind::InvalidRequest(reason) | FailureKind::MissingCredential(reason) => {
                return write!(f, "was not sent: {reason}");
            }
            FailureKind::NoToken(error) => {
                write!(f, "was not sent, since it got no token: {error}")?
            }
            FailureKind::NoKey(error) if self.answer.is_some() => {
                write!(f, "has no key left ({error}), and ")?;
            }
            FailureKind::NoKey(error) => {
                write!(f, "was not sent, since it has no key left: {error}")?;
            }
            FailureKind::OverQuota(wait, left) => {
                write!(
                    f,
                    "was not sent: the quota would let it through in {wait:?}, and the call has {left:?} left"
                )?;
            }
            FailureKind::Crowded(waiting) => {
                write!(f, "was not sent: {waiting} calls wait already")?;
            }
            FailureKind::CircuitOpen(wait) => {
                write!(
                    f,
                    "was not sent: the server has been failing, and is left alone for {wait:?}"
                )?;
            }
            FailureKind::AttemptTimeout(timeout) => {
                write!(f, "got no answer to an attempt within {timeout:?}")?;
            }
            FailureKind::Timeout(timeout) if self.attempts == 0 => {
                write!(f, "was not sent: it waited for its turn for {timeout:?}")?;
            }
            FailureKind::Timeout(timeout) if self.answer.is_none() => {
                write!(f, "got no answer within {timeout:?}")?;
            }
            FailureKind::Timeout(timeout) => write!(f, "got no whole answer within {timeout:?}")?,
            FailureKind::Silent(idle) => write!(f, "got nothing more within {idle:?}")?,
            FailureKind::NotSaved(path, error) => {
                return write!(f, "could not be saved as {}: {error}", path.display());
            }
            FailureKind::Paging(reason) => return write!(f, "cannot be followed: {reason}"),
            FailureKind::Transport(error) => write!(f, "failed: {error}")?,
            FailureKind::Refused | FailureKind::Undescribed | FailureKind::Unreadable => {}
        }
        match (&self.kind, &self.answer) {
            (
                FailureKind::Timeout(_)
                | FailureKind::AttemptTimeout(_)
                | FailureKind::Silent(_)
                | FailureKind::Transport(_),
                Some(answer),
            ) => write!(
                f,
                "; the answer had begun, with status {} and {} bytes",
                answer.status(),
                answer.body().len()
            )?,
            (_, Some(answer)) => write!(f, "was answered with status {}", answer.status())?,
            (_, None) => {}
        }
        if let Some(lacking) = self.answer.as_ref().and_then(Answer::insufficient_scope) {
            write!(f, ": {lacking}")?;
        }
        if let FailureKind::Undescribed = self.kind {
            f.write_str(", which the API does not describe")?;
        }
        if let Some(error) = &self.decode_error {
            write!(f, ", but the body cannot be read: {error}")?;
        }
        match self.answer.as_ref().and_then(Answer::request_id) {
            Some(id) => write!(f, " (attempt {}, request id {id})", self.attempts),
            None => write!(f, " (attempt {})", self.attempts),
        }
    }
}

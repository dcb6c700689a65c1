//! Why a transport has no answer.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// How far a request came that got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The server cannot have seen the request: no address, no connection, no TLS.
    NotSent,
    /// The server may have acted on the request.
    MaybeSent,
    /// The answer began, and its body broke off.
    BodyBroken,
    /// The body of the answer is larger than the transport reads.
    BodyTooLarge,
    /// The transport gave up waiting; the server may have acted.
    Timeout,
}

/// Says why there is no answer.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// Makes an error; the message must not hold secrets, so no address with its query.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// Adds what caused it.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// Returns how far the request came.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

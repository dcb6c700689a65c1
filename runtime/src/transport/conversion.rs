//! What the transports have in common: requests and answers in the types of the crate `http`.

use std::error::Error;
use std::fmt;
use std::io;

use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::headers::is_shown;
use super::{Headers, TransportError, TransportErrorKind};

pub(super) fn method(name: &str) -> Result<Method, TransportError> {
    let method = Method::from_bytes(name.as_bytes());
    method.map_err(|error| not_sent("the method is not valid").with_source(error))
}

pub(super) fn to_map(headers: &Headers) -> Result<HeaderMap, TransportError> {
    let mut converted = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers.iter() {
        let refused = || not_sent(format!("the header {name:?} is not valid"));
        let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
        // The libraries below log headers, and HTTP/2 remembers them, unless they are marked.
        value.set_sensitive(!is_shown(name));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        converted.append(name, value);
    }
    Ok(converted)
}

pub(super) fn from_map(headers: &HeaderMap) -> Headers {
    let headers = headers.iter();
    headers
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect()
}

/// Marks the errors of a body among all that the libraries below wrap around them.
#[derive(Debug)]
pub(super) struct Unread(pub(super) io::Error);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Unread {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// Says whether an error, or one that is behind it, is of a type.
pub(super) fn is_caused_by<E: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<E>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// An error of a request that no server has seen; the message must not hold secrets.
pub(super) fn not_sent(message: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::NotSent, message)
}

/// An error of a request that broke on its way.
pub(super) fn broken_on_the_way(error: &(dyn Error + 'static)) -> TransportError {
    let message = match is_caused_by::<Unread>(error) {
        true => "the body could not be sent to its end",
        false => "the connection broke before the answer",
    };
    TransportError::new(TransportErrorKind::MaybeSent, message)
}

pub(super) fn broken_body(error: impl Error + Send + Sync + 'static) -> TransportError {
    let message = "the answer broke off in its body";
    TransportError::new(TransportErrorKind::BodyBroken, message).with_source(error)
}

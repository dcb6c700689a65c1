//! Why there is no token.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Says why there is no token.
///
/// One that is final is there because of the credential, and is not tried again for a minute; all others may be gone soon.
#[derive(Clone, Debug)]
pub struct TokenError {
    message: String,
    is_final: bool,
    code: Option<String>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl TokenError {
    /// Makes an error that may be gone the next time; the message must not hold secrets.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            is_final: false,
            code: None,
            source: None,
        }
    }

    /// Makes an error that is there because of the credential.
    pub fn last(message: impl Into<String>) -> Self {
        Self {
            is_final: true,
            ..Self::new(message)
        }
    }

    /// Adds what caused it.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// Says which code of OAuth a server gave: `invalid_grant`, for example.
    pub(crate) fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Returns the code that the server gave: `invalid_grant`, `authorization_pending` (RFC 6749, section 5.2, and its kin).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns true if it is there because of the credential.
    pub fn is_final(&self) -> bool {
        self.is_final
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

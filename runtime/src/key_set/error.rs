//! Why there is no key.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Says why there is no key: what a source could not read, or which keys were refused.
///
/// It names keys, files and variables, and holds no key.
#[derive(Clone, Debug)]
pub struct KeyError {
    message: String,
    /// The source has not given what it was asked for.
    is_of_source: bool,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl KeyError {
    /// Makes an error of a source; the message must not hold secrets.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            is_of_source: true,
            source: None,
        }
    }

    /// Adds what caused it, which must not hold secrets either.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// None of the keys is left, and maybe the source has failed to give others.
    pub(super) fn none_left(refusals: &str, failure: Option<&KeyError>) -> Self {
        let message = match failure {
            None => refusals.to_owned(),
            Some(failure) => format!("{refusals}; their source has failed: {failure}"),
        };
        Self {
            message,
            is_of_source: failure.is_some(),
            source: failure.and_then(|failure| failure.source.clone()),
        }
    }

    /// Returns true if the source of the keys has failed, which may be gone the next time.
    pub fn is_of_source(&self) -> bool {
        self.is_of_source
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for KeyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

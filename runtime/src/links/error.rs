//! Why a link cannot be followed.

use std::fmt;

/// Why a link cannot be followed: an expression gives nothing, or not what the next operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError {
    pub(super) link: String,
    pub(super) operation: String,
    pub(super) expression: String,
    pub(super) reason: String,
}

impl LinkError {
    /// Returns the name of the link.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Returns the expression that failed, as the description has it.
    pub fn expression(&self) -> &str {
        &self.expression
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LinkError {
            link,
            operation,
            expression,
            reason,
        } = self;
        write!(
            f,
            "the link `{link}` of `{operation}` cannot be followed: `{expression}`: {reason}; call the operation with values of your own instead"
        )
    }
}

impl std::error::Error for LinkError {}

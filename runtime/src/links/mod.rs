//! Links: from an answer to the next call.
//!
//! Input: an answer, what was sent for it, and the runtime expressions of the description.
//! Output: values for the arguments of another operation, or which expression gives none and why.
//! Invariants: what was sent is kept only for operations that have links, and without credentials.
//! Never: a call; the generated method gives a request that the caller sends.
//!
//! Source: OpenAPI 3.2.0, section 4.21 (Link Object) and 4.20.3 (Runtime Expressions).

mod error;
mod expression;
mod sent;

pub use error::LinkError;
pub(crate) use sent::Sent;

use crate::json::{Blank, Decode, Json};
use crate::response::Answer;
use expression::Expression;

/// A link of an answer, of which values for the next call are taken.
///
/// ```
/// use attache_runtime::{Response, links::LinkError};
///
/// /// A link with the parameter `id`, which is `$response.body#/owner/id`.
/// fn owner_id<T>(response: &Response<T>) -> Result<String, LinkError> {
///     response.link("owner").value("$response.body#/owner/id")
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Link<'r> {
    name: &'r str,
    answer: &'r Answer,
}

impl<'r> Link<'r> {
    pub(crate) fn new(name: &'r str, answer: &'r Answer) -> Self {
        Link { name, answer }
    }

    /// Evaluates a runtime expression, or a text with such expressions in braces.
    ///
    /// A number is also a text, and a text that reads as a number or a truth value is one, where those are asked for:
    /// headers and paths know nothing else.
    ///
    /// # Errors
    /// It gives nothing, or nothing of the type; the error says why.
    pub fn value<T: Blank + Decode>(&self, expression: &str) -> Result<T, LinkError> {
        let value = self.evaluate(expression)?;
        converted(&value).map_err(|reason| self.error(expression, reason))
    }

    /// As [`value`](Link::value); none where the expression gives nothing or null.
    ///
    /// # Errors
    /// What it gives is not of the type, or it is no expression.
    pub fn optional<T: Blank + Decode>(&self, expression: &str) -> Result<Option<T>, LinkError> {
        match self.find(expression)? {
            Ok(value) if !value.is_null() => {
                let value = converted(&value);
                let value = value.map_err(|reason| self.error(expression, reason));
                value.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Reads a constant of the description, which is JSON.
    ///
    /// # Errors
    /// It is not of the type.
    pub fn constant<T: Blank + Decode>(&self, json: &str) -> Result<T, LinkError> {
        let value = Json::from_slice(json.as_bytes());
        let value = value.map_err(|error| self.error(json, error.to_string()))?;
        converted(&value).map_err(|reason| self.error(json, reason))
    }

    fn evaluate(&self, expression: &str) -> Result<Json, LinkError> {
        let found = self.find(expression)?;
        found.map_err(|reason| self.error(expression, reason))
    }

    /// The outer failure is that of the expression, the inner one that it gives nothing.
    fn find(&self, expression: &str) -> Result<Result<Json, String>, LinkError> {
        let parsed = Expression::parse(expression);
        let parsed = parsed.map_err(|reason| self.error(expression, reason))?;
        Ok(parsed.evaluate(self.answer))
    }

    fn error(&self, expression: &str, reason: String) -> LinkError {
        LinkError {
            link: self.name.to_owned(),
            operation: self.answer.operation().id().to_owned(),
            expression: expression.to_owned(),
            reason,
        }
    }
}

fn converted<T: Blank + Decode>(value: &Json) -> Result<T, String> {
    let first = value.decode_as();
    let other = || match value {
        Json::String(text) => Json::from_slice(text.as_bytes()).ok(),
        Json::Number(_) | Json::Bool(_) => Some(Json::String(value.to_string())),
        _ => None,
    };
    first.or_else(|error| {
        let other = other().and_then(|other| other.decode_as().ok());
        other.ok_or_else(|| error.to_string())
    })
}

#[cfg(test)]
mod tests;

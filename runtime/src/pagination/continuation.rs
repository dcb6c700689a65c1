//! Where a page begins, as a value to be kept.

use std::fmt;
use std::str::FromStr;

use super::position::Position;
use crate::json::{Json, JsonObject};

/// Where a page begins: a value to be kept, and to be resumed from, also by another process.
///
/// It is written and read as a line of text. The text holds what the server gave to continue by, a
/// cursor or an address, and nothing else of the call: neither its arguments nor a credential of the client.
///
/// ```
/// use attache_runtime::pagination::Continuation;
///
/// let kept = r#"{"operation":"listParcels","page":2,"token":"c2"}"#;
/// let continuation: Continuation = kept.parse().unwrap();
/// assert_eq!(continuation.page(), 2);
/// assert_eq!(continuation.to_string(), kept);
/// ```
#[derive(Clone, PartialEq)]
pub struct Continuation {
    pub(super) operation: String,
    pub(super) page: u64,
    /// Nothing for the first page.
    pub(super) position: Option<Position>,
}

impl Continuation {
    /// Returns the id of the operation in the API's description.
    pub fn operation_id(&self) -> &str {
        &self.operation
    }

    /// Returns the number of the page; the first one fetched has number 1.
    pub fn page(&self) -> u64 {
        self.page
    }
}

impl fmt::Display for Continuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut object = JsonObject::new();
        object.insert("operation", self.operation.as_str());
        object.insert("page", i64::try_from(self.page).unwrap_or(i64::MAX));
        match &self.position {
            Some(Position::Token(token)) => object.insert("token", token.clone()),
            Some(Position::Number(number)) => object.insert("number", *number),
            Some(Position::Url(url)) => object.insert("url", url.as_str()),
            None => {}
        }
        write!(f, "{}", Json::Object(object))
    }
}

impl FromStr for Continuation {
    type Err = InvalidContinuation;

    fn from_str(text: &str) -> Result<Self, InvalidContinuation> {
        let invalid = |reason: &'static str| InvalidContinuation(reason);
        let json = Json::from_slice(text.trim().as_bytes())
            .map_err(|_| invalid("it is no JSON object"))?;
        let operation = json.get("operation").and_then(Json::as_str);
        let page = json.get("page").and_then(Json::as_i64);
        let url = json.get("url").map(|url| url.as_str());
        let number = json.get("number").map(Json::as_i64);
        let position = match (json.get("token"), number, url) {
            (Some(token), None, None) => Some(Position::Token(token.clone())),
            (None, Some(Some(number)), None) => Some(Position::Number(number)),
            (None, None, Some(Some(url))) => Some(Position::Url(url.to_owned())),
            (None, None, None) => None,
            _ => return Err(invalid("it names no one place to continue from")),
        };
        Ok(Self {
            operation: operation
                .ok_or(invalid("it names no operation"))?
                .to_owned(),
            page: page
                .and_then(|page| u64::try_from(page).ok())
                .filter(|page| *page > 0)
                .ok_or(invalid("it has no page number"))?,
            position,
        })
    }
}

/// Shows which page, not the token.
impl fmt::Debug for Continuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Continuation")
            .field("operation", &self.operation)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

/// Says why a text is no continuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidContinuation(&'static str);

impl fmt::Display for InvalidContinuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the text is not what a continuation was written as: {}",
            self.0
        )
    }
}

impl std::error::Error for InvalidContinuation {}

#[cfg(test)]
mod tests {
    use super::Continuation;

    #[test]
    fn what_is_written_is_read() {
        for text in [
            r#"{"operation":"a","page":1}"#,
            r#"{"operation":"a","page":2,"token":"ü\""}"#,
            r#"{"operation":"a","page":2,"token":{"x":[1.10]}}"#,
            r#"{"operation":"a","page":7,"number":-3}"#,
            r#"{"operation":"a","page":3,"url":"/b?c"}"#,
        ] {
            let continuation: Continuation = text.parse().expect(text);
            assert_eq!(continuation.to_string(), text);
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for (text, reason) in [
            ("", "no JSON"),
            ("[]", "no operation"),
            (r#"{"page":1}"#, "no operation"),
            (r#"{"operation":"a"}"#, "no page"),
            (r#"{"operation":"a","page":0}"#, "no page"),
            (r#"{"operation":"a","page":1,"url":1}"#, "no one place"),
            (
                r#"{"operation":"a","page":1,"url":"x","number":1}"#,
                "no one place",
            ),
        ] {
            let error = text.parse::<Continuation>().expect_err(text);
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
    }
}

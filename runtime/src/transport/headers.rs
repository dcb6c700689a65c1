//! Headers of a request or an answer.

use std::fmt;

/// What `Debug` may show the values of; everything else could be, or quote, a secret.
const SHOWN: [&str; 12] = [
    "accept",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "request-id",
    "retry-after",
    "user-agent",
    "x-request-id",
];

/// Headers in their order; names are compared without regard to case.
///
/// `Debug` shows the values of a few harmless headers only.
///
/// ```
/// let mut headers = attache_runtime::Headers::new();
/// headers.set("Authorization", "Bearer abc");
/// headers.set("Accept", "application/json");
/// assert_eq!(headers.get("authorization"), Some("Bearer abc"));
/// assert_eq!(format!("{headers:?}"), r#"{"Authorization": "***", "Accept": "application/json"}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Returns no headers.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the first value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Returns all values of a header, in their order.
    pub fn get_all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.iter()
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Sets a header in place of all values it has.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.append(name, value);
    }

    /// Adds a value of a header.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Removes all values of a header.
    pub fn remove(&mut self, name: &str) {
        self.0
            .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// Returns names and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns how many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        Self(
            headers
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(
                self.iter()
                    .map(|(name, value)| (name, if is_shown(name) { value } else { "***" })),
            )
            .finish()
    }
}

/// Says whether the value of a header may be seen.
pub(super) fn is_shown(name: &str) -> bool {
    SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(name))
}

/// Says why a header cannot be sent; the value, which may be secret, is not quoted.
pub(crate) fn check_header(name: &str, value: &str) -> Result<(), String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err(format!("{name:?} is not a header name"));
    }
    match value.chars().any(|c| c.is_control() && c != '\t') {
        true => Err(format!(
            "the value of header {name} holds a line break or another control character"
        )),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Headers, check_header};

    #[test]
    fn several_values_of_one_header() {
        let mut headers = Headers::new();
        headers.append("Set-Cookie", "a=1");
        headers.append("set-cookie", "b=2");
        assert_eq!(
            headers.get_all("SET-COOKIE").collect::<Vec<_>>(),
            ["a=1", "b=2"]
        );
        headers.set("Set-Cookie", "c=3");
        assert_eq!(headers.len(), 1);
    }

    #[test]
    fn what_would_break_out_of_a_header_is_refused() {
        assert!(check_header("X-Trace", "ü\tok").is_ok());
        assert!(check_header("X-Trace", "a\r\nX-Admin: 1").is_err());
        assert!(check_header("X Trace", "a").is_err());
        assert!(check_header("", "a").is_err());
    }
}

//! Headers of a request or an answer.

use std::fmt;

use smol_str::SmolStr;

use crate::credential::Secret;

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
/// `Debug` shows the values of a few harmless headers only. A copy shares the text of what is long, and has short text
/// in place, so that an attempt costs one allocation for all of them.
///
/// ```
/// let mut headers = attache_runtime::Headers::new();
/// headers.set("Authorization", "Bearer abc");
/// headers.set("Accept", "application/json");
/// assert_eq!(headers.get("authorization"), Some("Bearer abc"));
/// assert_eq!(format!("{headers:?}"), r#"{"Authorization": "***", "Accept": "application/json"}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(SmolStr, Value)>);

#[derive(Clone)]
enum Value {
    Plain(SmolStr),
    /// Wiped from memory when its last copy is dropped.
    Secret(Secret),
}

impl Value {
    fn as_str(&self) -> &str {
        match self {
            Value::Plain(text) => text,
            Value::Secret(secret) => secret.expose(),
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Value {}

impl Headers {
    /// Returns no headers.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the first value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut entries = self.0.iter();
        let found = entries.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns all values of a header, in their order.
    pub fn get_all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.iter()
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Sets a header in place of all values it has.
    pub fn set(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        let name = name.as_ref();
        self.remove(name);
        self.append(name, value);
    }

    /// Sets a header to what nobody may see.
    ///
    /// `Err` where no header may hold it.
    pub(crate) fn set_secret(&mut self, name: &'static str, value: &Secret) -> Result<(), String> {
        self.put_secret(SmolStr::new_static(name), value)
    }

    /// Sets a header whose name is not in the program; if it is secret, nobody may see it.
    ///
    /// `Err` where no header may hold it.
    #[cfg(feature = "hmac")]
    pub(crate) fn set_signed(
        &mut self,
        name: &str,
        value: Secret,
        is_secret: bool,
    ) -> Result<(), String> {
        if is_secret {
            return self.put_secret(name.into(), &value);
        }
        check_header(name, value.expose())?;
        self.set(name, value.expose());
        Ok(())
    }

    fn put_secret(&mut self, name: SmolStr, value: &Secret) -> Result<(), String> {
        if !value.is_header_value() {
            return Err(bad_value(&name));
        }
        self.remove(&name);
        self.0.push((name, Value::Secret(value.clone())));
        Ok(())
    }

    /// Returns the values that nobody may see.
    #[cfg(feature = "testing")]
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|(_, value)| match value {
            Value::Plain(_) => None,
            Value::Secret(secret) => Some(secret.expose()),
        })
    }

    /// Sets a header to what is in the program.
    pub(crate) fn set_static(&mut self, name: &'static str, value: &'static str) {
        self.remove(name);
        let value = Value::Plain(SmolStr::new_static(value));
        self.0.push((SmolStr::new_static(name), value));
    }

    /// A copy with room for further ones.
    pub(crate) fn with_room(&self, further: usize) -> Self {
        let mut headers = Vec::with_capacity(self.0.len() + further);
        headers.extend_from_slice(&self.0);
        Self(headers)
    }

    /// Adds a value of a header.
    pub fn append(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        self.0.push(entry(&name, &value));
    }

    /// Removes all values of a header.
    pub fn remove(&mut self, name: &str) {
        if self.get(name).is_some() {
            self.0
                .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        }
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

fn entry(name: &impl AsRef<str>, value: &impl AsRef<str>) -> (SmolStr, Value) {
    let (name, value) = (name.as_ref().into(), value.as_ref().into());
    (name, Value::Plain(value))
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        let headers = headers.into_iter();
        Self(headers.map(|(name, value)| entry(&name, &value)).collect())
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
pub(crate) fn is_shown(name: &str) -> bool {
    SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(name))
}

/// Says why a header cannot be sent; the value, which may be secret, is not quoted.
pub(crate) fn check_header(name: &str, value: &str) -> Result<(), String> {
    let is_token = |c: u8| c == b'-' || c.is_ascii_alphanumeric() || b"!#$%&'*+.^_`|~".contains(&c);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(format!("{name:?} is not a header name"));
    }
    match is_header_value(value) {
        true => Ok(()),
        false => Err(bad_value(name)),
    }
}

/// Says whether a header may hold a value.
pub(crate) fn is_header_value(value: &str) -> bool {
    // Only what is not ASCII takes a closer look.
    let is_control = |c: char| c.is_control() && c != '\t';
    value.bytes().all(|c| matches!(c, b' '..=b'~')) || !value.chars().any(is_control)
}

pub(crate) fn bad_value(name: &str) -> String {
    format!("the value of header {name} holds a line break or another control character")
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

//! The policy: which requests are the same.

use std::fmt;

use crate::retry::RetryClass;
use crate::transport::TransportRequest;

/// What two requests have in common that are the same.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key(String);

/// Some of it could be secret.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}

impl Key {
    /// None where the request is sent by itself: it may change something, or has a body.
    pub(crate) fn of(class: RetryClass, request: &TransportRequest) -> Option<Self> {
        if class != RetryClass::Safe || !request.body.is_empty() {
            return None;
        }
        // No header, method or address holds a line break.
        let mut text = format!("{} {}", request.method, request.url.as_str());
        for (name, value) in request.headers.iter() {
            text.push('\n');
            text.push_str(&name.to_ascii_lowercase());
            text.push(':');
            text.push_str(value);
        }
        Some(Self(text))
    }
}

//! A request and its answer, as they are kept.

use crate::transport::{Bytes, Headers};
use crate::types::Base64;

/// What was sent, without secrets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<String>,
    pub(super) body: Content,
}

/// What came back, without secrets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answered {
    pub(super) status: i64,
    /// `name: value`
    pub(super) headers: Vec<String>,
    pub(super) body: Content,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Exchange {
    pub(super) request: Asked,
    pub(super) answer: Answered,
}

/// A body: a text, or bytes that are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    pub(super) text: Option<String>,
    pub(super) base64: Option<Base64>,
}

crate::object! {
    Asked {
        required "method" => method,
        required "target" => target,
        required "headers" => headers,
        required "body" => body
    }
}
crate::object! {
    Answered { required "status" => status, required "headers" => headers, required "body" => body }
}
crate::object! { Exchange { required "request" => request, required "answer" => answer } }
crate::object! { Content { optional "text" => text, optional "base64" => base64 } }

impl Content {
    pub(super) fn bytes(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::text(text.to_owned()),
            Err(_) => Self {
                text: None,
                base64: Some(bytes.to_vec().into()),
            },
        }
    }

    pub(super) fn text(text: String) -> Self {
        Self {
            text: Some(text),
            base64: None,
        }
    }

    pub(super) fn into_bytes(self) -> Bytes {
        match (self.text, self.base64) {
            (Some(text), _) => text.into(),
            (None, Some(bytes)) => bytes.into_vec().into(),
            (None, None) => Bytes::new(),
        }
    }
}

pub(super) fn lines(headers: &Headers) -> Vec<String> {
    let headers = headers.iter();
    headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect()
}

pub(super) fn headers(lines: &[String]) -> Headers {
    let pairs = lines.iter().filter_map(|line| line.split_once(": "));
    pairs.collect()
}

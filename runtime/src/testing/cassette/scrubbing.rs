//! What is kept of an exchange: all but its secrets.

use super::exchange::{Answered, Asked, Content, lines};
use crate::log::{HIDDEN, Secrets, form, json};
use crate::transport::{Bytes, Headers, TransportRequest, Url, is_shown};

/// What is secret of one exchange.
pub(super) struct Scrubbing<'s> {
    secrets: &'s Secrets,
    /// In a query, what is called a key is one.
    in_query: Secrets,
    /// Credentials that the request carries, the longest first.
    values: Vec<String>,
}

impl<'s> Scrubbing<'s> {
    pub(super) fn of(request: &TransportRequest, secrets: &'s Secrets) -> Self {
        let headers = request.headers.iter();
        let headers = headers.filter(|(name, _)| secrets.contains(name));
        let headers = headers.map(|(_, value)| value);
        let headers = headers.chain(request.headers.secrets());
        // `Bearer abc`: the server may repeat what follows the scheme.
        let headers = headers.flat_map(|value| [Some(value), value.split(' ').next_back()]);
        let pairs = request.url.query().unwrap_or_default().split('&');
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        let in_query = secrets.clone().and_keys();
        let pairs = pairs.filter(|(name, _)| in_query.contains(name));
        let values = headers.flatten().chain(pairs.map(|(_, value)| value));
        // What is as short as this may stand anywhere.
        let values = values.filter(|value| value.len() >= 6);
        let mut values: Vec<String> = values.map(str::to_owned).collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self {
            secrets,
            in_query,
            values,
        }
    }

    pub(super) fn request(&self, request: &TransportRequest) -> Asked {
        let media_type = request.headers.get("Content-Type");
        let body = request.body.as_bytes();
        Asked {
            method: request.method.to_string(),
            target: self.target(&request.url),
            headers: self.headers(&request.headers, is_shown),
            body: match &body {
                Some(body) => self.body(media_type, body),
                None => Content::text("(a body that is sent in pieces is not kept)".to_owned()),
            },
        }
    }

    pub(super) fn answer(&self, status: u16, headers: &Headers, body: &Bytes) -> Answered {
        let is_harmless = |name: &str| !self.secrets.contains(name);
        Answered {
            status: status.into(),
            headers: self.headers(headers, is_harmless),
            body: self.body(headers.get("Content-Type"), body),
        }
    }

    fn target(&self, url: &Url) -> String {
        let query = url
            .query()
            .map(|query| form(query.as_bytes(), &self.in_query));
        let query = query.map_or(String::new(), |query| format!("?{query}"));
        self.text(format!("{}{query}", url.path()))
    }

    fn headers(&self, headers: &Headers, is_harmless: impl Fn(&str) -> bool) -> Vec<String> {
        let kept = headers.iter().map(|(name, value)| match is_harmless(name) {
            true => (name, self.text(value.to_owned())),
            false => (name, HIDDEN.to_owned()),
        });
        lines(&kept.collect())
    }

    fn body(&self, media_type: Option<&str>, body: &[u8]) -> Content {
        let essence = media_type.unwrap_or_default().split(';').next();
        let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
        let without = match essence.as_str() {
            "application/x-www-form-urlencoded" => Some(form(body, self.secrets)),
            name if name.ends_with("json") => json(body, self.secrets),
            _ => None,
        };
        let content = without.map_or_else(|| Content::bytes(body), Content::text);
        Content {
            text: content.text.map(|text| self.text(text)),
            ..content
        }
    }

    fn text(&self, text: String) -> String {
        let values = self.values.iter();
        values.fold(text, |text, value| text.replace(value.as_str(), HIDDEN))
    }
}

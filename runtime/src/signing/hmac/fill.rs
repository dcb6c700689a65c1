//! Fills templates in.

use std::time::Duration;

use aws_lc_rs::digest::{Algorithm, SHA256, SHA512, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::placeholder::{Filter, Placeholder};
use super::template::{Piece, Template};
use crate::call::component;
use crate::signing::canonical::{
    IN_PIECES, date_time, field, hex, host, path, sorted_query, target,
};
use crate::transport::{Bytes, TransportRequest};

/// What is the same for all templates of a request.
pub(super) struct Facts<'s> {
    pub(super) time: Duration,
    pub(super) nonce: String,
    pub(super) key_id: &'s str,
    /// Empty until there is one.
    pub(super) signature: String,
}

impl Facts<'_> {
    /// The bytes that a template stands for.
    pub(super) fn fill(
        &self,
        template: &Template,
        request: &TransportRequest,
    ) -> Result<Vec<u8>, String> {
        let mut filled = Vec::new();
        for piece in &template.pieces {
            match piece {
                Piece::Text(text) => filled.extend_from_slice(text.as_bytes()),
                Piece::Value(Placeholder::Body, _) => filled.extend_from_slice(&body(request)?),
                Piece::Value(placeholder, filters) => {
                    let value = self.value(placeholder, request)?;
                    let value = filters.iter().fold(value, filtered);
                    filled.extend_from_slice(value.as_bytes());
                }
            }
        }
        Ok(filled)
    }

    /// The text that a template without the body stands for.
    pub(super) fn text(
        &self,
        template: &Template,
        request: &TransportRequest,
    ) -> Result<String, String> {
        let filled = String::from_utf8(self.fill(template, request)?);
        filled.map_err(|_| "what is to be sent with a signature is no text".to_owned())
    }

    fn value(
        &self,
        placeholder: &Placeholder,
        request: &TransportRequest,
    ) -> Result<String, String> {
        let url = &request.url;
        Ok(match placeholder {
            Placeholder::Method => request.method.to_string(),
            Placeholder::Path => path(url).to_owned(),
            Placeholder::Query => url.query().unwrap_or_default().to_owned(),
            Placeholder::SortedQuery => sorted_query(url),
            Placeholder::Target => target(url),
            Placeholder::Url => url.as_str().to_owned(),
            Placeholder::Host => host(url),
            Placeholder::Header(name) => header(request, name),
            Placeholder::Timestamp => self.time.as_secs().to_string(),
            Placeholder::TimestampMs => self.time.as_millis().to_string(),
            Placeholder::TimestampHttp => self.date("%a, %d %b %Y %H:%M:%S GMT")?,
            Placeholder::TimestampIso => self.date("%Y-%m-%dT%H:%M:%SZ")?,
            Placeholder::TimestampIsoMs => self.date("%Y-%m-%dT%H:%M:%S.%3fZ")?,
            Placeholder::Nonce => self.nonce.clone(),
            Placeholder::KeyId => self.key_id.to_owned(),
            // Where it may stand, `fill` takes its bytes.
            Placeholder::Body => String::from_utf8_lossy(&body(request)?).into_owned(),
            Placeholder::BodySha256Hex => hex(&hash(&SHA256, request)?),
            Placeholder::BodySha256Base64 => STANDARD.encode(hash(&SHA256, request)?),
            Placeholder::BodySha512Hex => hex(&hash(&SHA512, request)?),
            Placeholder::BodySha512Base64 => STANDARD.encode(hash(&SHA512, request)?),
            Placeholder::Signature => self.signature.clone(),
        })
    }

    fn date(&self, format: &str) -> Result<String, String> {
        Ok(date_time(self.time)?.strftime(format).to_string())
    }
}

/// A header that is missing is an empty text, as nearly all schemes have it.
fn header(request: &TransportRequest, name: &str) -> String {
    let found = field(request, name, ",");
    found.unwrap_or_else(|| match name.eq_ignore_ascii_case("host") {
        true => host(&request.url),
        false => String::new(),
    })
}

fn body(request: &TransportRequest) -> Result<Bytes, String> {
    request.body.as_bytes().ok_or_else(|| IN_PIECES.to_owned())
}

fn hash(algorithm: &'static Algorithm, request: &TransportRequest) -> Result<Vec<u8>, String> {
    Ok(digest(algorithm, &body(request)?).as_ref().to_vec())
}

fn filtered(text: String, filter: &Filter) -> String {
    match filter {
        Filter::Lower => text.to_ascii_lowercase(),
        Filter::Upper => text.to_ascii_uppercase(),
        Filter::Percent => component(&text),
        Filter::Relative => text.strip_prefix('/').unwrap_or(&text).to_owned(),
    }
}

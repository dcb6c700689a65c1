//! Parts of a request and of a time in the one form in which they are signed.

#[cfg(any(feature = "digest", feature = "hmac", feature = "sigv4"))]
use std::fmt::Write;
#[cfg(any(feature = "sigv4", feature = "hmac"))]
use std::time::Duration;

#[cfg(any(feature = "sigv4", feature = "hmac"))]
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

#[cfg(any(feature = "sigv4", feature = "hmac"))]
use crate::call::component;
#[cfg(any(feature = "hmac", feature = "http-signatures"))]
use crate::transport::TransportRequest;
use crate::transport::Url;

#[cfg(any(
    feature = "digest",
    feature = "hmac",
    feature = "http-signatures",
    feature = "sigv4"
))]
pub(super) const IN_PIECES: &str = "a body that is sent in pieces cannot be signed";

/// Host and port as the header `Host` has them: in lower case, without the usual port.
#[cfg(any(feature = "hmac", feature = "http-signatures", feature = "sigv4"))]
pub(super) fn host(url: &Url) -> String {
    let authority = url.origin().split_once("://");
    let authority = authority.map_or("", |(_, authority)| authority);
    let usual = if url.as_str().starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    authority
        .strip_suffix(usual)
        .unwrap_or(authority)
        .to_ascii_lowercase()
}

/// The path as it is sent, which is never empty.
pub(super) fn path(url: &Url) -> &str {
    match url.path() {
        "" => "/",
        path => path,
    }
}

/// Path and query, as the first line of a request has them.
#[cfg(any(feature = "digest", feature = "hmac"))]
pub(super) fn target(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", path(url)),
        None => path(url).to_owned(),
    }
}

/// The pairs of the query in the order of their encoded names and values.
#[cfg(any(feature = "sigv4", feature = "hmac"))]
pub(super) fn sorted_query(url: &Url) -> String {
    let query = url.query().unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(String, String)> = pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (normal(name), normal(value))
        })
        .collect();
    pairs.sort();
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

/// A part of a query in the one encoding that counts: what is left as it is elsewhere is encoded.
#[cfg(any(feature = "sigv4", feature = "hmac"))]
fn normal(part: &str) -> String {
    let decoded: Vec<u8> = percent_encoding::percent_decode_str(part).collect();
    match std::str::from_utf8(&decoded) {
        Ok(text) => component(text),
        Err(_) => part.to_owned(),
    }
}

/// All values of a header without blanks around them; the length that the transport is about to send is one as well.
#[cfg(any(feature = "hmac", feature = "http-signatures"))]
pub(super) fn field(request: &TransportRequest, name: &str, between: &str) -> Option<String> {
    let values = request.headers.get_all(name).map(str::trim);
    let values: Vec<&str> = values.collect();
    if !values.is_empty() {
        return Some(values.join(between));
    }
    let length = request.body.length().filter(|length| *length > 0);
    match name.eq_ignore_ascii_case("content-length") {
        true => length.map(|length| length.to_string()),
        false => None,
    }
}

/// Date and time (UTC) for a time since 1970.
#[cfg(any(feature = "sigv4", feature = "hmac"))]
pub(super) fn date_time(time: Duration) -> Result<DateTime, String> {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let time = Timestamp::from_millisecond(millis);
    let time = time.map_err(|_| "the clock shows no time that can be signed".to_owned())?;
    Ok(TimeZone::UTC.to_datetime(time))
}

/// Hexadecimal digits in lower case.
#[cfg(any(feature = "digest", feature = "hmac", feature = "sigv4"))]
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// 128 bits that nobody can guess and no other request has.
///
/// They are not of the client's [`Random`](crate::random::Random), which is for what need not be secret.
#[cfg(any(feature = "digest", feature = "hmac", feature = "http-signatures"))]
pub(super) fn nonce() -> Result<[u8; 16], String> {
    let mut bytes = [0; 16];
    let filled = aws_lc_rs::rand::fill(&mut bytes);
    filled.map_err(|_| "the system gives no random bytes".to_owned())?;
    Ok(bytes)
}

//! What templates can ask for.

use crate::transport::check_header;

/// What a pair of braces stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    Method,
    Path,
    Query,
    SortedQuery,
    Target,
    Url,
    Host,
    Header(String),
    Timestamp,
    TimestampMs,
    TimestampHttp,
    TimestampIso,
    TimestampIsoMs,
    Nonce,
    KeyId,
    Body,
    BodySha256Hex,
    BodySha256Base64,
    BodySha512Hex,
    BodySha512Base64,
    Signature,
}

/// What is done to the text that a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Lower,
    Upper,
    Percent,
    Relative,
}

const PLACEHOLDERS: [(&str, Placeholder); 20] = [
    ("method", Placeholder::Method),
    ("path", Placeholder::Path),
    ("query", Placeholder::Query),
    ("sorted_query", Placeholder::SortedQuery),
    ("target", Placeholder::Target),
    ("url", Placeholder::Url),
    ("host", Placeholder::Host),
    ("timestamp", Placeholder::Timestamp),
    ("timestamp_ms", Placeholder::TimestampMs),
    ("timestamp_http", Placeholder::TimestampHttp),
    ("timestamp_iso", Placeholder::TimestampIso),
    ("timestamp_iso_ms", Placeholder::TimestampIsoMs),
    ("nonce", Placeholder::Nonce),
    ("key_id", Placeholder::KeyId),
    ("body", Placeholder::Body),
    ("body_sha256_hex", Placeholder::BodySha256Hex),
    ("body_sha256_base64", Placeholder::BodySha256Base64),
    ("body_sha512_hex", Placeholder::BodySha512Hex),
    ("body_sha512_base64", Placeholder::BodySha512Base64),
    ("signature", Placeholder::Signature),
];

const FILTERS: [(&str, Filter); 4] = [
    ("lower", Filter::Lower),
    ("upper", Filter::Upper),
    ("percent", Filter::Percent),
    ("relative", Filter::Relative),
];

/// Reads what stands between braces; an error does not say where that is.
pub(super) fn read(text: &str) -> Result<(Placeholder, Vec<Filter>), String> {
    let mut parts = text.split('|');
    let name = parts.next().unwrap_or_default();
    let filters: Vec<Filter> = parts.map(filter).collect::<Result<_, _>>()?;
    let placeholder = placeholder(name)?;
    if placeholder == Placeholder::Body && !filters.is_empty() {
        return Err("is followed by a filter, but a body is signed as it is".to_owned());
    }
    Ok((placeholder, filters))
}

fn placeholder(name: &str) -> Result<Placeholder, String> {
    if let Some(header) = name.strip_prefix("header:") {
        check_header(header, "")?;
        return Ok(Placeholder::Header(header.to_owned()));
    }
    let known = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
    let known = known.map(|(_, placeholder)| placeholder.clone());
    known.ok_or_else(|| {
        let there = PLACEHOLDERS.iter().map(|(name, _)| *name);
        format!(
            "is no placeholder; there are {} and header:NAME",
            list(there)
        )
    })
}

fn filter(name: &str) -> Result<Filter, String> {
    let known = FILTERS.iter().find(|(known, _)| *known == name);
    let known = known.map(|(_, filter)| *filter);
    known.ok_or_else(|| {
        let there = FILTERS.iter().map(|(name, _)| *name);
        format!("has no filter after a `|`; there are {}", list(there))
    })
}

/// `a, b, c`
pub(super) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

//! What an answer can be decoded into.

use std::borrow::Cow;

use super::Answer;
use super::coding::unreadable_coding;
use crate::json::{self, Blank, Decode, DecodeError};
use crate::transport::Bytes;
use crate::xml;

/// A body, or an enum of the bodies that an operation documents for several statuses.
///
/// Implemented for all types of the codec (JSON), for [`Text`], [`Bytes`] and `()`, and by
/// [`responses!`](crate::responses).
pub trait FromResponse: Sized {
    /// Decodes the answer; nothing if its status is not documented.
    fn from_response(answer: &Answer) -> Option<Result<Self, DecodeError>>;
}

impl<T: Blank + Decode> FromResponse for T {
    fn from_response(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        let mut body = T::blank();
        Some(read(answer, &mut body).map(|()| body))
    }
}

/// Decodes a body; compiled once for all types.
fn read(answer: &Answer, body: &mut dyn Decode) -> Result<(), DecodeError> {
    let read = json_text(answer).and_then(|text| json::read(&text, body));
    read.or_else(|error| {
        // What takes a text takes it whole, so nothing of the first attempt is left.
        let text = plain_text(answer).and_then(|text| json::read(text.as_bytes(), body).ok());
        text.ok_or_else(|| explain(error, answer))
    })
}

/// Any body is fine, and dropped.
impl FromResponse for () {
    fn from_response(_: &Answer) -> Option<Result<Self, DecodeError>> {
        Some(Ok(()))
    }
}

impl FromResponse for Bytes {
    fn from_response(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        Some(Ok(answer.body().clone()))
    }
}

/// A body of plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl FromResponse for Text {
    fn from_response(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        let text = std::str::from_utf8(answer.body());
        Some(
            text.map(|text| Self(text.to_owned()))
                .map_err(|error| DecodeError::not_text(error.valid_up_to())),
        )
    }
}

/// No body: for an operation that documents none. It has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {}

impl FromResponse for Undocumented {
    fn from_response(_: &Answer) -> Option<Result<Self, DecodeError>> {
        None
    }
}

/// Returns the body without the byte order mark that some servers put before it; one of XML as the JSON that it means.
fn json_text(answer: &Answer) -> Result<Cow<'_, [u8]>, DecodeError> {
    let body: &[u8] = answer.body();
    if let Some(shape) = answer.xml_shape() {
        return xml::read(body, shape).map(|json| json.to_string().into_bytes().into());
    }
    Ok(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).into())
}

/// A body that says that it is text, as the JSON of a string: an operation may answer with either.
fn plain_text(answer: &Answer) -> Option<String> {
    let media_type = answer.media_type()?;
    let is_text = media_type.to_ascii_lowercase().starts_with("text/");
    let text = std::str::from_utf8(answer.body()).ok()?;
    is_text.then(|| json::to_string(text))
}

fn is_described(media_type: &str, answer: &Answer) -> bool {
    answer.xml_shape().is_some() || media_type.to_ascii_lowercase().contains("json")
}

/// Mentions the content type where the body was never meant to be JSON: a proxy's error page, say.
fn explain(error: DecodeError, answer: &Answer) -> DecodeError {
    if let Some(note) = unreadable_coding(answer.headers()) {
        return error.with_note(note);
    }
    match answer.media_type() {
        Some(media_type) if !is_described(media_type, answer) => {
            error.with_note(format!("the content type is {media_type}"))
        }
        _ => error,
    }
}

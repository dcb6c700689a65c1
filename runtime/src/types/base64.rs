//! `format: byte` and `contentEncoding: base64`.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{
    GeneralPurpose, GeneralPurposeConfig, STANDARD, STANDARD_NO_PAD,
};
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const READ_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const READ_URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Bytes that travel as base64 text.
///
/// Both alphabets are read, with or without padding and line breaks; what was read is written as it
/// came, and new values in the standard form.
///
/// ```
/// use attache_runtime::Base64;
///
/// let bytes: Base64 = "_-8".parse().unwrap();
/// assert_eq!(*bytes, [0xff, 0xef]);
/// assert_eq!(Base64::from(vec![0xff, 0xef]).to_string(), "/+8=");
/// ```
#[derive(Clone, Default)]
pub struct Base64 {
    bytes: Vec<u8>,
    form: Form,
    /// The text, if it is not what `Display` would make of the other two.
    text: Option<Box<str>>,
}

#[derive(Clone, Copy, Default)]
struct Form {
    url_safe: bool,
    unpadded: bool,
}

impl Base64 {
    /// Returns the bytes.
    pub fn into_vec(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes the bytes in the alphabet for URLs, without padding (base64url).
    pub fn url_safe(mut self) -> Self {
        self.text = None;
        self.form = Form {
            url_safe: true,
            unpadded: true,
        };
        self
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            form: Form::default(),
            text: None,
        }
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl PartialEq for Base64 {
    /// Compares the bytes, whatever they were written as.
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Base64 {}

impl FromStr for Base64 {
    type Err = base64::DecodeError;

    fn from_str(text: &str) -> Result<Self, base64::DecodeError> {
        // Mail breaks it into lines.
        if text.contains(['\r', '\n']) {
            let joined: String = text.split(['\r', '\n']).collect();
            let mut bytes: Base64 = joined.parse()?;
            bytes.text = Some(text.into());
            return Ok(bytes);
        }
        let url_safe = text.contains(['-', '_']);
        let unpadded = !text.ends_with('=') && !text.len().is_multiple_of(4);
        let engine = if url_safe {
            READ_URL_SAFE
        } else {
            READ_STANDARD
        };
        let bytes = engine.decode(text)?;
        let form = Form { url_safe, unpadded };
        // Only the last characters can be written in more than one way.
        let last = bytes.len() / 3;
        let is_usual = form.engine().encode(&bytes[last * 3..]) == text[last * 4..];
        let text = (!is_usual).then(|| text.into());
        Ok(Self { bytes, form, text })
    }
}

impl Form {
    fn engine(self) -> &'static GeneralPurpose {
        match (self.url_safe, self.unpadded) {
            (false, false) => &STANDARD,
            (false, true) => &STANDARD_NO_PAD,
            (true, false) => &URL_SAFE,
            (true, true) => &URL_SAFE_NO_PAD,
        }
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.write_str(text),
            None => f.write_str(&self.form.engine().encode(&self.bytes)),
        }
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.bytes.len())
    }
}

super::string_codec!(Base64, Self::default(), "base64 text", "another string");

#[cfg(test)]
mod tests {
    use super::Base64;

    #[test]
    fn both_alphabets_with_and_without_padding() {
        let odd = ["TR==", "TR", "TWFu\nTWFu", "TQ==\r\n"];
        let usual = ["", "TQ==", "TWE=", "TWFu", "TQ", "_-8", "/+8=", "_-8="];
        for text in usual.into_iter().chain(odd) {
            let bytes: Base64 = text.parse().expect(text);
            assert_eq!(bytes.to_string(), text);
        }
        assert!("a b".parse::<Base64>().is_err());
    }
}

//! What schemes choose between.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::credential::Secret;
use crate::signing::SchemeError;
use crate::signing::canonical::hex;
use crate::types::Base64;

/// The hash of an HMAC (RFC 2104).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HmacAlgorithm {
    /// SHA-1, `sha1` in a text; for servers that know nothing else.
    Sha1,
    /// SHA-256, `sha256` in a text.
    Sha256,
    /// SHA-384, `sha384` in a text.
    Sha384,
    /// SHA-512, `sha512` in a text.
    Sha512,
}

/// How the text of a key stands for its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyEncoding {
    /// The bytes of the text itself (UTF-8), `text` in a text.
    #[default]
    Text,
    /// Hexadecimal digits, of either case, `hex` in a text.
    Hex,
    /// Base64 of either alphabet, with or without padding, `base64` in a text.
    Base64,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureEncoding {
    /// Hexadecimal digits in lower case, `hex` in a text.
    #[default]
    Hex,
    /// Hexadecimal digits in upper case, `HEX` in a text.
    HexUpper,
    /// Base64 with padding (RFC 4648, section 4), `base64` in a text.
    Base64,
    /// Base64 in the alphabet for URLs, without padding (RFC 4648, section 5), `base64url` in a text.
    Base64Url,
}

pub(super) const ALGORITHMS: [(&str, HmacAlgorithm); 4] = [
    ("sha1", HmacAlgorithm::Sha1),
    ("sha256", HmacAlgorithm::Sha256),
    ("sha384", HmacAlgorithm::Sha384),
    ("sha512", HmacAlgorithm::Sha512),
];

pub(super) const KEYS: [(&str, KeyEncoding); 3] = [
    ("text", KeyEncoding::Text),
    ("hex", KeyEncoding::Hex),
    ("base64", KeyEncoding::Base64),
];

pub(super) const SIGNATURES: [(&str, SignatureEncoding); 4] = [
    ("hex", SignatureEncoding::Hex),
    ("HEX", SignatureEncoding::HexUpper),
    ("base64", SignatureEncoding::Base64),
    ("base64url", SignatureEncoding::Base64Url),
];

impl HmacAlgorithm {
    fn hash(self) -> hmac::Algorithm {
        match self {
            HmacAlgorithm::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            HmacAlgorithm::Sha256 => hmac::HMAC_SHA256,
            HmacAlgorithm::Sha384 => hmac::HMAC_SHA384,
            HmacAlgorithm::Sha512 => hmac::HMAC_SHA512,
        }
    }
}

impl KeyEncoding {
    /// Reads a key; an error has nothing of it.
    pub(super) fn read(
        self,
        algorithm: HmacAlgorithm,
        secret: &Secret,
    ) -> Result<hmac::Key, SchemeError> {
        let text = secret.expose();
        let bytes = match self {
            KeyEncoding::Text => Some(text.as_bytes().to_vec()),
            KeyEncoding::Hex => unhex(text),
            KeyEncoding::Base64 => text.parse().ok().map(Base64::into_vec),
        };
        let bytes = Zeroizing::new(bytes.ok_or(match self {
            KeyEncoding::Hex => "the secret is no text of hexadecimal digits",
            _ => "the secret is no base64",
        })?);
        if bytes.is_empty() {
            return Err("the secret is empty".into());
        }
        Ok(hmac::Key::new(algorithm.hash(), &bytes))
    }
}

impl SignatureEncoding {
    pub(super) fn write(self, signature: &[u8]) -> String {
        match self {
            SignatureEncoding::Hex => hex(signature),
            SignatureEncoding::HexUpper => hex(signature).to_ascii_uppercase(),
            SignatureEncoding::Base64 => STANDARD.encode(signature),
            SignatureEncoding::Base64Url => URL_SAFE_NO_PAD.encode(signature),
        }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(|digit| digit.to_digit(16));
    let digits: Zeroizing<Vec<u8>> = Zeroizing::new(
        digits
            .map(|digit| digit.and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?,
    );
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    rest.is_empty().then_some(bytes)
}

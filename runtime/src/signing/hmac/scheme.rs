//! A scheme, as data.

use super::kinds::{HmacAlgorithm, KeyEncoding, SignatureEncoding};
use super::placeholder::Placeholder;
use super::signer::HmacSigner;
use super::template::Template;
use crate::credential::Secret;
use crate::signing::SchemeError;
use crate::transport::check_header;

/// How an API wants its requests signed by HMAC (RFC 2104): what is signed, and where the signature goes.
///
/// # Templates
/// A placeholder stands in braces: `{method}`. Line feed, carriage return, tab and backslash are written `\n`, `\r`,
/// `\t` and `\\`, or stand for themselves; a brace that means itself is written twice.
///
/// | placeholder | stands for |
/// |---|---|
/// | `method` | the method, in upper case |
/// | `path`, `query`, `target`, `url` | the path; the query without `?`; path, `?` and query; the whole address; all as they are sent |
/// | `sorted_query` | the pairs of the query by the order of names and values, encoded as RFC 3986 says |
/// | `host` | host and port as the header `Host` has them |
/// | `header:NAME` | the values of a header, without blanks around them and with commas between; empty if it is not sent |
/// | `timestamp`, `timestamp_ms` | seconds, milliseconds since 1970 |
/// | `timestamp_http` | `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7) |
/// | `timestamp_iso`, `timestamp_iso_ms` | `1994-11-06T08:49:37Z`, `1994-11-06T08:49:37.000Z` (RFC 3339) |
/// | `nonce` | 128 random bits as 32 hexadecimal digits, anew for each attempt |
/// | `key_id` | what tells the server which key it is |
/// | `body` | the bytes of the body; in what is signed only |
/// | `body_sha256_hex`, `body_sha256_base64`, `body_sha512_hex`, `body_sha512_base64` | its hash |
/// | `signature` | the signature; in what is sent only |
///
/// Filters follow after a bar: `{method|lower}`, `{signature|percent}`. There are `lower` and `upper` (of ASCII),
/// `percent` (all but letters, digits, `-`, `.`, `_` and `~` is percent-encoded) and `relative` (without a slash at the
/// beginning).
///
/// # Order
/// Headers and parameters without `{signature}` are set first, in their order; so the message can have them, by
/// `{header:NAME}` and `{query}`. Those with it follow when the message is signed. What the call has set under the same
/// name is replaced. A further header that is always the same, such as a passphrase, is a credential of its own.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("exchange", "https://api.example.com");
/// use attache_runtime::signing::{HmacAlgorithm, HmacScheme, KeyEncoding, SignatureEncoding};
///
/// let scheme = HmacScheme::new(HmacAlgorithm::Sha256, "{timestamp}{method}{target}{body}")?
///     .key(KeyEncoding::Base64)
///     .signature(SignatureEncoding::Base64)
///     .header("CB-ACCESS-KEY", "{key_id}")?
///     .header("CB-ACCESS-TIMESTAMP", "{timestamp}")?
///     .header("CB-ACCESS-SIGN", "{signature}")?;
/// let signer = scheme.signer("my key", "c2VjcmV0")?;
/// let builder = ClientBuilder::new(&API).auth(signer.credential().for_scheme("hmac"));
/// # Ok::<(), attache_runtime::signing::SchemeError>(())
/// ```
///
/// # As a text
/// A scheme can stand in a constant or a file; a line that begins with `#` is a comment.
///
/// ```
/// use attache_runtime::signing::HmacScheme;
///
/// const SCHEME: &str = r"
/// ## the defaults of `key` and `signature` are text and hex
/// algorithm: sha256
/// key: text
/// signature: hex
/// message: {query}
/// query timestamp: {timestamp_ms}
/// query signature: {signature}
/// header X-MBX-APIKEY: {key_id}
/// ";
/// let scheme: HmacScheme = SCHEME.parse()?;
/// # Ok::<(), attache_runtime::signing::SchemeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HmacScheme {
    pub(super) algorithm: HmacAlgorithm,
    pub(super) key: KeyEncoding,
    pub(super) signature: SignatureEncoding,
    pub(super) message: Template,
    pub(super) sent: Vec<Sent>,
}

/// What is sent with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) value: Template,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Header,
    Query,
}

impl HmacScheme {
    /// Takes the hash, and a template of the message that is signed.
    ///
    /// # Errors
    /// The template has a placeholder that there is not, or `{signature}`; or it is not well formed.
    pub fn new(algorithm: HmacAlgorithm, message: &str) -> Result<Self, SchemeError> {
        let message = Template::read(message, "the message")?;
        if message.has(&Placeholder::Signature) {
            return Err("`signature` cannot be in the message, which is what is signed".into());
        }
        Ok(Self {
            algorithm,
            key: KeyEncoding::default(),
            signature: SignatureEncoding::default(),
            message,
            sent: Vec::new(),
        })
    }

    /// Says how keys are written; [`KeyEncoding::Text`] if not called.
    pub fn key(mut self, encoding: KeyEncoding) -> Self {
        self.key = encoding;
        self
    }

    /// Says how the signature is written; [`SignatureEncoding::Hex`] if not called.
    pub fn signature(mut self, encoding: SignatureEncoding) -> Self {
        self.signature = encoding;
        self
    }

    /// Sends a header; the value is a template.
    ///
    /// # Errors
    /// No header has such a name, or the template is none that a header can have.
    pub fn header(self, name: &str, value: &str) -> Result<Self, SchemeError> {
        check_header(name, "")?;
        let value = Template::read(value, &format!("the header {name}"))?;
        for text in value.texts() {
            check_header(name, text)?;
        }
        self.with(Place::Header, name, value)
    }

    /// Sends a parameter of the query; the value is a template, and percent-encoded when it is filled in.
    ///
    /// # Errors
    /// The template is none that a parameter can have.
    pub fn query(self, name: &str, value: &str) -> Result<Self, SchemeError> {
        let value = Template::read(value, &format!("the parameter {name}"))?;
        self.with(Place::Query, name, value)
    }

    /// Takes the key, and what tells the server which one it is.
    ///
    /// # Errors
    /// The secret is empty or not encoded as the scheme says, or the scheme sends no signature.
    pub fn signer(
        &self,
        key_id: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Result<HmacSigner, SchemeError> {
        self.check_is_sent()?;
        let key = self.key.read(self.algorithm, &secret.into())?;
        Ok(HmacSigner::new(self.clone(), key_id.into(), key))
    }

    pub(super) fn check_is_sent(&self) -> Result<(), SchemeError> {
        match self.sent.iter().any(Sent::is_signature) {
            true => Ok(()),
            false => Err("no header and no parameter of the scheme has `{signature}`".into()),
        }
    }

    fn with(mut self, place: Place, name: &str, value: Template) -> Result<Self, SchemeError> {
        if value.has(&Placeholder::Body) {
            return Err(format!("`body` cannot be in {name}, only in the message").into());
        }
        let name = name.to_owned();
        self.sent.push(Sent { place, name, value });
        Ok(self)
    }
}

impl Sent {
    pub(super) fn is_signature(&self) -> bool {
        self.value.has(&Placeholder::Signature)
    }

    /// Says whether nobody may see it.
    pub(super) fn is_secret(&self) -> bool {
        self.is_signature() || self.value.has(&Placeholder::KeyId)
    }
}

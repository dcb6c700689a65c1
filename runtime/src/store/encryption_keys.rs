//! Keys of this process, by their ids.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::encryption_key::EncryptionKey;
use super::{DataKey, KeyProvider, StoreError, WrappedKey};
use crate::credential::Secret;
use crate::transport::BoxFuture;

/// Keys of 256 bits with their ids: the newest encrypts, and any of them decrypts.
///
/// A key is good for 2³² writes (NIST SP 800-38D, 8.3). To replace one, put the new one first, call
/// [`rewrap`](super::Encrypted::rewrap), and drop the old one when
/// [`kids_in_use`](super::Encrypted::kids_in_use) does not list it any more.
///
/// In text a key is `id:base64`, its 32 bytes in Base64, as `openssl rand -base64 32` makes it; several are separated
/// by commas or line breaks, the newest first. Ids have 1 to 64 letters, digits, `.`, `_` or `-`, and are no secret.
///
/// ```
/// use attache_runtime::store::EncryptionKeys;
///
/// let text = "2026-11:3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8=";
/// let keys = EncryptionKeys::from_text(text)?.and_older("2025", [7; 32])?;
/// assert_eq!(format!("{keys:?}"), r#"EncryptionKeys["2026-11", "2025"]"#);
/// # Ok::<(), attache_runtime::store::StoreError>(())
/// ```
#[derive(Clone)]
pub struct EncryptionKeys {
    /// The newest first; there is at least one.
    keys: Vec<Arc<EncryptionKey>>,
}

impl EncryptionKeys {
    /// Takes a key and its id.
    ///
    /// # Errors
    /// The id is none, or all bytes are zero.
    pub fn new(kid: impl Into<String>, key: [u8; 32]) -> Result<Self, StoreError> {
        let key = EncryptionKey::new(kid.into(), &Zeroizing::new(key))?;
        Ok(Self {
            keys: vec![Arc::new(key)],
        })
    }

    /// Adds a key that is older than all others.
    ///
    /// # Errors
    /// The id is none or there already, or all bytes are zero.
    pub fn and_older(mut self, kid: impl Into<String>, key: [u8; 32]) -> Result<Self, StoreError> {
        self.push(EncryptionKey::new(kid.into(), &Zeroizing::new(key))?)?;
        Ok(self)
    }

    /// Reads keys from text: `id:base64`, separated by commas or line breaks, the newest first.
    ///
    /// # Errors
    /// There is none, or one is malformed; nothing of the text is in the error but ids.
    pub fn from_text(text: impl Into<Secret>) -> Result<Self, StoreError> {
        let text = text.into();
        let lines = text.expose().lines().filter(|line| !line.starts_with('#'));
        let parts = lines.flat_map(|line| line.split(',')).map(str::trim);
        let mut keys = Self { keys: Vec::new() };
        for (index, part) in parts.filter(|part| !part.is_empty()).enumerate() {
            keys.push(read(part).map_err(|problem| malformed(index, problem))?)?;
        }
        match keys.keys.is_empty() {
            true => Err(StoreError::invalid("there is no key in the text").help(HOW)),
            false => Ok(keys),
        }
    }

    /// Reads keys from an environment variable, in the form of [`from_text`](Self::from_text).
    ///
    /// # Errors
    /// It is not set, or malformed.
    pub fn from_environment(name: &str) -> Result<Self, StoreError> {
        let place = format!("environment variable {name}");
        match std::env::var(name) {
            Ok(text) => Self::from_text(text).map_err(|error| error.at(place)),
            Err(_) => Err(StoreError::invalid("it is not set, or no text")
                .at(place)
                .help(HOW)),
        }
    }

    /// Returns the ids, the newest first.
    pub fn kids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.kid())
    }

    fn push(&mut self, key: EncryptionKey) -> Result<(), StoreError> {
        if self.kids().any(|kid| kid == key.kid()) {
            let what = format!("there are two keys with the id {:?}", key.kid());
            return Err(StoreError::invalid(what).help("give each key an id of its own"));
        }
        self.keys.push(Arc::new(key));
        Ok(())
    }
}

const HOW: &str =
    "set it to `id:base64`, where `openssl rand -base64 32` makes the Base64, the newest key first";

/// The text may be a key without an id, so none of it is shown.
fn malformed(index: usize, error: Problem) -> StoreError {
    match error {
        Problem::Form(problem) => {
            StoreError::invalid(format!("key {} {problem}", index + 1)).help(HOW)
        }
        Problem::Key(error) => error,
    }
}

enum Problem {
    Form(&'static str),
    Key(StoreError),
}

fn read(part: &str) -> Result<EncryptionKey, Problem> {
    let (kid, key) = part
        .split_once(':')
        .ok_or(Problem::Form("has no id in front of it"))?;
    let decoded = STANDARD.decode(key.trim()).map(Zeroizing::new);
    let decoded = decoded.map_err(|_| Problem::Form("is no Base64"))?;
    let bytes = Zeroizing::new(
        <[u8; 32]>::try_from(decoded.as_slice())
            .map_err(|_| Problem::Form("does not have 32 bytes"))?,
    );
    EncryptionKey::new(kid.trim().to_owned(), &bytes).map_err(Problem::Key)
}

impl KeyProvider for EncryptionKeys {
    fn newest(&self) -> &str {
        self.keys[0].kid()
    }

    fn wrap<'s>(
        &'s self,
        key: &'s DataKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<WrappedKey, StoreError>> {
        Box::pin(async move { self.keys[0].wrap(key, context) })
    }

    fn unwrap<'s>(
        &'s self,
        wrapped: &'s WrappedKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<DataKey, StoreError>> {
        Box::pin(async move {
            let key = self.keys.iter().find(|key| key.kid() == wrapped.kid);
            let key = key.ok_or_else(|| StoreError::unknown_key(&wrapped.kid))?;
            key.unwrap(wrapped, context)
        })
    }
}

impl fmt::Debug for EncryptionKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncryptionKeys")?;
        f.debug_list().entries(self.kids()).finish()
    }
}

//! One key that encrypts data keys.

use aws_lc_rs::aead::RandomizedNonceKey;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use zeroize::Zeroizing;

use super::error::Kind;
use super::{DataKey, StoreError, WrappedKey, aes_gcm};

/// How much of a key's fingerprint stands before what it encrypts, in bytes.
const FINGERPRINT: usize = 8;
const LONGEST_KID: usize = 64;

/// A key; what it was derived from is not kept.
pub(super) struct EncryptionKey {
    kid: String,
    wrapping: RandomizedNonceKey,
    /// Tells a wrong key from a changed record. It is derived (HKDF, RFC 5869), so that nothing is learnt from it.
    fingerprint: [u8; FINGERPRINT],
}

impl EncryptionKey {
    pub(super) fn new(kid: String, bytes: &[u8; 32]) -> Result<Self, StoreError> {
        check_kid(&kid)?;
        if bytes == &[0; 32] {
            let what = format!("all bytes of the key {kid:?} are zero");
            return Err(StoreError::invalid(what).help("make a random one"));
        }
        let secret = Salt::new(HKDF_SHA256, b"attache store 1").extract(bytes);
        let mut wrapping = Zeroizing::new([0; 32]);
        expand(&secret, b"wrap", &mut *wrapping)?;
        let mut fingerprint = [0; FINGERPRINT];
        expand(&secret, b"fingerprint", &mut fingerprint)?;
        let wrapping = aes_gcm::key(&wrapping).map_err(|_| broken())?;
        Ok(Self {
            kid,
            wrapping,
            fingerprint,
        })
    }

    pub(super) fn kid(&self) -> &str {
        &self.kid
    }

    pub(super) fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<WrappedKey, StoreError> {
        let context = self.bind(context);
        let sealed = aes_gcm::encrypt(&self.wrapping, &context, key.expose());
        let sealed = sealed.map_err(|_| broken())?;
        Ok(WrappedKey {
            kid: self.kid.clone(),
            bytes: [self.fingerprint.as_slice(), &sealed].concat(),
        })
    }

    pub(super) fn unwrap(&self, key: &WrappedKey, context: &[u8]) -> Result<DataKey, StoreError> {
        let changed = || StoreError::tampered("the record was changed after it was written");
        let (fingerprint, sealed) = key
            .bytes
            .split_at_checked(FINGERPRINT)
            .ok_or_else(changed)?;
        if fingerprint != self.fingerprint {
            return Err(self.wrong());
        }
        let opened = aes_gcm::decrypt(&self.wrapping, &self.bind(context), sealed);
        let opened = opened.map(Zeroizing::new).map_err(|_| changed())?;
        let bytes = opened.as_slice().try_into().map_err(|_| changed())?;
        Ok(DataKey::new(bytes))
    }

    fn bind(&self, context: &[u8]) -> Vec<u8> {
        [context, self.kid.as_bytes()].concat()
    }

    fn wrong(&self) -> StoreError {
        let kid = &self.kid;
        let what = format!("the key {kid:?} is not the one that encrypted it, or it was changed");
        StoreError::new(Kind::WrongKey, what)
            .help("give the key that had this id before, and a new key an id of its own")
    }
}

fn check_kid(kid: &str) -> Result<(), StoreError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    match kid.chars().all(is_plain) && (1..=LONGEST_KID).contains(&kid.len()) {
        true => Ok(()),
        false => Err(StoreError::invalid("the id of a key is none")
            .help("an id has 1 to 64 letters, digits, `.`, `_` or `-`")),
    }
}

fn expand(secret: &Prk, purpose: &[u8], out: &mut [u8]) -> Result<(), StoreError> {
    let length = Length(out.len());
    let filled = secret
        .expand(&[purpose], length)
        .and_then(|okm| okm.fill(out));
    filled.map_err(|_| broken())
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// What the library refuses, though it has no reason to.
pub(super) fn broken() -> StoreError {
    StoreError::unavailable("the library of cryptography cannot encrypt")
}

//! Where the keys are that encrypt data keys.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand;
use zeroize::Zeroizing;

use super::StoreError;
use crate::transport::BoxFuture;

/// A key of 256 bits that encrypts one version of one record; wiped when it is dropped.
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// Takes its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Returns its bytes; to be called where it is encrypted, and nowhere else.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// A new one. Chance comes from the library of cryptography, and cannot be handed in, since all depends on it.
    pub(super) fn random() -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::fill(&mut *bytes)
            .map_err(|_| StoreError::unavailable("the system gives no random numbers"))?;
        Ok(Self(bytes))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(***)")
    }
}

/// A data key that is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    /// The id of the key that encrypted it.
    pub kid: String,
    /// The data key, encrypted; as its provider wants it.
    pub bytes: Vec<u8>,
}

/// Encrypts data keys; implement it for a vault or a key management service, whose keys never leave it.
///
/// The context is no secret. It says which version of which record the data key is for, and has to be bound to it where
/// the service can do that: as associated data (Vault), or, in Base64, as encryption context (AWS KMS).
///
/// ```
/// use attache_runtime::store::{DataKey, KeyProvider, StoreError, WrappedKey};
/// use attache_runtime::transport::BoxFuture;
///
/// /// Asks a service; here, one that hides nothing.
/// #[derive(Debug)]
/// struct Vault;
///
/// impl KeyProvider for Vault {
///     fn newest(&self) -> &str {
///         "attache-2026"
///     }
///
///     fn wrap<'s>(&'s self, key: &'s DataKey, _: &'s [u8]) -> BoxFuture<'s, Result<WrappedKey, StoreError>> {
///         let bytes = key.expose().to_vec();
///         Box::pin(async { Ok(WrappedKey { kid: self.newest().to_owned(), bytes }) })
///     }
///
///     fn unwrap<'s>(&'s self, key: &'s WrappedKey, _: &'s [u8]) -> BoxFuture<'s, Result<DataKey, StoreError>> {
///         Box::pin(async {
///             let bytes = key.bytes.as_slice().try_into();
///             Ok(DataKey::new(bytes.map_err(|_| StoreError::tampered("the data key was changed"))?))
///         })
///     }
/// }
/// ```
pub trait KeyProvider: fmt::Debug + Send + Sync + 'static {
    /// Returns the id of the key that encrypts from now on.
    fn newest(&self) -> &str;

    /// Encrypts a data key with the newest key.
    ///
    /// # Errors
    /// The service does not answer, or refuses.
    fn wrap<'s>(
        &'s self,
        key: &'s DataKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<WrappedKey, StoreError>>;

    /// Decrypts a data key.
    ///
    /// # Errors
    /// There is no key of this id ([`StoreError::unknown_key`]), the data key or the context is not what was encrypted
    /// ([`StoreError::tampered`]), or the service does not answer.
    fn unwrap<'s>(
        &'s self,
        key: &'s WrappedKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<DataKey, StoreError>>;
}

impl<T: KeyProvider + ?Sized> KeyProvider for Arc<T> {
    fn newest(&self) -> &str {
        (**self).newest()
    }

    fn wrap<'s>(
        &'s self,
        key: &'s DataKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<WrappedKey, StoreError>> {
        (**self).wrap(key, context)
    }

    fn unwrap<'s>(
        &'s self,
        key: &'s WrappedKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<DataKey, StoreError>> {
        (**self).unwrap(key, context)
    }
}

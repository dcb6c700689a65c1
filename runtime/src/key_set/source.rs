//! Where keys come from.

use std::fmt;
use std::sync::Arc;

use super::{Key, KeyError};
use crate::token::TokenConnection;
use crate::transport::BoxFuture;

/// Gives the keys of a set; implement it for a vault or a service that rotates keys.
///
/// It is asked when a key is needed first, at an interval, and when all keys are refused. A list of keys is a source that
/// is asked once.
///
/// ```
/// use attache_runtime::key_set::{Key, KeyError, KeySet, KeySource};
/// use attache_runtime::token::TokenConnection;
/// use attache_runtime::transport::BoxFuture;
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl KeySource for Vault {
///     fn load<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
///         Box::pin(async { Ok(vec![Key::current("v7", "from the vault")]) })
///     }
/// }
///
/// let credential = KeySet::api_keys(Vault);
/// # let _ = credential;
/// ```
pub trait KeySource: fmt::Debug + Send + Sync + 'static {
    /// Gives all keys that there are now. It is asked once at a time, and given up after 10 seconds.
    ///
    /// # Errors
    /// They cannot be read; the keys that there were stay in use.
    fn load<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Vec<Key>, KeyError>>;

    /// Returns false if the keys are always the same, so that asking once is enough.
    fn changes(&self) -> bool {
        true
    }
}

impl KeySource for Vec<Key> {
    fn load<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
        Box::pin(async { Ok(self.clone()) })
    }

    fn changes(&self) -> bool {
        false
    }
}

impl<const COUNT: usize> KeySource for [Key; COUNT] {
    fn load<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
        Box::pin(async { Ok(self.to_vec()) })
    }

    fn changes(&self) -> bool {
        false
    }
}

impl<T: KeySource + ?Sized> KeySource for Arc<T> {
    fn load<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
        (**self).load(connection)
    }

    fn changes(&self) -> bool {
        (**self).changes()
    }
}

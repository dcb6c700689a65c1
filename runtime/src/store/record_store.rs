//! What a store of records does.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::StoreError;
use crate::transport::BoxFuture;

/// The longest key of a record, in bytes: an index of PostgreSQL takes no more than some 2,700.
const LONGEST_KEY: usize = 512;
/// The longest value of a record, in bytes. Stores are made for credentials, and a file is written as a whole.
const LONGEST_VALUE: usize = 1 << 20;

/// A record, as it was read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// How often it was written or removed; 0 where it never was.
    pub version: u64,
    /// None where it never was written, or is removed.
    pub value: Option<Vec<u8>>,
}

impl fmt::Debug for Record {
    /// Shows how long the value is, and nothing of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.value.as_ref().map(Vec::len);
        write!(f, "Record(version {}, ", self.version)?;
        match length {
            Some(length) => write!(f, "{length} bytes)"),
            None => f.write_str("no value)"),
        }
    }
}

/// Keeps records of bytes by key, for several processes where it says so.
///
/// Keys have 1 to 512 bytes and no NUL, values 1 MiB at the most where they are encrypted. Versions of a record count up from 1 and never begin
/// anew. What is stored is not encrypted by it: [`Encrypted`](super::Encrypted) is for that, and is a store itself.
///
/// ```
/// use attache_runtime::store::{MemoryStore, RecordStore};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = MemoryStore::new();
/// assert_eq!(store.read("token").await?.version, 0);
/// assert!(store.write("token", 0, Some(b"first")).await?);
/// // Whoever comes later with what he read before is told so.
/// assert!(!store.write("token", 0, Some(b"second")).await?);
/// assert!(store.write("token", 1, None).await?);
/// let removed = store.read("token").await?;
/// assert_eq!((removed.version, removed.value), (2, None));
/// # Ok::<(), attache_runtime::store::StoreError>(())
/// # }).unwrap();
/// ```
pub trait RecordStore: fmt::Debug + Send + Sync + 'static {
    /// Reads a record.
    ///
    /// # Errors
    /// The store cannot be reached, or what it holds cannot be trusted.
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>>;

    /// Writes the version `expected + 1` of a record where its version is still `expected`, and says whether it was;
    /// `None` removes it. What was written stays, whatever happens to the process.
    ///
    /// # Errors
    /// The store cannot be reached, in which case it may have been written nevertheless, or the key or value is too long.
    fn write<'s>(
        &'s self,
        key: &'s str,
        expected: u64,
        value: Option<&'s [u8]>,
    ) -> BoxFuture<'s, Result<bool, StoreError>>;

    /// Lists the keys of all records that have a value, sorted.
    ///
    /// # Errors
    /// The store cannot be reached, or what it holds cannot be trusted.
    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>>;

    /// Takes or prolongs the lease of a key for an owner, and says whether he has it; false where another one still does.
    ///
    /// A lease that nobody prolonged for its `ttl` is free. It spares work that two would do at once; what two write at
    /// once is settled by versions.
    ///
    /// # Errors
    /// The store cannot be reached.
    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>>;

    /// Gives a lease back; nothing happens where the owner does not have it.
    ///
    /// # Errors
    /// The store cannot be reached.
    fn release<'s>(&'s self, key: &'s str, owner: &'s str)
    -> BoxFuture<'s, Result<(), StoreError>>;
}

impl<T: RecordStore + ?Sized> RecordStore for Arc<T> {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        (**self).read(key)
    }

    fn write<'s>(
        &'s self,
        key: &'s str,
        expected: u64,
        value: Option<&'s [u8]>,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        (**self).write(key, expected, value)
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        (**self).keys()
    }

    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        (**self).lease(key, owner, ttl)
    }

    fn release<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
    ) -> BoxFuture<'s, Result<(), StoreError>> {
        (**self).release(key, owner)
    }
}

/// What all stores ask of a key, so that a record of one fits into any other.
pub(super) fn check_key(key: &str) -> Result<(), StoreError> {
    let problem = match key.len() {
        0 => "the key of the record is empty",
        1..=LONGEST_KEY if key.contains('\0') => "the key of the record has a NUL",
        1..=LONGEST_KEY => return Ok(()),
        _ => "the key of the record is longer than 512 bytes",
    };
    let error = StoreError::invalid(problem).help("choose another key");
    Err(error.of_record(key.chars().take(40).collect::<String>()))
}

/// What all stores ask of the owner of a lease, and of its key.
pub(super) fn check_lease(key: &str, owner: &str) -> Result<(), StoreError> {
    check_key(key)?;
    match owner.contains('\0') {
        true => Err(StoreError::invalid("the owner of the lease has a NUL").of_record(key)),
        false => Ok(()),
    }
}

/// What is asked of a value before it is encrypted; what comes of it is somewhat longer.
pub(super) fn check_value(key: &str, value: Option<&[u8]>) -> Result<(), StoreError> {
    match value {
        Some(value) if value.len() > LONGEST_VALUE => Err(StoreError::invalid(
            "the value of the record is longer than 1 MiB",
        )
        .of_record(key)
        .help("stores are made for credentials; keep it elsewhere")),
        _ => Ok(()),
    }
}

/// A version as databases count; none where they cannot count to the one after it, so that no record has it.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(super) fn expected_version(expected: u64) -> Option<i64> {
    let expected = i64::try_from(expected).ok();
    expected.filter(|version| *version < i64::MAX)
}

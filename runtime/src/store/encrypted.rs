//! A store whose records are encrypted.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::anchor::Anchor;
use super::record_store::{check_key, check_value};
use super::seen::{Seen, rolled_back};
use super::{KeyProvider, Record, RecordStore, StoreError, sealed};
use crate::transport::BoxFuture;

/// How often a record is re-wrapped before it is left to those who keep writing it.
const MOST_TRIES: usize = 32;

/// Encrypts the records of another store, and refuses what was changed in it.
///
/// Each write has a random data key of its own (AES-256-GCM), which is encrypted by the newest of the keys. Bound to
/// both are the form, the key of the record, its version, whether it is removed, and the id of the key, so that nobody
/// without the keys can change a record, move it to another key, or pass off one version for another. A process refuses
/// versions that are older than what it has seen, and with an [`anchor`](Self::anchor) than any process has.
///
/// What it does not hide: the keys of records, how many there are, how long they are and how often they are written. What
/// it does not protect: leases, which whoever can write to the store can take.
///
/// ```
/// use attache_runtime::store::{Encrypted, EncryptionKeys, MemoryStore, RecordStore};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let keys = EncryptionKeys::new("2026-11", [7; 32])?;
/// let store = Encrypted::new(MemoryStore::new(), keys);
/// assert!(store.write("acme/token", 0, Some(b"secret")).await?);
/// assert_eq!(store.read("acme/token").await?.value.as_deref(), Some(&b"secret"[..]));
/// # Ok::<(), attache_runtime::store::StoreError>(())
/// # }).unwrap();
/// ```
pub struct Encrypted<S> {
    store: S,
    keys: Arc<dyn KeyProvider>,
    seen: Seen,
    anchor: Option<Anchor>,
}

impl<S: RecordStore> Encrypted<S> {
    /// Takes the store, and the keys.
    pub fn new(store: S, keys: impl KeyProvider) -> Self {
        Self {
            store,
            keys: Arc::new(keys),
            seen: Seen::default(),
            anchor: None,
        }
    }

    /// Keeps the highest versions of all records in a small file of their own, so that a later process, too, refuses a store
    /// that was put back to an older state.
    ///
    /// It is encrypted, mode 0600, and made by the first write where there is none. It holds only as long as nobody puts
    /// both back, so it belongs where those who can write to the store cannot, and not into the same backup. Each store
    /// has its own, and all processes of a machine that use the store share it.
    pub fn anchor(mut self, path: impl Into<PathBuf>) -> Self {
        self.anchor = Some(Anchor::new(path.into()));
        self
    }

    /// Encrypts all records anew that an older key encrypted, also those that are removed, and returns how many those were.
    ///
    /// Versions are bound to what is encrypted, so each of these records gets a new version with the same value, and a
    /// new data key. It goes on while others read and write; whoever writes with the version before is told that
    /// another was faster, as always.
    ///
    /// # Errors
    /// The store cannot be reached, or a record cannot be trusted. What has been done until then stays.
    pub async fn rewrap(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        for key in self.store.keys().await.map_err(|error| self.at(error))? {
            let done = self.rewrap_record(&key).await;
            count += usize::from(done.map_err(|error| self.at(error).of_record(&key))?);
        }
        if let Some(anchor) = &self.anchor {
            anchor.rewrap(&*self.keys).await?;
        }
        Ok(count)
    }

    /// Returns the ids of all keys that are needed to read the store, and how many records each of them encrypted; the
    /// anchor counts as one.
    ///
    /// # Errors
    /// The store cannot be reached, or a record is none that was encrypted.
    pub async fn kids_in_use(&self) -> Result<BTreeMap<String, usize>, StoreError> {
        let mut kids = BTreeMap::new();
        for key in self.store.keys().await.map_err(|error| self.at(error))? {
            let stored = self.store.read(&key).await;
            let kid = stored.and_then(|record| sealed::kid(&record.value.unwrap_or_default()));
            let kid = kid.map_err(|error| self.at(error).of_record(&key))?;
            *kids.entry(kid).or_default() += 1;
        }
        if let Some(anchor) = &self.anchor
            && let Some(kid) = anchor.kid().await?
        {
            *kids.entry(kid).or_default() += 1;
        }
        Ok(kids)
    }

    /// Says whether it had to be done.
    async fn rewrap_record(&self, key: &str) -> Result<bool, StoreError> {
        for _ in 0..MOST_TRIES {
            let (record, kid) = self.open(key).await?;
            if kid.is_none_or(|kid| kid == self.keys.newest()) {
                return Ok(false);
            }
            let value = record.value.map(Zeroizing::new);
            let value = value.as_ref().map(|value| value.as_slice());
            if self.put(key, record.version, value).await? {
                return Ok(true);
            }
        }
        let error = StoreError::unavailable("others keep writing the record with an older key");
        Err(error.help("give the new key to all processes, then try again"))
    }

    /// Reads a record, with the id of the key that encrypted it.
    async fn open(&self, key: &str) -> Result<(Record, Option<String>), StoreError> {
        check_key(key)?;
        // Taken before: what others write meanwhile is no reason to refuse what this read finds.
        let floor = self.floor(key).await?;
        let stored = self.store.read(key).await?;
        let version = stored.version;
        if version < floor {
            return Err(rolled_back(key, version, floor));
        }
        let (value, kid) = match (version, stored.value) {
            (0, None) => (None, None),
            (0, _) => return Err(StoreError::tampered("it has a value and was never written")),
            (_, None) => return Err(StoreError::tampered("it was removed without the keys")),
            (_, Some(stored)) => {
                let value = sealed::open(&*self.keys, key, version, &stored).await?;
                (value, Some(sealed::kid(&stored)?))
            }
        };
        self.raise(key, version).await?;
        Ok((Record { version, value }, kid))
    }

    async fn put(
        &self,
        key: &str,
        expected: u64,
        value: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        check_key(key)?;
        check_value(key, value)?;
        // Versions do not go back, so another has been faster, whatever the store says by now.
        if expected < self.floor(key).await? {
            return Ok(false);
        }
        let Some(version) = expected.checked_add(1) else {
            return Ok(false);
        };
        let sealed = sealed::seal(&*self.keys, key, version, value).await?;
        let is_written = self.store.write(key, expected, Some(&sealed)).await?;
        if is_written {
            self.raise(key, version).await?;
        }
        Ok(is_written)
    }

    /// The lowest version that a read may find which begins now.
    async fn floor(&self, key: &str) -> Result<u64, StoreError> {
        self.learn().await?;
        Ok(self.seen.floor(key))
    }

    /// Takes over what the anchor knows.
    async fn learn(&self) -> Result<(), StoreError> {
        if let Some(anchor) = &self.anchor {
            for (key, version) in &*anchor.versions(&*self.keys).await? {
                self.seen.raise(key, *version);
            }
        }
        Ok(())
    }

    async fn raise(&self, key: &str, version: u64) -> Result<(), StoreError> {
        self.seen.raise(key, version);
        match &self.anchor {
            Some(anchor) if version > 0 => anchor.raise(&*self.keys, key, version).await,
            _ => Ok(()),
        }
    }

    async fn list(&self) -> Result<Vec<String>, StoreError> {
        self.learn().await?;
        let known = self.seen.keys();
        let listed = self.store.keys().await?;
        if let Some(key) = known.iter().find(|key| !listed.contains(key)) {
            return Err(rolled_back(key, 0, self.seen.floor(key)));
        }
        let mut keys = Vec::new();
        for key in listed {
            let opened = self.open(&key).await;
            let (record, _) = opened.map_err(|error| error.of_record(&key))?;
            if record.value.map(Zeroizing::new).is_some() {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    fn at(&self, error: StoreError) -> StoreError {
        error.at(format!("{:?}", self.store))
    }
}

impl<S: RecordStore> RecordStore for Encrypted<S> {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        Box::pin(async move {
            let opened = self.open(key).await;
            let (record, _) = opened.map_err(|error| self.at(error).of_record(key))?;
            Ok(record)
        })
    }

    fn write<'s>(
        &'s self,
        key: &'s str,
        expected: u64,
        value: Option<&'s [u8]>,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async move {
            let written = self.put(key, expected, value).await;
            written.map_err(|error| self.at(error).of_record(key))
        })
    }

    /// Lists the keys of all records that have a value, and reads all records for it.
    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move { self.list().await.map_err(|error| self.at(error)) })
    }

    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        self.store.lease(key, owner, ttl)
    }

    fn release<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
    ) -> BoxFuture<'s, Result<(), StoreError>> {
        self.store.release(key, owner)
    }
}

impl<S: RecordStore> fmt::Debug for Encrypted<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted")
            .field("store", &self.store)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

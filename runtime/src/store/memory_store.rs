//! Records in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::record_store::{check_key, check_lease};
use super::{Record, RecordStore, StoreError};
use crate::clock::{Clock, SystemClock};
use crate::transport::BoxFuture;

/// Records in memory, for one process and as long as it lives; they are wiped when they are replaced.
///
/// ```
/// use attache_runtime::store::MemoryStore;
///
/// assert_eq!(format!("{:?}", MemoryStore::new()), "MemoryStore");
/// ```
pub struct MemoryStore {
    clock: Arc<dyn Clock>,
    entries: Mutex<BTreeMap<String, Entry>>,
}

#[derive(Default)]
struct Entry {
    version: u64,
    value: Option<Zeroizing<Vec<u8>>>,
    /// Its owner, and when it ends.
    lease: Option<(String, Instant)>,
}

impl MemoryStore {
    /// Makes an empty store.
    pub fn new() -> Self {
        Self::with_clock(SystemClock)
    }

    /// Makes an empty store, whose leases end by another clock.
    pub fn with_clock(clock: impl Clock) -> Self {
        Self {
            clock: Arc::new(clock),
            entries: Mutex::default(),
        }
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_now(&self, key: &str) -> Result<Record, StoreError> {
        check_key(key)?;
        let entries = self.entries();
        let entry = entries.get(key);
        Ok(entry.map_or_else(Record::default, |entry| Record {
            version: entry.version,
            value: entry.value.as_deref().cloned(),
        }))
    }

    fn write_now(
        &self,
        key: &str,
        expected: u64,
        value: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        check_key(key)?;
        let mut entries = self.entries();
        let entry = entries.entry(key.to_owned()).or_default();
        let is_next = entry.version == expected;
        if is_next {
            entry.version += 1;
            entry.value = value.map(|value| Zeroizing::new(value.to_vec()));
        }
        Ok(is_next)
    }

    fn lease_now(&self, key: &str, owner: &str, ttl: Duration) -> Result<bool, StoreError> {
        check_lease(key, owner)?;
        let now = self.clock.now();
        let mut entries = self.entries();
        let entry = entries.entry(key.to_owned()).or_default();
        let lease = entry.lease.as_ref();
        let is_free = lease.is_none_or(|(holder, ends)| holder == owner || *ends <= now);
        if is_free {
            // A time that is beyond what the clock can count does not come.
            let ends = now.checked_add(ttl).unwrap_or(now + FOREVER);
            entry.lease = Some((owner.to_owned(), ends));
        }
        Ok(is_free)
    }

    fn release_now(&self, key: &str, owner: &str) {
        if let Some(entry) = self.entries().get_mut(key) {
            entry.lease.take_if(|(holder, _)| holder == owner);
        }
    }
}

const FOREVER: Duration = Duration::from_secs(100 * 365 * 86_400);

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl RecordStore for MemoryStore {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        Box::pin(async move { self.read_now(key) })
    }

    fn write<'s>(
        &'s self,
        key: &'s str,
        expected: u64,
        value: Option<&'s [u8]>,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async move { self.write_now(key, expected, value) })
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move {
            let entries = self.entries();
            let present = entries.iter().filter(|(_, entry)| entry.value.is_some());
            Ok(present.map(|(key, _)| key.clone()).collect())
        })
    }

    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async move { self.lease_now(key, owner, ttl) })
    }

    fn release<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
    ) -> BoxFuture<'s, Result<(), StoreError>> {
        Box::pin(async move {
            check_lease(key, owner)?;
            self.release_now(key, owner);
            Ok(())
        })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryStore")
    }
}

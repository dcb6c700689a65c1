//! A store that whoever attacks it has in his hands.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use attache_runtime::store::{Record, RecordStore, StoreError};
use attache_runtime::transport::BoxFuture;

/// Records that anyone may put there.
#[derive(Debug, Default)]
pub struct Shelf {
    records: Mutex<BTreeMap<String, Record>>,
    is_held: AtomicBool,
}

impl Shelf {
    pub fn get(&self, key: &str) -> Record {
        let records = self.records.lock().unwrap();
        records.get(key).cloned().unwrap_or_default()
    }

    pub fn bytes(&self, key: &str) -> Vec<u8> {
        self.get(key).value.expect("it has a value")
    }

    pub fn put(&self, key: &str, version: u64, value: Option<Vec<u8>>) {
        let record = Record { version, value };
        self.records.lock().unwrap().insert(key.to_owned(), record);
    }

    /// Keeps those who read waiting, with what they have read.
    pub fn hold(&self, is_held: bool) {
        self.is_held.store(is_held, Ordering::Relaxed);
    }

    pub fn forget(&self, key: &str) {
        self.records.lock().unwrap().remove(key);
    }
}

impl RecordStore for Shelf {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        Box::pin(async {
            let record = self.get(key);
            while self.is_held.load(Ordering::Relaxed) {
                tokio::task::yield_now().await;
            }
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
            let mut records = self.records.lock().unwrap();
            let record = records.entry(key.to_owned()).or_default();
            let is_next = record.version == expected;
            if is_next {
                *record = Record {
                    version: expected + 1,
                    value: value.map(<[u8]>::to_vec),
                };
            }
            Ok(is_next)
        })
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async {
            let records = self.records.lock().unwrap();
            let present = records.iter().filter(|(_, record)| record.value.is_some());
            Ok(present.map(|(key, _)| key.clone()).collect())
        })
    }

    fn lease<'s>(
        &'s self,
        _: &'s str,
        _: &'s str,
        _: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async { Ok(true) })
    }

    fn release<'s>(&'s self, _: &'s str, _: &'s str) -> BoxFuture<'s, Result<(), StoreError>> {
        Box::pin(async { Ok(()) })
    }
}

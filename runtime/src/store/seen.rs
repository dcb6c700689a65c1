//! The highest versions that this process has seen.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::StoreError;
use super::error::Kind;

/// The highest version of each record that has been read or written.
#[derive(Debug, Default)]
pub(super) struct Seen {
    versions: Mutex<HashMap<String, u64>>,
}

impl Seen {
    /// The lowest version that a read may find which begins now; 0 where nothing is known.
    pub(super) fn floor(&self, key: &str) -> u64 {
        self.versions().get(key).copied().unwrap_or(0)
    }

    pub(super) fn raise(&self, key: &str, version: u64) {
        let mut versions = self.versions();
        match versions.get_mut(key) {
            Some(highest) => *highest = version.max(*highest),
            None => {
                versions.insert(key.to_owned(), version);
            }
        }
    }

    /// The keys of all records that have been written at some time.
    pub(super) fn keys(&self) -> Vec<String> {
        let versions = self.versions();
        let written = versions.iter().filter(|(_, version)| **version > 0);
        written.map(|(key, _)| key.clone()).collect()
    }

    fn versions(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.versions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The store has an older version of a record than there was.
pub(super) fn rolled_back(key: &str, found: u64, floor: u64) -> StoreError {
    let what = format!("the store has version {found} of the record, and had version {floor}");
    StoreError::new(Kind::RolledBack, what)
        .of_record(key)
        .help(
            "someone put an older state back; where that was you, start this process anew, \
             without the anchor if there is one, and log in again where credentials have been replaced since",
        )
}

//! The counts of a client.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::Usage;
use super::counters::Counters;

/// What came of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ended {
    pub(crate) status: Option<u16>,
    pub(crate) attempts: u32,
    pub(crate) bytes: usize,
    /// For quotas, and between attempts.
    pub(crate) waited: Duration,
    pub(crate) took: Duration,
}

/// The counts of a client, by operation.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    counters: RwLock<BTreeMap<String, Arc<Counters>>>,
}

impl Ledger {
    pub(crate) fn add(&self, operation: &str, ended: &Ended) {
        let counters = self.counters.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = counters.get(operation) {
            return known.add(ended);
        }
        drop(counters);
        let mut counters = self
            .counters
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let new = counters.entry(operation.to_owned());
        new.or_insert_with(|| Arc::new(Counters::new())).add(ended);
    }

    pub(crate) fn snapshot(&self) -> Usage {
        let counters = self.counters.read().unwrap_or_else(PoisonError::into_inner);
        let operations = counters
            .iter()
            .map(|(name, counters)| counters.snapshot(name));
        Usage {
            operations: operations.collect(),
        }
    }
}

//! The counts of a client.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
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
    counters: Mutex<BTreeMap<String, Arc<Counters>>>,
}

impl Ledger {
    /// The counts of an operation, which begin at nothing.
    pub(crate) fn counters(&self, operation: &str) -> Arc<Counters> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = counters.get(operation) {
            return known.clone();
        }
        let new = Arc::new(Counters::new());
        counters.insert(operation.to_owned(), new.clone());
        new
    }

    pub(crate) fn snapshot(&self) -> Usage {
        let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let operations = counters.iter();
        let operations = operations.map(|(name, counters)| counters.snapshot(name));
        // The first call of an operation may be under way.
        let operations = operations.filter(|operation| operation.calls > 0);
        Usage {
            operations: operations.collect(),
        }
    }
}

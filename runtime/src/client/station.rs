//! What a client keeps of each operation, so that a call finds all of it at once.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::breaker::OwnCircuit;
use crate::call::{Operation, OperationMeta, Template};
use crate::limit::OwnBucket;
use crate::usage::{Counters, Ledger};

/// What a client keeps of an operation.
#[derive(Debug)]
pub(crate) struct Station {
    pub(crate) template: Template,
    pub(crate) counters: Arc<Counters>,
    pub(crate) bucket: OwnBucket,
    /// That of the server which the client calls when nobody says otherwise.
    pub(crate) circuit: OwnCircuit,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Stations {
    /// By the addresses of their tables, which are there for good.
    described: RwLock<BTreeMap<usize, Arc<Station>>>,
}

impl Stations {
    pub(crate) fn of(&self, operation: &Operation, ledger: &Ledger) -> Arc<Station> {
        match operation {
            Operation::Described(meta) => self.described(meta, ledger),
            // Its path is its own.
            Operation::Free(_) => Arc::new(Station::new(operation, ledger)),
        }
    }

    fn described(&self, meta: &'static OperationMeta, ledger: &Ledger) -> Arc<Station> {
        let address = std::ptr::from_ref(meta).addr();
        let known = self
            .described
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(station) = known.get(&address) {
            return station.clone();
        }
        drop(known);
        let mut known = self
            .described
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let station = known.entry(address);
        let station = station.or_insert_with(|| Arc::new(Station::new(meta, ledger)));
        station.clone()
    }
}

impl Station {
    fn new(operation: &OperationMeta, ledger: &Ledger) -> Self {
        Self {
            template: Template::of(operation),
            counters: ledger.counters(operation.id()),
            bucket: OwnBucket::default(),
            circuit: OwnCircuit::default(),
        }
    }
}

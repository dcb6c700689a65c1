//! What a client keeps of each operation, so that a call finds all of it at once.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::Shared;
use crate::breaker::OwnCircuit;
use crate::call::{Operation, OperationMeta, Template, usual_server};
use crate::credential::{OperationScopes, Scopes};
use crate::limit::OwnBucket;
use crate::settings::CallSettings;
use crate::transport::Url;
use crate::usage::Counters;

/// What a client keeps of an operation.
#[derive(Debug)]
pub(crate) struct Station {
    pub(crate) template: Template,
    /// Where its calls go, unless they say otherwise; or why there is no such place.
    pub(crate) server: Result<Url, String>,
    /// What holds for its calls, unless they say otherwise.
    pub(crate) settings: CallSettings,
    pub(crate) counters: Arc<Counters>,
    pub(crate) bucket: OwnBucket,
    /// What tokens for it have to be good for.
    pub(crate) scopes: Scopes,
    /// That of the same server.
    pub(crate) circuit: OwnCircuit,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Stations {
    /// By the addresses of their tables, which are there for good.
    described: RwLock<BTreeMap<usize, Arc<Station>>>,
}

impl Stations {
    pub(crate) fn of(&self, operation: &Operation, shared: &Shared) -> Arc<Station> {
        match operation {
            Operation::Described(meta) => self.described(meta, shared),
            // Its path is its own.
            Operation::Free(_) => Arc::new(Station::new(operation, operation.path(), shared)),
        }
    }

    fn described(&self, meta: &'static OperationMeta, shared: &Shared) -> Arc<Station> {
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
        let station = station.or_insert_with(|| Arc::new(Station::new(meta, meta.path, shared)));
        station.clone()
    }
}

impl Station {
    fn new(operation: &OperationMeta, path: &str, shared: &Shared) -> Self {
        Self {
            template: Template::of(operation, path),
            server: usual_server(operation, shared),
            settings: shared.scopes.settings(operation, &shared.calls),
            counters: shared.ledger.counters(operation.id()),
            bucket: OwnBucket::default(),
            scopes: OperationScopes::find(shared.api.scopes, operation.id()),
            circuit: OwnCircuit::default(),
        }
    }
}

//! The client: what all calls of one integration share.
//!
//! Input: the table of an API, and what its user configures.
//! Output: a client, cheap to clone, from which calls are made.
//! Invariants: what can be wrong about a configuration is found when it is built, not when it is used.
//! Never: a setting read from the environment without being asked for, other than the proxies that
//! the default transport finds there.

mod api;
mod build_error;
mod builder;
mod defaults;
mod policies;
mod server;
mod sources;
mod station;

use std::fmt;
use std::sync::Arc;

use crate::admission::Gate;
use crate::breaker::Circuits;
use crate::call::{Call, Hooks, Operation, OperationMeta, Request};
use crate::clock::Clock;
use crate::coalesce::{Flights, Landed};
use crate::credential::Credential;
use crate::limit::Limiter;
use crate::log::Bodies;
use crate::meter::Meter;
use crate::random::Random;
use crate::retry::Budget;
use crate::settings::{CallSettings, Scopes};
use crate::token::TokenConnection;
use crate::transport::{Headers, Transport, Url};
use crate::usage::{Health, Ledger, Usage};

pub use api::ApiMeta;
pub use build_error::BuildError;
pub use builder::ClientBuilder;
pub use defaults::Defaults;
pub use server::Server;
pub(crate) use station::Station;
use station::Stations;

/// A client of one API; clones share everything.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiMeta,
    pub(crate) base_url: Url,
    /// The user chose it, and all calls go there.
    pub(crate) is_base_url_chosen: bool,
    /// What takes the place of servers that operations have of their own.
    pub(crate) operation_servers: Vec<(String, Url)>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    /// By where they come from: the builder, the environment, a profile.
    pub(crate) credentials: Vec<Vec<Credential>>,
    /// Some of them are fetched when they are needed.
    pub(crate) has_tokens: bool,
    /// Some of them are sets of keys.
    pub(crate) has_keys: bool,
    /// What that takes.
    pub(crate) connection: TokenConnection,
    pub(crate) allow_anonymous: bool,
    /// For all calls.
    pub(crate) calls: CallSettings,
    /// For those of some operations.
    pub(crate) scopes: Scopes,
    pub(crate) retry_budget: Budget,
    /// None where each call sends its own requests.
    pub(crate) flights: Option<Flights<Landed>>,
    pub(crate) random: Arc<dyn Random>,
    /// None where any number of requests may be under way.
    pub(crate) gate: Option<Gate>,
    pub(crate) ledger: Ledger,
    /// Everything of an operation in one place.
    pub(crate) stations: Stations,
    pub(crate) meter: Option<Arc<dyn Meter>>,
    /// None where no body is logged.
    pub(crate) bodies: Option<Bodies>,
    pub(crate) circuits: Circuits,
    /// None where quotas are ignored.
    pub(crate) limiter: Option<Limiter>,
    pub(crate) body_limit: usize,
    pub(crate) headers: Headers,
    pub(crate) hooks: Hooks,
}

impl Shared {
    /// What the client keeps of an operation.
    pub(crate) fn station(&self, operation: &Operation) -> Arc<Station> {
        self.stations.of(operation, self)
    }
}

impl Client {
    /// Begins a call of an operation.
    pub fn call(&self, operation: &'static OperationMeta) -> Call {
        Call::new(self.clone(), Operation::Described(operation))
    }

    /// Returns what the client has done so far: calls, retries and latencies by operation.
    pub fn usage(&self) -> Usage {
        self.shared.ledger.snapshot()
    }

    /// Returns what holds calls back at the moment: circuits, quotas, the budget of retries, keys that were refused; and how
    /// far the clocks of servers are off.
    pub fn health(&self) -> Health {
        let shared = &self.shared;
        let now = shared.clock.now();
        let quotas = shared.limiter.as_ref().map(|limiter| limiter.health(now));
        Health {
            retry_tokens: shared.retry_budget.left().into(),
            waiting: shared.gate.as_ref().map_or(0, |gate| gate.waiting() as u64),
            circuits: shared.circuits.health(now),
            quotas: quotas.unwrap_or_default(),
            clock_skews: shared.connection.skews.health(),
            key_sets: {
                let keys = shared.credentials.iter().flatten();
                let keys = keys.filter_map(Credential::keys);
                keys.map(|keys| keys.health(now)).collect()
            },
        }
    }

    /// Begins a request for what the API's description lacks.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self.clone(), method, path)
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.shared.api.name)
            .field("base_url", &self.shared.base_url)
            .field("credentials", &self.shared.credentials)
            .field("calls", &self.shared.calls)
            .finish_non_exhaustive()
    }
}

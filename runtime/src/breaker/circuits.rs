//! The circuits of a client.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::circuit::Circuit;
use super::{Breaker, Outcome};
use crate::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use crate::usage::CircuitHealth;

/// An origin, and a group of operations.
type Scope = (String, &'static str);

/// The circuits of a client: one for each group of operations of each server.
#[derive(Debug)]
pub(crate) struct Circuits {
    begun: Instant,
    policy: Breaker,
    circuits: RwLock<HashMap<Scope, Arc<Mutex<Circuit>>>>,
}

/// A request that has been let through; when it is dropped without an outcome, it says nothing of the server.
#[derive(Debug)]
pub(crate) struct Permit<'c> {
    circuits: &'c Circuits,
    /// None once the outcome is known.
    circuit: Option<Asked<'c>>,
    generation: u64,
}

/// The circuit of a permit.
#[derive(Debug)]
enum Asked<'c> {
    Own(&'c Mutex<Circuit>),
    Found(Arc<Mutex<Circuit>>),
}

impl Deref for Asked<'_> {
    type Target = Mutex<Circuit>;

    fn deref(&self) -> &Mutex<Circuit> {
        match self {
            Asked::Own(circuit) => circuit,
            Asked::Found(circuit) => circuit,
        }
    }
}

/// The circuit of an operation, once it has been used.
#[derive(Debug, Default)]
pub(crate) struct OwnCircuit(OnceLock<Arc<Mutex<Circuit>>>);

impl Circuits {
    pub(crate) fn new(now: Instant, policy: Breaker) -> Self {
        Self {
            begun: now,
            policy,
            circuits: RwLock::default(),
        }
    }

    /// Lets a request through; `Err` says for how long none is. None where circuits never open.
    pub(crate) fn admit(
        &self,
        origin: &str,
        group: &'static str,
        now: Instant,
    ) -> Result<Option<Permit<'_>>, Duration> {
        if !self.policy.is_on() {
            return Ok(None);
        }
        self.admit_to(Asked::Found(self.circuit(origin, group)), now)
    }

    /// The same, of a circuit that is kept where it is found at once the next time.
    pub(crate) fn admit_own<'c>(
        &'c self,
        own: &'c OwnCircuit,
        origin: &str,
        group: &'static str,
        now: Instant,
    ) -> Result<Option<Permit<'c>>, Duration> {
        if !self.policy.is_on() {
            return Ok(None);
        }
        let circuit = own.0.get_or_init(|| self.circuit(origin, group));
        self.admit_to(Asked::Own(circuit), now)
    }

    fn admit_to<'c>(
        &'c self,
        circuit: Asked<'c>,
        now: Instant,
    ) -> Result<Option<Permit<'c>>, Duration> {
        let generation = lock(&circuit).admit(&self.policy, || self.since(now))?;
        Ok(Some(Permit {
            circuits: self,
            circuit: Some(circuit),
            generation,
        }))
    }

    /// How each circuit is that has been used.
    pub(crate) fn health(&self, now: Instant) -> Vec<CircuitHealth> {
        let circuits = self.circuits.read().unwrap_or_else(PoisonError::into_inner);
        let health = circuits.iter().map(|((origin, group), circuit)| {
            let (state, open_for) = lock(circuit).state(self.since(now));
            CircuitHealth {
                origin: origin.clone(),
                group: (*group).to_owned(),
                state: state.to_owned(),
                open_for_ms: open_for.map(|span| span.as_secs_f64() * 1e3),
            }
        });
        let mut health: Vec<_> = health.collect();
        health.sort_by(|one, other| (&one.origin, &one.group).cmp(&(&other.origin, &other.group)));
        health
    }

    fn circuit(&self, origin: &str, group: &'static str) -> Arc<Mutex<Circuit>> {
        let circuits = self.circuits.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = circuits.iter();
        let found = known.find(|((known, of), _)| known == origin && *of == group);
        if let Some((_, circuit)) = found {
            return circuit.clone();
        }
        drop(circuits);
        let mut circuits = self
            .circuits
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        circuits
            .entry((origin.to_owned(), group))
            .or_default()
            .clone()
    }

    fn since(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.begun)
    }
}

impl Permit<'_> {
    /// Takes note of what came of the request.
    pub(crate) fn record(mut self, outcome: Outcome, took: Duration, now: Instant) {
        self.note(self.circuits.policy.judged(outcome, took), now);
    }

    fn note(&mut self, outcome: Outcome, now: Instant) {
        if let Some(circuit) = self.circuit.take() {
            let circuits = self.circuits;
            let now = circuits.since(now);
            lock(&circuit).record(&circuits.policy, self.generation, outcome, now);
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.note(Outcome::Unknown, self.circuits.begun);
    }
}

fn lock(circuit: &Mutex<Circuit>) -> MutexGuard<'_, Circuit> {
    circuit.lock().unwrap_or_else(PoisonError::into_inner)
}

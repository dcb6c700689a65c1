//! Whether a server that fails is left alone.
//!
//! Input: what came of each request and how long it took; the time.
//! Output: whether a request may be sent, or for how long none is.
//! Invariants: only faults of the server count (no answer, a status of 5xx, what took too long), never refusals (4xx)
//! and never what a caller gave up; what a request that began before the circuit changed comes to is forgotten.
//! Never: a wait, or a clock of its own.

mod circuit;
mod circuits;
mod policy;
mod window;

pub(crate) use circuits::{Circuits, OwnCircuit, Permit};
pub use policy::Breaker;
pub(crate) use policy::Outcome;

#[cfg(all(test, attache_loom))]
mod models;
#[cfg(all(test, not(attache_loom)))]
mod tests;

//! How many requests of a client are under way at once, and which of those that wait goes next.
//!
//! Input: calls that want to send, each with a priority.
//! Output: a permit for each, in the order of priorities, and in the order of asking within one.
//! Invariants: there are never more permits than the limit; a permit that is dropped, in whatever state, is there for
//! the next; nobody overtakes one of the same priority.
//! Never: a permit that is held while a call waits to try again.

mod gate;
mod policy;

pub(crate) use gate::{Gate, Permit};
pub use policy::{Admission, Priority};

#[cfg(all(test, attache_loom))]
mod models;
#[cfg(all(test, not(attache_loom)))]
mod tests;

//! What a client has done so far, and how it is: plain data, ready to be shown or sent on as JSON.
//!
//! Input: what came of each call.
//! Output: [`Usage`], counts and latencies by operation, and [`Health`], what holds calls back at the moment.
//! Invariants: a snapshot holds names of operations and keys, and numbers, nothing that a caller or a server said.
//! Never: a lock while a call is counted, other than to find its operation.

mod counters;
mod histogram;
mod ledger;
mod snapshot;

pub(crate) use counters::Counters;
pub(crate) use ledger::{Ended, Ledger};
pub use snapshot::{
    CircuitHealth, ClockSkewHealth, Health, KeyHealth, KeySetHealth, OperationUsage, QuotaHealth,
    Usage,
};

#[cfg(test)]
mod tests;

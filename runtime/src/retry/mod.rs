//! Whether a call is tried again, when, and how often all calls of a client may be.
//!
//! Input: what came of an attempt, what the operation allows, what the server asks for, the time that is left.
//! Output: a decision: to wait and try again, or why not.
//! Invariants: what may have been done is not done twice unless the operation allows it; no wait ends after the
//! deadline; all retries of a client together pay from one budget.
//! Never: a wait, a clock or a random number of its own.
//!
//! The figures are those that the AWS SDKs published in 2026 as their retry behaviour 2.1: full jitter from 50 ms, for
//! throttling from 1 s, up to 20 s; a budget of 500 tokens, of which a retry costs 14, or 5 after throttling.
//!
//! What the budget is for: a server that can do 20 requests a second gets 16, stands still from the 20th to the 30th
//! second, and then has a backlog in which every attempt runs out of time. Calls that succeed, of up to four attempts:
//!
//! | seconds | with the budget of 500 | without a budget |
//! |---|---|---|
//! | 0 to 20 | 100 % | 100 % |
//! | 20 to 40 | 0 % | 0 % |
//! | 40 to 60 | 0 % | 0 % |
//! | 60 to 80 | 30 % | 0 % |
//! | 80 to 100 | 100 % | 0 % |
//! | 100 to 120 | 100 % | 0 % |
//!
//! Without it, the retries alone are more than the server can do, for good (`runtime/tests/metastable.rs`).

mod budget;
mod class;
mod hint;
mod policy;
mod trace;

pub use budget::Budget;
pub use class::RetryClass;
pub(crate) use hint::{Hint, date, number, retry_after};
pub use policy::Retry;
pub(crate) use policy::{Decision, Event, GivenUp, TRANSIENT_COST, Tried};
pub use trace::Trace;

#[cfg(all(test, attache_loom))]
mod models;
#[cfg(all(test, not(attache_loom)))]
mod tests;

//! One request for calls that would send the same at the same time.
//!
//! Input: the request of a call, before it has credentials, and what the operation allows.
//! Output: a place: to send the request for all, or to wait for what comes of it.
//! Invariants: of those that are the same, one at a time is sent; when whoever sends it gives up, another one takes over,
//! so that nobody waits for nothing; all get the same outcome, a failure too.
//! Never: an operation that may change something, a call with credentials, a retry policy or hooks of its own, or one
//! whose answer is read piece by piece.
//!
//! Requests are the same where method, address, headers and the client are. Each call still has its own deadline.

mod flights;
mod key;

pub(crate) use flights::{Boarding, Flights, Lead};
pub(crate) use key::Key;

use crate::error::Failure;
use crate::response::Answer;

/// What comes of a call.
pub(crate) type Landed = Result<Answer, Box<Failure>>;

#[cfg(all(test, attache_loom))]
mod models;
#[cfg(all(test, not(attache_loom)))]
mod tests;

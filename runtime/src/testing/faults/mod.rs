//! A server on a real socket that does what servers do on bad days.
//!
//! Input: what to do with each request, in turn or by chance.
//! Output: an address on the loopback interface, and the requests that came.
//! Invariants: each request is taken note of before anything is done with it; the server ends when it is dropped.
//! Never: more HTTP than it takes to tell one request from the next.

mod act;
mod plan;
mod server;

pub use act::Act;
pub use plan::FaultPlan;
pub use server::{FaultServer, Received};

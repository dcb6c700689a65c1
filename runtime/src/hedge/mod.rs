//! Whether a second request is sent beside one that takes long.
//!
//! Input: what the operation allows, and how often the call has been sent.
//! Output: for how long the first request may go without an answer.
//! Invariants: only what changes nothing is sent twice at once; a second request counts as an attempt, passes the same
//! stages but waits for none of them, and pays from the budget of the retries, so that a server that slows down for all
//! is not asked twice for all.
//! Never: a third request beside two.
//!
//! After "The Tail at Scale" (Dean and Barroso, 2013).

mod policy;

pub use policy::Hedge;

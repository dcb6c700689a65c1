//! Real traffic, recorded once and played again.
//!
//! Input: exchanges with a real server, by way of any transport.
//! Output: a file with an exchange a line, and a transport that answers from it.
//! Invariants: what is secret is replaced before it is kept: values of headers that are not known to be harmless, members
//! and parameters that are named like secrets, and every occurrence of a credential that was sent.
//! Never: a secret in memory longer than its exchange takes.

mod exchange;
mod player;
mod recorder;
mod scrubbing;

pub use player::Cassette;
pub use recorder::Recorder;

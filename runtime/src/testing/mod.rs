//! Tests of a client against the API's own description: what is sent, and what is read.
//!
//! Input: `wire.json`, which `attache generate --wire-tests` writes: for each operation a value for each argument, and
//! documented answers.
//! Output: a test per operation, by [`wire_tests!`](crate::wire_tests), and [`Mock`], a transport that answers in the
//! place of a server. Beside these, [`SimulatedClock`] lets a client wait without waiting, and [`FaultServer`] is a
//! server on a real socket that does what servers do on bad days; [`Recorder`] and [`Cassette`] play real traffic again.
//! Invariants: what is held against a request is written and read by other code than that which sends requests.
//! Never: a request to anything but the server that `ATTACHE_WIRE_URL` names.
//!
//! Values are held against the schemas when `wire.json` is written; the mock compares what is sent with them. That
//! finds more than a validator would, which takes any value that the schema allows, and needs no validator here.

mod arguments;
mod body;
mod cassette;
mod check;
mod decoded;
mod exchange;
mod faults;
mod mock;
mod multipart;
mod simulated_clock;
mod table;
mod wire;

pub use arguments::Sample;
pub use cassette::{Cassette, Recorder};
pub use faults::{Act, FaultPlan, FaultServer, Received};
pub use mock::Mock;
pub use simulated_clock::SimulatedClock;
pub use wire::{Wire, WireTest};

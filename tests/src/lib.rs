//! What the tests share.
//!
//! Input: the descriptions, cases and golden crates of this folder, and the corpus where it is unpacked.
//! Output: generated text in memory, programs that are built, servers that answer from a script.
//! Invariant: expectations change only when `cargo xtask bless` runs the tests.
//! Never: anything beyond this machine.

pub mod case;
pub mod client;
pub mod corpus;
pub mod expected;
pub mod folder;
pub mod program;
pub mod server;

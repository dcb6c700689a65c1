//! What the tests share.
//!
//! Input: the descriptions, cases and golden crates of this folder, and the corpus where it is unpacked.
//! Output: generated text in memory, programs that are built, servers that answer as a test tells them to.
//! Invariant: expectations change only when `cargo xtask bless` runs the tests.
//! Never: anything beyond this machine.

pub mod case;
pub mod client;
pub mod corpus;
pub mod expected;
pub mod folder;
pub mod items;
pub mod program;
pub mod server;
pub mod workspace;

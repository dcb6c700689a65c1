//! The macros with which generated crates state their tables.
//!
//! Input: a table that stands next to a type and reads like its description.
//! Output: the implementations of the codec and of the call path for that type.
//! Invariants: expansions are short and call functions that are compiled once, here; every path in
//! them is absolute, since a generated crate may have types called `Option` or `String` in scope.
//! Never: logic in an expansion, or a warning in the crate that uses it.

mod checks;
mod client;
mod enums;
mod links;
mod object;
mod pages;
mod requests;
mod servers;
mod tuples;
mod unions;
mod values;
#[cfg(feature = "testing")]
mod wire;
mod xml;

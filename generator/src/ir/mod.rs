//! The client as plain data: operations, types, credentials. No OpenAPI in it, no Rust spelling.
//!
//! Input: the document's operations and the resolved schemas. Output: [`Client`].
//! Invariant: ids index their lists; a type's parent stands before it.
//! Never: makes an identifier.

mod body;
mod build;
mod docs;
mod group;
mod model;
mod multipart;
mod operation;
mod operation_name;
mod parameter;
mod recursion;
mod rules;
mod scalar;
mod security;
mod server;
mod size;
mod types;
mod usage;
mod views;

pub use build::build;
pub use model::*;

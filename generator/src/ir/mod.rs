//! The client as plain data: operations, types, credentials. No OpenAPI in it, no Rust spelling.
//!
//! Input: the document's operations and the resolved schemas. Output: [`Client`].
//! Invariant: ids index their lists; a type's parent stands before it.
//! Never: makes an identifier.

mod answer;
mod body;
mod build;
mod callback;
mod docs;
mod form;
mod group;
mod idempotency;
mod link;
mod media;
mod model;
mod multipart;
mod operation;
mod operation_name;
mod pagination;
mod parameter;
mod quota;
mod recursion;
mod request_body;
mod response_header;
mod retry;
mod rules;
mod scalar;
mod security;
mod server;
mod sharing;
mod size;
mod stream;
mod types;
mod usage;
mod views;
mod xml;

pub use build::build;
pub use model::*;

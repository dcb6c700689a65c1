//! HTTP Digest Access Authentication (RFC 7616).

mod challenge;
mod signer;
#[cfg(test)]
mod tests;

pub use signer::Digest;

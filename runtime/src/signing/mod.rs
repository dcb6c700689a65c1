//! Requests that the client signs.
//!
//! Input: a request that is complete, down to its body; the time.
//! Output: the same request with a signature in its headers.
//! Invariants: signing comes last, after hooks and all other credentials, and anew for each attempt; what is signed is
//! what is sent.
//! Never: a key in `Debug` or in an error.

#[cfg(feature = "sigv4")]
mod canonical;
mod request_signer;
#[cfg(feature = "sigv4")]
mod sigv4;
#[cfg(all(test, feature = "sigv4"))]
mod tests;

pub use request_signer::{RequestSigner, Signature};
#[cfg(feature = "sigv4")]
pub use sigv4::SigV4;

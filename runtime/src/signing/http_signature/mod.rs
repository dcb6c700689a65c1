//! HTTP Message Signatures (RFC 9421), as a client makes them.
//!
//! Input: the components of a request that are signed, by their names; a key; a request and the time.
//! Output: the request with `Signature-Input` and `Signature`, and with `Content-Digest` (RFC 9530) if that is signed.
//! Invariants: a component that a request has not makes it fail, so that no signature covers less than it says; what the
//! signature says of itself is signed with the rest.
//! Never: a key in `Debug` or in an error.

mod base;
mod component;
mod digest;
mod parameters;
mod signature;
#[cfg(test)]
mod tests;

pub use digest::ContentDigest;
pub use signature::HttpSignature;

//! Schemes of signing by HMAC, as many APIs have one of their own.
//!
//! Input: templates of what is signed and of what is sent; a key; a request and the time.
//! Output: the request with its signature, in headers or in the query.
//! Invariants: a template that cannot be filled in is refused when the scheme is made; what is sent without a signature
//! is set first, so that it can be signed.
//! Never: a key or a signature in `Debug` or in an error.

mod fill;
mod kinds;
mod placeholder;
mod scheme;
mod signer;
mod template;
#[cfg(test)]
mod tests;
mod text;

pub use kinds::{HmacAlgorithm, KeyEncoding, SignatureEncoding};
pub use scheme::HmacScheme;
pub use signer::HmacSigner;

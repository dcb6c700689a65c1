//! Requests that the client signs.
//!
//! Input: a request that is complete, down to its body; the time.
//! Output: the same request with a signature in its headers, or in its query.
//! Invariants: signing comes last, after hooks and all other credentials, and anew for each attempt; what is signed is
//! what is sent.
//! Never: a key in `Debug` or in an error.
//!
//! | scheme | signer | feature |
//! |---|---|---|
//! | Signature Version 4 of AWS | `SigV4` | `sigv4` |
//! | HTTP Message Signatures (RFC 9421) | `HttpSignature` | `http-signatures` |
//! | HTTP Digest (RFC 7616) | `Digest` | `digest` |
//! | HMAC as an API describes it | `HmacScheme` | `hmac` |
//! | one that nothing here knows | [`RequestSigner`] | |

#[cfg(any(
    feature = "digest",
    feature = "hmac",
    feature = "http-signatures",
    feature = "sigv4"
))]
mod canonical;
#[cfg(feature = "digest")]
mod digest;
#[cfg(feature = "hmac")]
mod hmac;
#[cfg(feature = "http-signatures")]
mod http_signature;
mod request_signer;
#[cfg(any(feature = "hmac", feature = "http-signatures"))]
mod scheme_error;
#[cfg(feature = "sigv4")]
mod sigv4;
#[cfg(all(test, feature = "sigv4"))]
mod tests;

#[cfg(feature = "digest")]
pub use digest::Digest;
#[cfg(feature = "hmac")]
pub use hmac::{HmacAlgorithm, HmacScheme, HmacSigner, KeyEncoding, SignatureEncoding};
#[cfg(feature = "http-signatures")]
pub use http_signature::{ContentDigest, HttpSignature};
pub use request_signer::{RequestSigner, Signature};
#[cfg(any(feature = "hmac", feature = "http-signatures"))]
pub use scheme_error::SchemeError;
#[cfg(feature = "sigv4")]
pub use sigv4::SigV4;

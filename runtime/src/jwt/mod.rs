//! JSON Web Tokens (RFC 7519) that a client signs: as its token, as the assertion that gets it one, or to say who it is.
//!
//! Input: a private key, the claims that an API wants, the time.
//! Output: a signed token (RFC 7515, compact).
//! Invariants: the algorithm is that of the key, and never `none`; a token is used again until it is about to expire.
//! Never: a key in `Debug` or in an error.

mod jwk;
mod key;
#[cfg(feature = "login")]
mod public_key;
#[cfg(test)]
mod tests;
mod token;

pub use key::{Algorithm, KeyError, SigningKey};
#[cfg(feature = "login")]
pub(crate) use public_key::PublicKey;
pub use token::Jwt;
pub(crate) use token::compact;

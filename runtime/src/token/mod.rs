//! Access tokens: fetched when they are needed, renewed before they expire, by one request at a time.
//!
//! Input: a source of tokens, the time.
//! Output: a token that is valid, or why there is none.
//! Invariants: however many calls need a token, one request fetches it, and goes on when those calls are given up; a token
//! that is valid is served while a new one is fetched, and never displaced by a failure; a token that a server refuses
//! is replaced once for all calls that used it.
//! Never: a token in `Debug` or in an error.

mod access_token;
mod by_scopes;
mod error;
mod proof;
mod renewal;
mod source;
#[cfg(test)]
mod tests;
mod token_call;

pub use access_token::AccessToken;
pub(crate) use access_token::Held;
pub use error::TokenError;
pub(crate) use proof::{PROOF, TokenProof};
#[cfg(feature = "store")]
pub(crate) use renewal::window;
pub use source::{Token, TokenConnection, TokenSource};
pub use token_call::TokenCall;

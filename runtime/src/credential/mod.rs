//! Who the client is: credentials, and which of them an operation takes.
//!
//! Input: the credentials of a client, the security schemes of an API, the needs of an operation.
//! Output: headers, query parameters and cookies to add to one attempt.
//! Invariants: an operation that needs no credential is sent none; nothing prints a secret.
//! Never: a credential of the client on a request to an origin that neither the client nor the
//! description of the operation names, unless the caller says so.

mod grant;
mod kinds;
mod scheme;
mod secret;

pub(crate) use grant::{Grant, Wallet, choose};
pub use kinds::{ApiKey, Basic, Bearer, Credential};
pub(crate) use scheme::CredentialKind;
pub use scheme::SecurityScheme;
pub use secret::Secret;

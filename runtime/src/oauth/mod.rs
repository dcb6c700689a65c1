//! OAuth 2.0 (RFC 6749) as a client: grants that need nobody at a browser.
//!
//! Input: the address of a token endpoint, the client's own credentials, a grant.
//! Output: sources of tokens for [`AccessToken`](crate::token::AccessToken).
//! Invariants: secrets go to the token endpoint and nowhere else, over TLS, or in clear to this machine only; a refresh
//! token that the server replaces is never sent again.
//! Never: a redirect followed, or a secret in an error.

mod client_credentials;
mod client_identity;
mod discovery;
mod endpoint;
mod grant;
#[cfg(feature = "jwt")]
mod jwt_bearer;
mod refresh_token;
mod wanted;

pub use client_credentials::ClientCredentials;
pub use client_identity::ClientIdentity;
pub use grant::Grant;
#[cfg(feature = "jwt")]
pub use jwt_bearer::JwtBearer;
pub use refresh_token::RefreshToken;

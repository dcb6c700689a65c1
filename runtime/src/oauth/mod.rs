//! OAuth 2.0 and 2.1 as a client (RFC 6749, and what stands at each type).
//!
//! Input: a server and its endpoints, the client's own credentials, a grant.
//! Output: sources of tokens for [`AccessToken`](crate::token::AccessToken), and logins of somebody at a browser.
//! Invariants: secrets go to the endpoints of the server and nowhere else, over TLS, or in clear to this machine only; a
//! refresh token that the server replaces is never sent again; what a browser brings counts only for the login that
//! sent it out.
//! Never: a redirect followed, or a secret in an error.

mod authorization_server;
mod client_identity;
mod endpoint;
mod metadata;
mod token_response;
mod wanted;

mod client_credentials;
#[cfg(feature = "jwt")]
mod dpop;
#[cfg(feature = "jwt")]
mod jwt_bearer;
mod refresh_token;
#[cfg(feature = "store")]
mod stored_login;
mod token_exchange;

#[cfg(feature = "login")]
mod authorization;
#[cfg(feature = "login")]
mod authorization_code;
#[cfg(feature = "login")]
mod device_code;
#[cfg(feature = "login")]
mod id_token;
#[cfg(feature = "login")]
mod issuer_keys;
#[cfg(feature = "login")]
mod loopback_redirect;
#[cfg(feature = "login")]
mod random_text;

mod grant;
mod inspection;

#[cfg(feature = "login")]
pub use authorization::Authorization;
#[cfg(feature = "login")]
pub use authorization_code::AuthorizationCode;
pub use authorization_server::AuthorizationServer;
pub use client_credentials::ClientCredentials;
pub use client_identity::ClientIdentity;
#[cfg(feature = "login")]
pub use device_code::{DeviceAuthorization, DeviceCode};
#[cfg(feature = "jwt")]
pub use dpop::Dpop;
pub(crate) use endpoint::client as endpoint_client;
pub use grant::Grant;
pub use inspection::{Introspection, TokenKind};
#[cfg(feature = "jwt")]
pub use jwt_bearer::JwtBearer;
#[cfg(feature = "login")]
pub use loopback_redirect::LoopbackRedirect;
pub use refresh_token::RefreshToken;
#[cfg(feature = "store")]
pub use stored_login::{LoginStatus, StoredLogin};
pub use token_exchange::TokenExchange;
pub use token_response::TokenResponse;
#[cfg(any(feature = "presets", feature = "store"))]
pub(crate) use token_response::scopes;

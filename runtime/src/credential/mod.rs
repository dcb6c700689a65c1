//! Who the client is: credentials, and which of them an operation takes.
//!
//! Input: the credentials of a client, the security schemes of an API, the needs of an operation.
//! Output: headers, query parameters and cookies to add to one attempt.
//! Invariants: an operation that needs no credential is sent none; nothing prints a secret.
//! Never: a credential of the client on a request to an origin that neither the client nor the
//! description of the operation names, unless the caller says so.
//!
//! | scheme or flow | credential | test |
//! |---|---|---|
//! | `apiKey` in a header, the query, a cookie | [`ApiKey`] | `tests/schemes` |
//! | `http`: `basic` | [`Basic`] | `tests/schemes` |
//! | `http`: `bearer`; a token of `oauth2` or `openIdConnect` from elsewhere | [`Bearer`] | `tests/schemes` |
//! | `http` of other kinds; signed requests | [`Signature`](crate::signing::Signature) | `runtime/tests/signing.rs`, `tests/schemes` |
//! | AWS Signature Version 4 | `SigV4` (feature `sigv4`) | `runtime/src/signing/tests.rs` |
//! | HMAC by a scheme that is written down | `HmacScheme` (feature `hmac`) | `runtime/src/signing/hmac/tests.rs`, `runtime/tests/hmac.rs` |
//! | HTTP Message Signatures (RFC 9421) | `HttpSignature` (feature `http-signatures`) | `runtime/src/signing/http_signature/tests`, `runtime/tests/http_signatures.rs` |
//! | `mutualTLS` | [`ClientCertificate`] | `runtime/tests/tls.rs`, `tests/schemes` |
//! | `oauth2`: client credentials | [`ClientCredentials`](crate::oauth::ClientCredentials) | `runtime/tests/oauth.rs`, `tests/schemes` |
//! | the same, a token for each set of scopes that operations need | [`scopes_per_operation`](crate::oauth::ClientCredentials::scopes_per_operation) | `runtime/tests/token_scopes.rs` |
//! | `oauth2`: refresh, with rotation | [`RefreshToken`](crate::oauth::RefreshToken) | `runtime/tests/oauth.rs` |
//! | JWT bearer (RFC 7523), as for service accounts | `JwtBearer` (feature `jwt`) | `runtime/tests/jwt.rs` |
//! | a JWT as the token, as for GitHub Apps | `Jwt` (feature `jwt`) | `runtime/tests/jwt.rs` |
//! | `client_secret_basic`, `client_secret_post`, `private_key_jwt` | [`ClientIdentity`](crate::oauth::ClientIdentity) | `runtime/tests/oauth.rs`, `runtime/tests/jwt.rs` |
//! | a source of tokens of one's own | [`TokenSource`](crate::token::TokenSource) | `runtime/tests/tokens.rs` |
//! | the endpoint by the metadata of an issuer (OpenID Connect Discovery, RFC 8414) | `issuer` of a grant; `openIdConnect` | `runtime/tests/oauth.rs` |
//! | authorization code with PKCE, state, nonce, issuer and pushed parameters (RFC 7636, 9126, 9207) | `AuthorizationCode` (feature `login`) | `runtime/tests/login.rs`, `cargo xtask idp --test` |
//! | an identity token that its issuer signed (OpenID Connect Core, section 3.1.3.7) | `AuthorizationCode` (feature `login`) | `runtime/tests/id_token.rs`, `cargo xtask idp --test` |
//! | a device (RFC 8628) | `DeviceCode` (feature `login`) | `runtime/tests/login.rs`, `cargo xtask idp --test` |
//! | a login in a store, shared by processes | `StoredLogin` (feature `store`) | `runtime/tests/stored_login.rs`, `cargo xtask idp --test` |
//! | a login of a profile, made by `attache auth` | `LoginSettings` (features `profiles` and `store`) | `runtime/tests/profile_logins/`, `generator/tests/auth`, `cargo xtask idp --test` |
//! | token exchange (RFC 8693) | [`TokenExchange`](crate::oauth::TokenExchange) | `runtime/tests/login.rs` |
//! | revocation, introspection (RFC 7009, 7662) | [`AuthorizationServer`](crate::oauth::AuthorizationServer) | `runtime/tests/login.rs`, `cargo xtask idp --test` |
//! | what Amazon SP-API, Google, Google Ads, Stripe, GitHub, n8n, WordPress and WooCommerce want | `presets` (feature `presets`) | `runtime/tests/presets.rs` |
//! | a token that an API gives by a call of its own | [`TokenCall`](crate::token::TokenCall) | `runtime/tests/presets.rs` |
//! | tokens bound to a key: DPoP with the nonces of servers (RFC 9449) | `Dpop` (feature `jwt`) | `runtime/tests/dpop.rs`, `cargo xtask idp --test` |
//! | several keys of `apiKey`, `bearer`, `basic` or a signature, of which one is sent | [`KeySet`](crate::key_set::KeySet) | `runtime/tests/key_sets` |
//! | `http`: `digest` (RFC 7616) | `Digest` (feature `digest`) | `runtime/tests/digest.rs`, `runtime/src/signing/digest/tests.rs` |

mod challenge;
mod grant;
mod kinds;
mod operation_scopes;
mod scheme;
mod secret;
mod wallet;

pub(crate) use challenge::Challenge;
pub(crate) use grant::{Grant, fit};
pub use kinds::{ApiKey, Basic, Bearer, ClientCertificate, Credential};
pub use operation_scopes::OperationScopes;
pub(crate) use operation_scopes::{Scopes, of as scopes_of};
pub(crate) use scheme::CredentialKind;
pub use scheme::SecurityScheme;
pub use secret::Secret;
pub(crate) use wallet::{Wallet, choose};

//! Logins that stand in profiles, for clients and for `attache auth`.
//!
//! Input: a file of profiles, as [`ClientBuilder::profile`](crate::ClientBuilder::profile) reads it.
//! Output: what each login needs, as plain data; from that its grants, and the login in its store (feature `store`).
//! Invariants: the client and the command read the same; a store is opened when a token is needed, not before.
//! Never: a secret in `Debug` or in an error; a store that is made where somebody has to log in first.
//!
//! ```toml
//! [parcels.staging.credentials.oauth]      # by the name of the scheme in the description
//! login = "parcels/ada"                    # the name of the record in the store
//! flow = "authorization-code"              # or "device-code", "client-credentials", "refresh-token"
//! issuer = "https://login.example.com"     # or a preset: "google"; or addresses: token_url, authorization_url,
//!                                          # device_authorization_url, pushed_authorization_url, revocation_url
//! client_id = "shop"
//! client_secret = { env = "SHOP_SECRET" }  # where the client has one; sent in the header `Authorization`, or
//! token_endpoint_auth_method = "client_secret_post"
//! scopes = ["openid", "offline_access"]
//! parameters = { audience = "parcels" }    # further ones, as the server has them
//! redirect_port = 8400                     # a fixed one, where the server wants that
//! # refresh_token = { env = "TOKEN" }      # which the flow "refresh-token" begins with
//!
//! [parcels.staging.store]                  # may be left out
//! path = "logins"                          # from the folder of the file; else $XDG_STATE_HOME/attache/logins
//! key = { env = "LOGINS_KEY" }             # or { file = "key" }; else $XDG_CONFIG_HOME/attache/key
//! ```
//!
//! Where `XDG_STATE_HOME` and `XDG_CONFIG_HOME` are not set, they are `~/.local/state` and `~/.config`; on Windows,
//! `%LOCALAPPDATA%` and `%APPDATA%`. A key is in the form of `EncryptionKeys::from_text`; a file of keys that does not
//! exist is made with the store.

#[cfg(feature = "store")]
mod grants;
mod login_flow;
mod login_settings;
#[cfg(feature = "store")]
mod profile_login;
mod store_settings;

pub use login_flow::LoginFlow;
pub(crate) use login_settings::LoginServerSettings;
pub use login_settings::LoginSettings;
pub(crate) use store_settings::StoreKeys;
pub use store_settings::StoreSettings;

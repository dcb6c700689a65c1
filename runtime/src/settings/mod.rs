//! What a client is told from outside: by environment variables and by a file of profiles.
//!
//! Input: the table of an API, a way to look up variables and to read files.
//! Output: settings of one source; the client's builder puts the sources one over the other.
//! Invariants: a source is read when the client is built, and only if it was asked for; what is wrong
//! about it is an error that names the variable or the key, and never shows its value.
//! Never: a secret in an error.

mod call_settings;
mod duration;
mod environment;
#[cfg(feature = "profiles")]
mod login;
mod number;
#[cfg(feature = "profiles")]
mod profile;
#[cfg(feature = "profiles")]
mod profile_logins;
#[cfg(feature = "profiles")]
mod reference;
mod scopes;
#[cfg(feature = "profiles")]
mod store;
mod variables;

use crate::credential::Credential;

pub use call_settings::CallSettings;
pub use environment::Environment;
#[cfg(feature = "profiles")]
pub(crate) use profile::ProfileChoice;
pub(crate) use scopes::{Scopes, Settled, check_operation, check_scheme};
pub(crate) use variables::read as read_variables;

/// What one source says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) base_url: Option<String>,
    /// For all calls; the quota is for all of them together.
    pub(crate) calls: CallSettings,
    pub(crate) scopes: Scopes,
    pub(crate) retry_budget: Option<u32>,
    /// How many requests are under way at once.
    pub(crate) concurrency: Option<usize>,
    pub(crate) credentials: Vec<Credential>,
    /// Servers that operations have of their own, and what takes their place.
    pub(crate) operation_servers: Vec<(String, String)>,
}

//! What a profile says of a login.

use super::{LoginFlow, StoreSettings};
use crate::credential::Secret;
#[cfg(not(feature = "store"))]
use crate::credential::{Credential, SecurityScheme};
use crate::oauth::{AuthorizationServer, ClientIdentity};

/// What a profile says of a login; see [the module](crate::profiles) for how it is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[cfg_attr(
    not(feature = "store"),
    expect(dead_code, reason = "without a store, nobody logs in")
)]
pub struct LoginSettings {
    /// The profile that it stands in, with the name of its API: `parcels.staging`.
    pub profile: String,
    /// The security scheme that it is for, as the description names it.
    pub scheme: String,
    /// The name of its record in the store. Profiles with the same name share the login.
    pub record: String,
    /// How it begins.
    pub flow: LoginFlow,
    /// What the tokens are to be good for.
    pub scopes: Vec<String>,
    /// The port of this machine that a browser comes back to; 0 stands for one that is free.
    pub redirect_port: u16,
    /// Where it is kept.
    pub store: StoreSettings,
    pub(crate) server: LoginServerSettings,
    pub(crate) identity: ClientIdentity,
    /// What the server is told besides.
    pub(crate) parameters: Vec<(String, String)>,
    /// The one that it begins with.
    pub(crate) refresh_token: Option<Secret>,
}

/// Where somebody logs in, and how tokens of there are sent.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    not(feature = "store"),
    expect(dead_code, reason = "without a store, nobody logs in")
)]
pub(crate) struct LoginServerSettings {
    pub(crate) server: AuthorizationServer,
    /// What a vendor wants to be told.
    pub(crate) parameters: Vec<(String, String)>,
    /// The secret of the client goes into the form, and not into the header `Authorization`.
    pub(crate) wants_secret_in_form: bool,
    /// The header that tokens are sent in, by themselves, in place of `Authorization`.
    pub(crate) token_header: Option<&'static str>,
}

impl LoginSettings {
    /// Returns the command that logs in.
    pub fn command(&self) -> String {
        format!("attache auth login --profile {}", self.profile)
    }

    #[cfg(not(feature = "store"))]
    pub(crate) fn credential(self, _: Option<&SecurityScheme>) -> Result<Credential, String> {
        Err(format!(
            "{}.credentials.{} is a login, which needs the feature `store` of attache-runtime, which this program was built without",
            self.profile, self.scheme
        ))
    }
}

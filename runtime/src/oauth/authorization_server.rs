//! A server that gives tokens, and where its endpoints are.

use std::fmt;
use std::sync::{Arc, OnceLock};

#[cfg(feature = "login")]
use super::issuer_keys::IssuerKeys;
use super::metadata::{self, Metadata};
use crate::credential::SecurityScheme;
use crate::token::{TokenConnection, TokenError};
use crate::transport::without_query;

/// A server that gives tokens: its endpoints, given one by one or by who it is.
///
/// What is given comes first; for the others its metadata are read, once (OpenID Connect Discovery 1.0, RFC 8414).
///
/// ```
/// use attache_runtime::oauth::AuthorizationServer;
///
/// let known = AuthorizationServer::issuer("https://accounts.google.com");
/// let given = AuthorizationServer::default()
///     .token_url("https://login.example.com/token")
///     .revocation_url("https://login.example.com/revoke");
/// # let _ = (known, given);
/// ```
#[derive(Clone, Debug, Default)]
pub struct AuthorizationServer {
    /// Who says where the endpoints are.
    issuer: String,
    /// Those that are given.
    given: Endpoints,
    /// What the issuer says, once it has.
    metadata: Arc<OnceLock<Metadata>>,
    #[cfg(feature = "login")]
    pub(super) keys: Arc<IssuerKeys>,
}

/// Addresses by what they are for; empty where there is none.
#[derive(Clone, Default)]
pub(super) struct Endpoints([String; COUNT]);

/// What an endpoint is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Endpoint {
    Authorization,
    DeviceAuthorization,
    Introspection,
    /// The keys that it signs with.
    Keys,
    PushedAuthorization,
    Revocation,
    Token,
}

const COUNT: usize = 7;

impl Endpoint {
    pub(super) const ALL: [Self; COUNT] = [
        Self::Authorization,
        Self::DeviceAuthorization,
        Self::Introspection,
        Self::Keys,
        Self::PushedAuthorization,
        Self::Revocation,
        Self::Token,
    ];

    /// Its member in the metadata of a server.
    pub(super) fn member(self) -> &'static str {
        match self {
            Self::Authorization => "authorization_endpoint",
            Self::DeviceAuthorization => "device_authorization_endpoint",
            Self::Introspection => "introspection_endpoint",
            Self::Keys => "jwks_uri",
            Self::PushedAuthorization => "pushed_authorization_request_endpoint",
            Self::Revocation => "revocation_endpoint",
            Self::Token => "token_endpoint",
        }
    }

    /// By which method it is given.
    fn setter(self) -> &'static str {
        match self {
            Self::Authorization => "authorization_url",
            Self::DeviceAuthorization => "device_authorization_url",
            Self::Introspection => "introspection_url",
            Self::Keys => "keys_url",
            Self::PushedAuthorization => "pushed_authorization_url",
            Self::Revocation => "revocation_url",
            Self::Token => "token_url",
        }
    }
}

impl Endpoints {
    pub(super) fn get(&self, endpoint: Endpoint) -> Option<&str> {
        let url = &self.0[endpoint as usize];
        (!url.is_empty()).then_some(url)
    }

    pub(super) fn set(&mut self, endpoint: Endpoint, url: impl Into<String>) {
        self.0[endpoint as usize] = url.into();
    }
}

impl fmt::Debug for Endpoints {
    /// Leaves queries out, since some servers want a key there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = Endpoint::ALL.into_iter();
        let given = all.filter_map(|endpoint| Some((endpoint, without_query(self.get(endpoint)?))));
        f.debug_map().entries(given).finish()
    }
}

impl AuthorizationServer {
    /// Takes the issuer, which says in its metadata where the endpoints are.
    pub fn issuer(issuer: impl Into<String>) -> Self {
        Self::default().with_issuer(issuer)
    }

    /// Sets the endpoint that gives tokens.
    pub fn token_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::Token, url)
    }

    /// Sets the page where somebody logs in.
    pub fn authorization_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::Authorization, url)
    }

    /// Sets the endpoint that takes the parameters of that page beforehand (RFC 9126).
    pub fn pushed_authorization_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::PushedAuthorization, url)
    }

    /// Sets the endpoint where a device begins (RFC 8628).
    pub fn device_authorization_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::DeviceAuthorization, url)
    }

    /// Sets the endpoint that revokes tokens (RFC 7009).
    pub fn revocation_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::Revocation, url)
    }

    /// Sets the endpoint that says what a token is good for (RFC 7662).
    pub fn introspection_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::Introspection, url)
    }

    /// Sets where the keys are that identity tokens are signed with (`jwks_uri`).
    pub fn keys_url(self, url: impl Into<String>) -> Self {
        self.with(Endpoint::Keys, url)
    }

    pub(crate) fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = issuer.into();
        self.metadata = Arc::default();
        #[cfg(feature = "login")]
        {
            self.keys = Arc::default();
        }
        self
    }

    fn with(mut self, endpoint: Endpoint, url: impl Into<String>) -> Self {
        self.given.set(endpoint, url);
        self
    }

    /// Takes this token endpoint, unless there is one or somebody who says which.
    pub(super) fn or_token_url(&mut self, url: &str) {
        if self.given.get(Endpoint::Token).is_none() && self.issuer.is_empty() {
            self.given.set(Endpoint::Token, url);
        }
    }

    /// Takes the token endpoint of a scheme, or whoever says which it is, where neither is given.
    pub(crate) fn or_scheme(&mut self, scheme: &SecurityScheme) {
        self.or_token_url(scheme.token_url);
        if self.given.get(Endpoint::Token).is_none() && self.issuer.is_empty() {
            scheme.metadata_url.clone_into(&mut self.issuer);
        }
    }

    /// Whether an endpoint is given, not only named by the issuer.
    #[cfg(feature = "login")]
    pub(super) fn has(&self, endpoint: Endpoint) -> bool {
        self.given.get(endpoint).is_some()
    }

    /// Where the keys of the issuer are, where anybody says so.
    #[cfg(feature = "login")]
    pub(super) async fn keys_url_of(
        &self,
        connection: &TokenConnection,
    ) -> Result<Option<&str>, TokenError> {
        if let Some(url) = self.given.get(Endpoint::Keys) {
            return Ok(Some(url));
        }
        let metadata = self.metadata(connection).await?;
        Ok(metadata.and_then(|metadata| metadata.endpoints.get(Endpoint::Keys)))
    }

    /// The address of an endpoint.
    pub(super) async fn endpoint(
        &self,
        connection: &TokenConnection,
        endpoint: Endpoint,
    ) -> Result<&str, TokenError> {
        if let Some(url) = self.given.get(endpoint) {
            return Ok(url);
        }
        let metadata = self.metadata(connection).await?;
        let found = metadata.and_then(|metadata| metadata.endpoints.get(endpoint));
        found.ok_or_else(|| {
            let (member, setter) = (endpoint.member(), endpoint.setter());
            TokenError::last(match self.issuer.as_str() {
                "" => format!(
                    "the {} is not known, so `{setter}` is needed",
                    spoken(member)
                ),
                issuer => {
                    format!("the metadata of {issuer} have no `{member}`, so `{setter}` is needed")
                }
            })
        })
    }

    /// What the issuer says, which holds for as long as the process runs; nothing where there is no issuer.
    pub(super) async fn metadata(
        &self,
        connection: &TokenConnection,
    ) -> Result<Option<&Metadata>, TokenError> {
        if self.issuer.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.metadata.get() {
            return Ok(Some(known));
        }
        let found = metadata::read(connection, &self.issuer).await?;
        Ok(Some(self.metadata.get_or_init(|| found)))
    }
}

/// `token_endpoint` as one says it.
fn spoken(member: &str) -> String {
    member.replace('_', " ")
}

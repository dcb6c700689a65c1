//! What a grant asks for, and where.

use std::sync::{Arc, OnceLock};

use super::endpoint::{Granted, ask};
use super::{ClientIdentity, discovery};
use crate::credential::{Secret, SecurityScheme};
use crate::retry::RetryClass;
use crate::token::{TokenConnection, TokenError};

/// Where tokens come from, and which scopes they are to have.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Empty where it is that of the scheme, or of the issuer.
    pub(super) url: String,
    /// Who says where the endpoint is.
    pub(super) issuer: String,
    /// The endpoint, once the issuer has said so.
    discovered: Arc<OnceLock<String>>,
    pub(super) scopes: Vec<String>,
}

impl Wanted {
    /// Takes this endpoint, unless there is one or somebody who says which.
    pub(super) fn or_url(&mut self, url: &str) {
        if self.url.is_empty() && self.issuer.is_empty() {
            url.clone_into(&mut self.url);
        }
    }

    /// Takes the endpoint of a scheme, or whoever says which it is, where neither is given.
    pub(super) fn or_scheme(&mut self, scheme: &SecurityScheme) {
        self.or_url(scheme.token_url);
        if self.url.is_empty() && self.issuer.is_empty() {
            scheme.metadata_url.clone_into(&mut self.issuer);
        }
    }

    /// Asks the endpoint for a token; see [`ask`].
    pub(super) async fn ask(
        &self,
        connection: &TokenConnection,
        identity: Option<&ClientIdentity>,
        fields: &[(&str, Secret)],
        class: RetryClass,
    ) -> Result<Granted, TokenError> {
        let url = self.endpoint(connection).await?;
        ask(connection, url, identity, fields, class).await
    }

    /// The token endpoint; what an issuer says holds for as long as the process runs.
    async fn endpoint(&self, connection: &TokenConnection) -> Result<&str, TokenError> {
        if !self.url.is_empty() || self.issuer.is_empty() {
            return Ok(&self.url);
        }
        if let Some(known) = self.discovered.get() {
            return Ok(known);
        }
        let found = discovery::token_endpoint(connection, &self.issuer).await?;
        Ok(self.discovered.get_or_init(|| found))
    }

    /// The field of the form that names the scopes, where there are any.
    pub(super) fn scope(&self) -> Option<(&'static str, Secret)> {
        let scopes = (!self.scopes.is_empty()).then(|| self.scopes.join(" "));
        scopes.map(|scopes| ("scope", scopes.into()))
    }
}

/// What all grants can be told, and that each is a credential.
macro_rules! wants {
    ($grant:ident) => {
        impl $grant {
            /// Sets the address of the token endpoint.
            pub fn token_url(mut self, url: impl Into<String>) -> Self {
                self.wanted.url = url.into();
                self
            }

            /// Takes the token endpoint that an issuer names in its metadata (OpenID Connect Discovery, RFC 8414).
            pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
                self.wanted.issuer = issuer.into();
                self
            }

            /// Asks for these scopes; without, for those that the server gives by itself.
            pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
                let scopes = scopes.into_iter().map(Into::into);
                self.wanted.scopes.extend(scopes);
                self
            }

            /// Makes the credential, which fetches tokens when they are needed.
            pub fn token(self) -> $crate::token::AccessToken {
                $crate::token::AccessToken::new(self)
            }
        }

        impl From<$grant> for $crate::credential::Credential {
            fn from(grant: $grant) -> Self {
                grant.token().into()
            }
        }
    };
}

pub(super) use wants;

//! What a grant asks for, and where.

use std::sync::Arc;

use super::authorization_server::Endpoint;
use super::endpoint::{Assertion, EndpointRequest};
use super::{AuthorizationServer, ClientIdentity, TokenResponse};
use crate::credential::Secret;
use crate::retry::RetryClass;
use crate::token::{Token, TokenConnection, TokenError, TokenProof};

/// Where tokens come from, and which scopes they are to have.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) server: AuthorizationServer,
    pub(super) scopes: Vec<String>,
    /// Each operation gets a token with just its own scopes.
    pub(super) is_by_operation: bool,
    /// What the server is told besides, for the grants that can be told.
    parameters: Vec<(String, String)>,
    /// What the tokens are to be bound to.
    pub(super) proof: Option<Arc<dyn TokenProof>>,
}

impl Wanted {
    /// Asks the token endpoint for a token; see [`EndpointRequest`].
    pub(super) async fn ask(
        &self,
        connection: &TokenConnection,
        identity: Option<&ClientIdentity>,
        fields: &[(&str, Secret)],
        class: RetryClass,
    ) -> Result<TokenResponse, TokenError> {
        self.ask_with(connection, identity, fields, class, None)
            .await
    }

    /// The same, with an assertion.
    pub(super) async fn ask_with(
        &self,
        connection: &TokenConnection,
        identity: Option<&ClientIdentity>,
        fields: &[(&str, Secret)],
        class: RetryClass,
        assertion: Option<Assertion<'_>>,
    ) -> Result<TokenResponse, TokenError> {
        let request = EndpointRequest {
            connection,
            url: self.server.endpoint(connection, Endpoint::Token).await?,
            identity,
            fields,
            class,
            proof: self.proof.as_deref(),
            assertion,
        };
        let granted = TokenResponse::read(&request.send().await?)?;
        match granted.is_bound && self.proof.is_none() {
            false => Ok(granted),
            true => Err(TokenError::last(
                "the server gives a token that is bound to a key, and the grant has none: `dpop` is needed",
            )),
        }
    }

    /// The token, bound where the server says so.
    pub(super) fn token(&self, mut granted: TokenResponse) -> Token {
        let is_bound = granted.is_bound;
        // What is not said is what was asked for (RFC 6749, section 5.1).
        if granted.scopes.is_empty() {
            granted.scopes.clone_from(&self.scopes);
        }
        self.bind(granted.into_token(), is_bound)
    }

    pub(super) fn bind(&self, token: Token, is_bound: bool) -> Token {
        match &self.proof {
            Some(proof) if is_bound => token.bound_to(proof.clone()),
            _ => token,
        }
    }

    /// Gets another access token by a refresh token.
    pub(super) async fn refresh(
        &self,
        connection: &TokenConnection,
        identity: &ClientIdentity,
        refresh_token: &Secret,
    ) -> Result<TokenResponse, TokenError> {
        let mut fields: Vec<(&str, Secret)> = vec![
            ("grant_type", "refresh_token".into()),
            ("refresh_token", refresh_token.clone()),
        ];
        fields.extend(self.scope());
        // A token that comes twice may be taken for stolen.
        let class = RetryClass::Unsafe;
        self.ask(connection, Some(identity), &fields, class).await
    }

    /// Gets a token for the client itself.
    pub(super) async fn ask_for_client(
        &self,
        connection: &TokenConnection,
        identity: &ClientIdentity,
    ) -> Result<TokenResponse, TokenError> {
        let mut fields: Vec<(&str, Secret)> = vec![("grant_type", "client_credentials".into())];
        fields.extend(self.scope());
        fields.extend(self.parameters());
        // A second token does no harm.
        let class = RetryClass::Idempotent;
        self.ask(connection, Some(identity), &fields, class).await
    }

    /// Adds what the server is told besides.
    pub(super) fn set_parameter(&mut self, name: String, value: String) {
        self.parameters.push((name, value));
    }

    /// The fields of the form that stand for it.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, Secret)> {
        let all = self.parameters.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str().into()))
    }

    /// The field of the form that names the scopes, where there are any.
    pub(super) fn scope(&self) -> Option<(&'static str, Secret)> {
        let scopes = (!self.scopes.is_empty()).then(|| self.scopes.join(" "));
        scopes.map(|scopes| ("scope", scopes.into()))
    }
}

/// What all grants can be told.
macro_rules! wants {
    ($grant:ident) => {
        impl $grant {
            /// Says which server gives the tokens.
            pub fn server(mut self, server: $crate::oauth::AuthorizationServer) -> Self {
                self.wanted.server = server;
                self
            }

            /// Sets the address of the token endpoint.
            pub fn token_url(mut self, url: impl Into<String>) -> Self {
                self.wanted.server = self.wanted.server.token_url(url);
                self
            }

            /// Takes the endpoints that an issuer names in its metadata (OpenID Connect Discovery, RFC 8414).
            pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
                self.wanted.server = self.wanted.server.with_issuer(issuer);
                self
            }

            /// Binds the tokens to a key, where the server does that.
            #[cfg(feature = "jwt")]
            pub fn dpop(mut self, key: $crate::oauth::Dpop) -> Self {
                self.wanted.proof = Some(::std::sync::Arc::new(key));
                self
            }

            /// Asks for these scopes; without, for those that the server gives by itself.
            pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
                let scopes = scopes.into_iter().map(Into::into);
                self.wanted.scopes.extend(scopes);
                self
            }
        }
    };
}

/// What those grants can be told besides that take further parameters.
macro_rules! takes_parameters {
    ($grant:ident) => {
        impl $grant {
            /// Sends a further parameter: `audience`, `resource` (RFC 8707), `prompt`, `requested_token_type`, as the server has it.
            pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.wanted.set_parameter(name.into(), value.into());
                self
            }
        }
    };
}

/// That a grant can be asked for tokens with any scopes, one beside the other, and so is a credential.
macro_rules! gives_tokens_by_scopes {
    ($grant:ident) => {
        gives_tokens! { $grant, |grant| match grant.wanted.is_by_operation {
            true => $crate::token::AccessToken::by_scopes(grant.clone(), move |scopes| {
                let mut grant = grant.clone();
                grant.wanted.scopes = scopes.iter().map(|&it| it.to_owned()).collect();
                grant
            }),
            false => $crate::token::AccessToken::new(grant),
        } }

        impl $grant {
            /// Asks for a token with just the scopes that the called operation needs by the description, one for each set of
            /// scopes: so that none is good for more than it is used for, or where a server wants it so.
            ///
            /// Amazon SP-API, for example, takes a token of its own for each kind of its operations that need no seller. What
            /// [`scopes`](Self::scopes) says is asked for where an operation needs none.
            pub fn scopes_per_operation(mut self) -> Self {
                self.wanted.is_by_operation = true;
                self
            }
        }
    };
}

/// That a grant gives tokens by itself, and so is a credential.
macro_rules! gives_tokens {
    ($grant:ident) => {
        gives_tokens! { $grant, $crate::token::AccessToken::new }
    };
    ($grant:ident, $make:expr) => {
        wants! { $grant }

        impl $grant {
            /// Makes the credential, which fetches tokens when they are needed.
            pub fn token(self) -> $crate::token::AccessToken {
                let make: fn(Self) -> $crate::token::AccessToken = $make;
                make(self)
            }
        }

        impl From<$grant> for $crate::credential::Credential {
            fn from(grant: $grant) -> Self {
                grant.token().into()
            }
        }
    };
}

pub(super) use {gives_tokens, gives_tokens_by_scopes, takes_parameters, wants};

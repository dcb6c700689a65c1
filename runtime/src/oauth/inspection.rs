//! What a server says of a token, and how it takes one back.

use std::time::Duration;

use super::authorization_server::Endpoint;
use super::endpoint::EndpointRequest;
use super::token_response::{scopes, seconds};
use super::{AuthorizationServer, ClientIdentity};
use crate::credential::Secret;
use crate::json::Json;
use crate::retry::RetryClass;
use crate::token::{TokenConnection, TokenError};

/// Which kind of token a server is told that it is; it may look among the others all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// One that calls are sent with.
    Access,
    /// One that gets others; with it, most servers take back the access tokens too.
    Refresh,
}

/// What a server says of a token (RFC 7662, section 2.2).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Introspection {
    /// Whether it is good for anything; if not, nothing else is said.
    pub is_active: bool,
    /// What it is good for.
    pub scopes: Vec<String>,
    /// Whom it was given to.
    pub client_id: Option<String>,
    /// Whom it is about.
    pub subject: Option<String>,
    /// When it expires, since 1970.
    pub expires: Option<Duration>,
    /// All that was said.
    pub answer: Json,
}

impl AuthorizationServer {
    /// Takes a token back; one that is none any more is no error (RFC 7009).
    ///
    /// # Errors
    /// The server has no endpoint for it, cannot be reached, or refuses.
    pub async fn revoke(
        &self,
        connection: &TokenConnection,
        identity: &ClientIdentity,
        token: &Secret,
        kind: TokenKind,
    ) -> Result<(), TokenError> {
        let asking = self.ask_of(connection, Endpoint::Revocation, identity, token, kind);
        asking.await.map(drop)
    }

    /// Asks what a token is good for.
    ///
    /// # Errors
    /// The server has no endpoint for it, cannot be reached, or refuses.
    pub async fn introspect(
        &self,
        connection: &TokenConnection,
        identity: &ClientIdentity,
        token: &Secret,
        kind: TokenKind,
    ) -> Result<Introspection, TokenError> {
        let asking = self.ask_of(connection, Endpoint::Introspection, identity, token, kind);
        let answer = asking.await?;
        let text = |name: &str| answer.get(name).and_then(Json::as_str);
        let active = answer.get("active").and_then(Json::as_bool);
        let is_active = active.ok_or_else(|| {
            TokenError::new("the server does not say whether the token is active")
        })?;
        let expires = answer.get("exp").and_then(seconds);
        Ok(Introspection {
            is_active,
            scopes: scopes(text("scope").unwrap_or_default()),
            client_id: text("client_id").map(str::to_owned),
            subject: text("sub").map(str::to_owned),
            expires,
            answer,
        })
    }

    async fn ask_of(
        &self,
        connection: &TokenConnection,
        endpoint: Endpoint,
        identity: &ClientIdentity,
        token: &Secret,
        kind: TokenKind,
    ) -> Result<Json, TokenError> {
        let hint = match kind {
            TokenKind::Access => "access_token",
            TokenKind::Refresh => "refresh_token",
        };
        let fields: [(&str, Secret); 2] =
            [("token", token.clone()), ("token_type_hint", hint.into())];
        let request = EndpointRequest {
            connection,
            url: self.endpoint(connection, endpoint).await?,
            identity: Some(identity),
            fields: &fields,
            class: RetryClass::Idempotent,
            proof: None,
            assertion: None,
        };
        request.send().await
    }
}

//! A login at a browser: the page, and what it sends back.

use super::authorization_server::Endpoint;
use super::endpoint::{EndpointRequest, form};
use super::random_text::random_text;
use super::wanted::{Wanted, takes_parameters, wants};
use super::{Authorization, ClientIdentity};
use crate::credential::Secret;
use crate::json::Json;
use crate::retry::RetryClass;
use crate::token::{TokenConnection, TokenError};

/// A login at a browser: authorization code with PKCE (RFC 6749, section 4.1; RFC 7636; OAuth 2.1).
///
/// [`begin`](Self::begin) gives the address of a page; the server then sends the browser to the redirect address, of
/// which [`Authorization::finish`] makes tokens. Programs on the command line wait for it at a
/// [`LoopbackRedirect`](super::LoopbackRedirect).
///
/// ```no_run
/// use attache_runtime::oauth::{AuthorizationCode, ClientIdentity, LoopbackRedirect, RefreshToken};
/// use attache_runtime::token::TokenConnection;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let connection = TokenConnection::open()?;
/// let redirect = LoopbackRedirect::bind(0).await?;
/// let identity = ClientIdentity::public("shop");
/// let login = AuthorizationCode::new(identity.clone(), redirect.uri())
///     .issuer("https://login.example.com")
///     .scopes(["openid", "offline_access", "parcels:read"]);
/// let authorization = login.begin(&connection).await?;
/// println!("Open {}", authorization.url());
/// let redirected = redirect.receive(&authorization).await?;
/// let tokens = authorization.finish(&connection, &redirected).await?;
/// if let Some(token) = tokens.refresh_token {
///     let credential = RefreshToken::new(identity, token).issuer("https://login.example.com").token();
///     # let _ = credential;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AuthorizationCode {
    pub(super) wanted: Wanted,
    pub(super) identity: ClientIdentity,
    pub(super) redirect_uri: String,
}

impl AuthorizationCode {
    /// Takes who the client is, and where the server sends the browser to, as it is registered there.
    pub fn new(identity: ClientIdentity, redirect_uri: impl Into<String>) -> Self {
        Self {
            wanted: Wanted::default(),
            identity,
            redirect_uri: redirect_uri.into(),
        }
    }

    /// Makes the address of the page, with a state, a verifier and a nonce of its own.
    ///
    /// Where the server wants or offers to take the parameters beforehand, they do not stand in the address (RFC 9126).
    ///
    /// # Errors
    /// The server cannot be reached, or its endpoints are not known.
    pub async fn begin(&self, connection: &TokenConnection) -> Result<Authorization, TokenError> {
        let is_open_id = self.wanted.scopes.iter().any(|scope| scope == "openid");
        let authorization = Authorization {
            grant: self.clone(),
            url: String::new(),
            state: random_text()?,
            verifier: random_text()?,
            nonce: is_open_id.then(random_text).transpose()?,
        };
        let server = &self.wanted.server;
        let page = server.endpoint(connection, Endpoint::Authorization);
        let page = page.await?;
        let fields = self.fields(&authorization);
        let wants_pushed = server.metadata(connection).await?;
        let wants_pushed = wants_pushed.is_some_and(|metadata| metadata.wants_pushed);
        let parameters = match wants_pushed || server.has(Endpoint::PushedAuthorization) {
            true => self.push(connection, &fields).await?,
            false => fields,
        };
        let query = form(parameters.iter().map(|(name, value)| (*name, value)));
        let mark = if page.contains('?') { '&' } else { '?' };
        Ok(Authorization {
            url: format!("{page}{mark}{query}"),
            ..authorization
        })
    }

    /// Goes on with a login that was begun elsewhere; `kept` is what [`Authorization::keep`] gave.
    ///
    /// # Errors
    /// It is something else.
    pub fn resume(&self, kept: &Secret) -> Result<Authorization, TokenError> {
        Authorization::restore(self.clone(), kept)
    }

    /// What the page is to know.
    fn fields<'f>(&'f self, authorization: &'f Authorization) -> Vec<(&'f str, Secret)> {
        let mut fields: Vec<(&str, Secret)> = vec![
            ("response_type", "code".into()),
            ("client_id", self.identity.id().into()),
            ("redirect_uri", self.redirect_uri.as_str().into()),
            ("state", authorization.state.clone()),
            ("code_challenge", authorization.challenge().into()),
            ("code_challenge_method", "S256".into()),
        ];
        fields.extend(authorization.nonce.clone().map(|nonce| ("nonce", nonce)));
        // The code is good for nothing without the key, either.
        let key = self.wanted.proof.as_ref().map(|proof| proof.thumbprint());
        fields.extend(key.map(|key| ("dpop_jkt", key.into())));
        fields.extend(self.wanted.scope());
        fields.extend(self.wanted.parameters());
        fields
    }

    /// Hands the parameters to the server; what stands for them is used once.
    async fn push(
        &self,
        connection: &TokenConnection,
        fields: &[(&str, Secret)],
    ) -> Result<Vec<(&'static str, Secret)>, TokenError> {
        let server = &self.wanted.server;
        // The identity of a public client is a field itself.
        let without_id = fields.iter().filter(|(name, _)| *name != "client_id");
        let mut fields: Vec<(&str, Secret)> = without_id.cloned().collect();
        fields.extend(self.identity.further_id());
        let request = EndpointRequest {
            url: server
                .endpoint(connection, Endpoint::PushedAuthorization)
                .await?,
            connection,
            identity: Some(&self.identity),
            fields: &fields,
            class: RetryClass::Idempotent,
            proof: None,
            assertion: None,
        };
        let answer = request.send().await?;
        let uri = answer.get("request_uri").and_then(Json::as_str);
        let uri = uri.ok_or_else(|| TokenError::new("the server gives no `request_uri`"))?;
        Ok(vec![
            ("client_id", self.identity.id().into()),
            ("request_uri", uri.into()),
        ])
    }
}

wants! { AuthorizationCode }
takes_parameters! { AuthorizationCode }

//! A login that is under way: what its page was told, and what comes back.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::authorization_server::Endpoint;
use super::endpoint::said;
use super::{AuthorizationCode, TokenResponse, id_token, issuer_keys};
use crate::call::form_pair;
use crate::credential::Secret;
use crate::json::{Json, JsonObject};
use crate::retry::RetryClass;
use crate::token::{TokenConnection, TokenError};

/// A login that is under way.
///
/// A program that serves many at once keeps each in the session of its browser, by [`keep`](Self::keep).
#[derive(Clone)]
pub struct Authorization {
    pub(super) grant: AuthorizationCode,
    pub(super) url: String,
    pub(super) state: Secret,
    /// What shows that whoever has the code began the login (RFC 7636).
    pub(super) verifier: Secret,
    /// What ties the identity that comes back to this login (OpenID Connect).
    pub(super) nonce: Option<Secret>,
}

/// What the browser brings back.
#[derive(Debug, Default)]
pub(super) struct Redirected {
    code: Option<Secret>,
    state: String,
    issuer: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl Authorization {
    /// Returns the address of the page, to be opened in a browser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns what another process, or this one later, [goes on](AuthorizationCode::resume) with; a secret of the
    /// session of one browser.
    pub fn keep(&self) -> Secret {
        let mut kept = JsonObject::new();
        kept.insert("state", self.state.expose().to_owned());
        kept.insert("verifier", self.verifier.expose().to_owned());
        if let Some(nonce) = &self.nonce {
            kept.insert("nonce", nonce.expose().to_owned());
        }
        Json::Object(kept).to_string().into()
    }

    pub(super) fn restore(grant: AuthorizationCode, kept: &Secret) -> Result<Self, TokenError> {
        let kept = Json::from_slice(kept.expose().as_bytes()).unwrap_or(Json::Null);
        let text = |name: &str| kept.get(name).and_then(Json::as_str).map(Secret::from);
        let (Some(state), Some(verifier)) = (text("state"), text("verifier")) else {
            return Err(TokenError::last("what was kept of the login is no login"));
        };
        Ok(Self {
            grant,
            url: String::new(),
            state,
            verifier,
            nonce: text("nonce"),
        })
    }

    /// Makes tokens of what the browser brought: the whole address it was sent to, its query, or the form it posted.
    ///
    /// # Errors
    /// It belongs to another login, or comes from another server; whoever logs in, or the server, refused.
    pub async fn finish(
        &self,
        connection: &TokenConnection,
        redirected: &str,
    ) -> Result<TokenResponse, TokenError> {
        let redirected = Redirected::read(redirected);
        if !self.is_answered_by(&redirected) {
            return Err(TokenError::last(
                "what came back belongs to another login: its `state` is not the one that was sent",
            ));
        }
        self.check_issuer(connection, &redirected).await?;
        if let Some(code) = &redirected.error {
            return Err(said(code, redirected.description.as_deref()));
        }
        let code = redirected.code;
        let code = code.ok_or_else(|| TokenError::last("what came back has no `code`"))?;
        let grant = &self.grant;
        let fields: [(&str, Secret); 4] = [
            ("grant_type", "authorization_code".into()),
            ("code", code),
            ("redirect_uri", grant.redirect_uri.as_str().into()),
            ("code_verifier", self.verifier.clone()),
        ];
        let identity = Some(&grant.identity);
        // A code that comes twice makes the server take back what it gave.
        let class = RetryClass::Unsafe;
        let granted = grant.wanted.ask(connection, identity, &fields, class);
        let granted = granted.await?;
        if let Some(nonce) = &self.nonce {
            let server = &grant.wanted.server;
            let metadata = server.metadata(connection).await?;
            let endpoint = server.endpoint(connection, Endpoint::Token).await?;
            let expected = id_token::Expected {
                issuer: metadata.map(|metadata| metadata.issuer.as_str()),
                client: grant.identity.id(),
                nonce,
                now: connection.time_of(endpoint),
            };
            let token = expected.check(granted.id_token.as_ref())?;
            issuer_keys::check(server, connection, &grant.identity, token).await?;
        }
        Ok(granted)
    }

    /// Whether something that a browser brought belongs to this login.
    pub(super) fn is_answered_by(&self, redirected: &Redirected) -> bool {
        let (sent, came) = (self.state.expose(), &redirected.state);
        verify_slices_are_equal(sent.as_bytes(), came.as_bytes()).is_ok()
    }

    /// A code of another server must not be sent to this one (RFC 9207).
    async fn check_issuer(
        &self,
        connection: &TokenConnection,
        redirected: &Redirected,
    ) -> Result<(), TokenError> {
        let metadata = self.grant.wanted.server.metadata(connection).await?;
        let Some(metadata) = metadata else {
            return Ok(());
        };
        match &redirected.issuer {
            Some(issuer) if *issuer != metadata.issuer => Err(TokenError::last(format!(
                "what came back is from another server than {}",
                metadata.issuer
            ))),
            None if metadata.names_itself => Err(TokenError::last(format!(
                "what came back does not say that it is from {}, which says so always",
                metadata.issuer
            ))),
            _ => Ok(()),
        }
    }

    /// What the page is told of the verifier.
    pub(super) fn challenge(&self) -> String {
        let hash = digest(&SHA256, self.verifier.expose().as_bytes());
        URL_SAFE_NO_PAD.encode(hash)
    }
}

impl Redirected {
    /// Reads an address, a query or a form.
    pub(super) fn read(text: &str) -> Self {
        let query = text.split_once('?').map_or(text, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let mut read = Self::default();
        for pair in query.split('&') {
            let (name, value) = form_pair(pair);
            match name.as_str() {
                "code" => read.code = Some(value.into()),
                "state" => read.state = value,
                "iss" => read.issuer = Some(value),
                "error" => read.error = Some(value),
                "error_description" => read.description = Some(value),
                _ => {}
            }
        }
        read
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

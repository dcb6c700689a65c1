//! A token that the client signs.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::SigningKey;
use crate::credential::{Credential, Secret};
use crate::json::{Json, JsonObject};
use crate::random::{Random, uuid};
use crate::token::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;

/// What most servers take at the most is an hour; a few minutes are enough.
const LIFETIME: Duration = Duration::from_secs(300);

/// A token that the client signs, with the claims that an API wants (RFC 7519).
///
/// As a credential it is made when it is needed, and again before it expires.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("apps", "https://api.example.com/v1");
/// use attache_runtime::jwt::{Algorithm, Jwt, SigningKey};
/// use std::time::Duration;
///
/// let key = SigningKey::from_secret(Algorithm::Hs256, "shared with the server").unwrap();
/// // A GitHub App: its id, for at most ten minutes, and a minute early for clocks that are behind.
/// let token = Jwt::new(key)
///     .issuer("123456")
///     .lifetime(Duration::from_secs(540))
///     .issued_before(Duration::from_secs(60));
/// let builder = ClientBuilder::new(&API).auth(token.token());
/// ```
#[derive(Clone, Debug)]
pub struct Jwt {
    key: SigningKey,
    key_id: Option<String>,
    lifetime: Duration,
    early: Duration,
    has_id: bool,
    claims: JsonObject,
}

impl Jwt {
    /// Takes the key. The token is valid for five minutes.
    pub fn new(key: SigningKey) -> Self {
        Self {
            key,
            key_id: None,
            lifetime: LIFETIME,
            early: Duration::ZERO,
            has_id: false,
            claims: JsonObject::new(),
        }
    }

    /// Names the key (`kid`), by which the server finds its other half.
    pub fn key_id(mut self, id: impl Into<String>) -> Self {
        self.key_id = Some(id.into());
        self
    }

    /// Says who issues it (`iss`).
    pub fn issuer(self, issuer: impl Into<String>) -> Self {
        self.claim("iss", issuer.into())
    }

    /// Says whom it is about (`sub`).
    pub fn subject(self, subject: impl Into<String>) -> Self {
        self.claim("sub", subject.into())
    }

    /// Says whom it is for (`aud`).
    pub fn audience(self, audience: impl Into<String>) -> Self {
        self.claim("aud", audience.into())
    }

    /// Sets for how long it is valid (`exp`).
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Says that it was issued so much earlier (`iat`), for servers whose clock is behind.
    pub fn issued_before(mut self, early: Duration) -> Self {
        self.early = early;
        self
    }

    /// Gives each token an id of its own (`jti`).
    pub fn with_id(mut self) -> Self {
        self.has_id = true;
        self
    }

    /// Adds a claim, in place of one with the same name.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.claims.insert(name, value);
        self
    }

    /// Says whom it is for, unless that has been said.
    pub(crate) fn or_audience(self, audience: &str) -> Self {
        match self.claims.get("aud") {
            Some(_) => self,
            None => self.audience(audience),
        }
    }

    /// Makes the credential: a bearer token.
    pub fn token(self) -> AccessToken {
        AccessToken::new(self)
    }

    /// Signs a token at a time since 1970.
    ///
    /// # Errors
    /// The library for cryptography cannot sign.
    pub(crate) fn sign(&self, now: Duration, random: &dyn Random) -> Result<Secret, TokenError> {
        let mut header = JsonObject::new();
        header.insert("alg", self.key.algorithm().name().to_owned());
        header.insert("typ", "JWT".to_owned());
        if let Some(id) = &self.key_id {
            header.insert("kid", id.clone());
        }
        let mut claims = self.claims.clone();
        let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        claims.insert("iat", seconds(now.saturating_sub(self.early)));
        claims.insert("exp", seconds(now.saturating_add(self.lifetime)));
        if self.has_id {
            claims.insert("jti", uuid(random));
        }
        let signed = compact(&self.key, header, claims);
        signed.ok_or_else(|| TokenError::last("the token could not be signed"))
    }
}

/// A header and claims, signed (RFC 7515, section 3.1); none where the library below cannot sign.
pub(crate) fn compact(key: &SigningKey, header: JsonObject, claims: JsonObject) -> Option<Secret> {
    let part = |object: JsonObject| URL_SAFE_NO_PAD.encode(Json::Object(object).to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes())?);
    Some(format!("{message}.{signature}").into())
}

impl TokenSource for Jwt {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        // It is for the API itself.
        let time = connection.skews.own().apply(connection.clock.unix_time());
        let signed = self.sign(time, &*connection.random);
        let token = signed.map(|token| Token::new(token).expires_in(self.lifetime).timed());
        Box::pin(std::future::ready(token))
    }
}

impl From<Jwt> for Credential {
    fn from(token: Jwt) -> Self {
        token.token().into()
    }
}

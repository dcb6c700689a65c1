//! Tokens that an API gives by a call of its own.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
use crate::credential::{Credential, Secret};
use crate::json::Json;
use crate::oauth::endpoint_client;
use crate::retry::RetryClass;
use crate::transport::{BoxFuture, Url, without_query};

/// How long a server has to give a token.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Tokens that an API gives by a call of its own, in JSON, for another credential.
///
/// ```
/// use attache_runtime::token::TokenCall;
/// use attache_runtime::{Basic, Json};
///
/// let token = TokenCall::new("https://api.example.com/sessions")
///     .auth(Basic::new("shop", "secret"))
///     .body(Json::from_slice(br#"{"minutes":30}"#).unwrap())
///     .token_at("/session/token")
///     .expires_in_at("/session/seconds")
///     .token();
/// # let _ = token;
/// ```
#[derive(Clone)]
pub struct TokenCall {
    url: String,
    credential: Option<Credential>,
    headers: Vec<(String, String)>,
    body: Option<Json>,
    token: String,
    lifetime: Lifetime,
}

/// Where an answer says how long a token is valid, as a pointer.
#[derive(Clone, Debug)]
enum Lifetime {
    Unknown,
    /// In seconds.
    Seconds(String),
    /// As a date (RFC 3339).
    Date(String),
}

impl TokenCall {
    /// Takes the address, which is posted to. The token is at `/token` of the answer, unless that is said.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            credential: None,
            headers: Vec::new(),
            body: None,
            token: "/token".to_owned(),
            lifetime: Lifetime::Unknown,
        }
    }

    /// Sends a credential, which may be a token that is fetched itself.
    pub fn auth(mut self, credential: impl Into<Credential>) -> Self {
        self.credential = Some(credential.into());
        self
    }

    /// Sends a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends a body.
    pub fn body(mut self, body: Json) -> Self {
        self.body = Some(body);
        self
    }

    /// Says where in the answer the token is (RFC 6901).
    pub fn token_at(mut self, pointer: impl Into<String>) -> Self {
        self.token = pointer.into();
        self
    }

    /// Says where in the answer stands for how many seconds it is valid.
    pub fn expires_in_at(mut self, pointer: impl Into<String>) -> Self {
        self.lifetime = Lifetime::Seconds(pointer.into());
        self
    }

    /// Says where in the answer the date stands at which it expires.
    pub fn expires_at(mut self, pointer: impl Into<String>) -> Self {
        self.lifetime = Lifetime::Date(pointer.into());
        self
    }

    /// Makes the credential.
    pub fn token(self) -> AccessToken {
        AccessToken::new(self)
    }

    fn read(&self, answer: &Json, now: Duration) -> Result<Token, TokenError> {
        let token = answer.pointer(&self.token).and_then(Json::as_str);
        let token = token.ok_or_else(|| {
            let origin = Url::split_root(&self.url).and_then(|(root, _)| root.ok());
            let origin = origin.map(|root| root.origin().to_owned());
            TokenError::new(format!(
                "the answer of {} has no token at {}",
                origin.unwrap_or_default(),
                self.token
            ))
        })?;
        let token = Token::new(Secret::from(token));
        Ok(match self.lifetime(answer, now) {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        })
    }

    fn lifetime(&self, answer: &Json, now: Duration) -> Option<Duration> {
        match &self.lifetime {
            Lifetime::Unknown => None,
            Lifetime::Seconds(pointer) => {
                let seconds = answer.pointer(pointer)?.as_f64()?;
                Duration::try_from_secs_f64(seconds).ok()
            }
            Lifetime::Date(pointer) => {
                let date = jiff::Timestamp::from_str(answer.pointer(pointer)?.as_str()?).ok()?;
                let date = u64::try_from(date.as_second()).ok()?;
                Some(Duration::from_secs(date).saturating_sub(now))
            }
        }
    }
}

impl TokenSource for TokenCall {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let client = endpoint_client(connection, &self.url)?;
            let mut request = client.request("POST", &self.url).timeout(TIMEOUT);
            // A second token does no harm.
            request = request.retry_class(RetryClass::Idempotent);
            for (name, value) in &self.headers {
                request = request.header(name, value);
            }
            if let Some(body) = &self.body {
                request = request.json(body.clone());
            }
            if let Some(credential) = &self.credential {
                request = request.auth(credential.clone());
            }
            let answer = request.send::<Json>().await.map_err(|error| {
                let is_final = matches!(error.status(), Some(400 | 401 | 403 | 404 | 422));
                let message = "the call that gives tokens has failed";
                let told = match is_final {
                    true => TokenError::last(message),
                    false => TokenError::new(message),
                };
                told.with_source(error)
            })?;
            self.read(&answer, connection.clock.unix_time())
        })
    }
}

impl fmt::Debug for TokenCall {
    /// Shows neither the query nor what is sent, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCall")
            .field("url", &without_query(&self.url))
            .field("credential", &self.credential)
            .field("token", &self.token)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

impl From<TokenCall> for Credential {
    fn from(call: TokenCall) -> Self {
        call.token().into()
    }
}

//! What a server gives: an access token, and what comes with it.

use std::time::Duration;

use crate::credential::Secret;
use crate::json::Json;
use crate::token::{Token, TokenError};

/// What a server gives (RFC 6749, section 5.1).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TokenResponse {
    /// What calls are sent with.
    pub access_token: Secret,
    /// For how long it is valid, from when it was asked for; none where the server does not say.
    pub lifetime: Option<Duration>,
    /// Gets further access tokens; takes the place of the one that was sent.
    pub refresh_token: Option<Secret>,
    /// Says who has logged in (OpenID Connect Core 1.0, section 2).
    pub id_token: Option<Secret>,
    /// What the tokens are good for; empty where that is what was asked for.
    pub scopes: Vec<String>,
    /// Whether the access token is bound to a key, and sent with proofs (RFC 9449).
    pub is_bound: bool,
}

impl TokenResponse {
    /// Reads the answer of a token endpoint.
    pub(super) fn read(answer: &Json) -> Result<Self, TokenError> {
        let text = |name: &str| answer.get(name).and_then(Json::as_str);
        let Some(access_token) = text("access_token") else {
            return Err(TokenError::new(
                "the answer of the token endpoint has no `access_token`",
            ));
        };
        // A token of exchange may be used otherwise than in calls (RFC 8693, section 2.2.1).
        if let Some(kind) = text("token_type")
            && !["bearer", "dpop", "n_a"]
                .iter()
                .any(|it| kind.eq_ignore_ascii_case(it))
        {
            return Err(TokenError::last(format!(
                "the server gives a token of the type {kind:?}, and only bearer and DPoP tokens are understood"
            )));
        }
        Ok(Self {
            access_token: access_token.into(),
            lifetime: answer.get("expires_in").and_then(seconds),
            refresh_token: text("refresh_token").map(Secret::from),
            id_token: text("id_token").map(Secret::from),
            is_bound: text("token_type").is_some_and(|it| it.eq_ignore_ascii_case("dpop")),
            scopes: scopes(text("scope").unwrap_or_default()),
        })
    }

    pub(super) fn into_token(self) -> Token {
        let mut token = Token::new(self.access_token);
        if !self.scopes.is_empty() {
            token = token.scopes(self.scopes);
        }
        match self.lifetime {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        }
    }
}

/// Some servers write the number as a string.
pub(super) fn seconds(value: &Json) -> Option<Duration> {
    let number = match value {
        Json::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    let number = number.filter(|seconds| *seconds > 0.0)?;
    Duration::try_from_secs_f64(number).ok()
}

/// Scopes, which are written with a blank between them (RFC 6749, section 3.3).
pub(crate) fn scopes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

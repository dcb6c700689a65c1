//! A login, as it stands in its record.

use std::time::Duration;

use zeroize::Zeroizing;

use super::LoginStatus;
use crate::credential::Secret;
use crate::json::{Json, JsonObject};
use crate::oauth::{TokenResponse, scopes};
use crate::token::{Token, window};

/// What is kept of a login. Times are since 1970.
#[derive(Clone, Debug, Default)]
pub(super) struct Login {
    /// Which login it is: the next one of the same somebody has another.
    id: String,
    pub(super) refresh_token: Option<Secret>,
    pub(super) access_token: Option<Secret>,
    /// Kept for those who want to know who has logged in.
    id_token: Option<Secret>,
    expires: Option<Duration>,
    lifetime: Option<Duration>,
    scopes: Vec<String>,
    /// Whether the access token is bound to the key of the client.
    pub(super) is_bound: bool,
    renewals: u64,
    /// When the renewal began that is under way, or was when its process died.
    pub(super) started: Option<Duration>,
}

impl Login {
    /// One that begins with what a server gave.
    pub(super) fn begin(
        id: String,
        asked_for: &[String],
        tokens: &TokenResponse,
        asked: Duration,
    ) -> Self {
        let begun = Self {
            // A server that names none gives what was asked for (RFC 6749, section 5.1).
            scopes: asked_for.to_vec(),
            ..Self::empty(id)
        };
        begun.renewed(tokens, asked, 0)
    }

    /// One of which nothing is known yet.
    pub(super) fn empty(id: String) -> Self {
        Self {
            id,
            ..Self::default()
        }
    }

    /// One of which the refresh token is known, and nothing else.
    pub(super) fn of_refresh_token(id: String, token: Secret) -> Self {
        Self {
            refresh_token: Some(token),
            ..Self::empty(id)
        }
    }

    /// The one after a renewal.
    pub(super) fn after(&self, tokens: &TokenResponse, asked: Duration) -> Self {
        self.clone().renewed(tokens, asked, self.renewals + 1)
    }

    fn renewed(self, tokens: &TokenResponse, asked: Duration, renewals: u64) -> Self {
        let scopes = match tokens.scopes.is_empty() {
            true => self.scopes,
            false => tokens.scopes.clone(),
        };
        Self {
            id: self.id,
            // A server that gives none lets the old one stand.
            refresh_token: tokens.refresh_token.clone().or(self.refresh_token),
            access_token: Some(tokens.access_token.clone()),
            id_token: tokens.id_token.clone().or(self.id_token),
            expires: tokens.lifetime.map(|lifetime| asked + lifetime),
            lifetime: tokens.lifetime,
            scopes,
            is_bound: tokens.is_bound,
            renewals,
            started: None,
        }
    }

    /// The access token, where it is not yet to be renewed.
    pub(super) fn fresh(&self, now: Duration) -> Option<Token> {
        let window = window(self.lifetime.unwrap_or_default());
        self.valid(now + window)?;
        self.valid(now)
    }

    /// The access token, where it is valid.
    pub(super) fn valid(&self, now: Duration) -> Option<Token> {
        let mut token = Token::new(self.access_token.clone()?);
        if !self.scopes.is_empty() {
            token = token.scopes(self.scopes.clone());
        }
        match self.expires {
            None => Some(token),
            Some(expires) if expires > now => Some(token.expires_in(expires - now)),
            Some(_) => None,
        }
    }

    /// Whether it stands in the way of another one: it is of a later login, or renewed as often.
    pub(super) fn supersedes(&self, other: &Self) -> bool {
        self.id != other.id || self.renewals >= other.renewals
    }

    /// The same with or without a mark that a renewal is under way.
    pub(super) fn marked(&self, started: Option<Duration>) -> Self {
        Self {
            started,
            ..self.clone()
        }
    }

    pub(super) fn status(&self) -> LoginStatus {
        LoginStatus {
            scopes: self.scopes.clone(),
            expires: self.expires,
            renewed: self
                .expires
                .zip(self.lifetime)
                .map(|(it, lifetime)| it.saturating_sub(lifetime)),
            is_renewable: self.refresh_token.is_some(),
            renewals: self.renewals,
            interrupted: self.started,
        }
    }

    pub(super) fn encode(&self) -> Zeroizing<String> {
        let mut object = JsonObject::new();
        object.insert("format", 1_i64);
        object.insert("id", self.id.clone());
        for (name, secret) in [
            ("refresh_token", &self.refresh_token),
            ("access_token", &self.access_token),
            ("id_token", &self.id_token),
        ] {
            if let Some(secret) = secret {
                object.insert(name, secret.expose().to_owned());
            }
        }
        for (name, time) in [
            ("expires", self.expires),
            ("lifetime", self.lifetime),
            ("started", self.started),
        ] {
            if let Some(time) = time {
                object.insert(name, integer(time.as_secs()));
            }
        }
        object.insert("scope", self.scopes.join(" "));
        object.insert("bound", self.is_bound);
        object.insert("renewals", integer(self.renewals));
        Zeroizing::new(Json::Object(object).to_string())
    }

    pub(super) fn decode(text: &[u8]) -> Result<Self, String> {
        let login = Json::from_slice(text).map_err(|error| error.to_string())?;
        let format = login.get("format").and_then(Json::as_i64);
        if format != Some(1) {
            return Err("its format is not the one that this version knows".to_owned());
        }
        let text = |name: &str| login.get(name).and_then(Json::as_str);
        let secret = |name: &str| text(name).map(Secret::from);
        let number = |name: &str| {
            let number = login.get(name).and_then(Json::as_i64);
            number.and_then(|number| u64::try_from(number).ok())
        };
        let time = |name: &str| number(name).map(Duration::from_secs);
        Ok(Self {
            id: text("id").unwrap_or_default().to_owned(),
            refresh_token: secret("refresh_token"),
            access_token: secret("access_token"),
            id_token: secret("id_token"),
            expires: time("expires"),
            lifetime: time("lifetime"),
            is_bound: login
                .get("bound")
                .and_then(Json::as_bool)
                .unwrap_or_default(),
            scopes: scopes(text("scope").unwrap_or_default()),
            renewals: number("renewals").unwrap_or_default(),
            started: time("started"),
        })
    }
}

fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

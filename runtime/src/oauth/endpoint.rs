//! The endpoints of a server that gives tokens: one request, and what is wrong with its answer.

use std::time::Duration;

use super::ClientIdentity;
use crate::call::form_component;
use crate::client::{ApiMeta, Client, ClientBuilder};
use crate::clock::SignedAt;
use crate::credential::Secret;
use crate::error::Error;
use crate::json::Json;
use crate::response::Undocumented;
use crate::retry::RetryClass;
use crate::token::{PROOF, TokenConnection, TokenError, TokenProof};
use crate::transport::{Bytes, Url, origin_of};

static API: ApiMeta = ApiMeta::new("oauth", "https://localhost");

/// How long a server has to give a token.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Answers are short; what is longer is none.
const LONGEST_ANSWER: usize = 1 << 20;
/// Codes of RFC 6749, section 5.2, and of its kin, that no further request changes.
const FINAL: [&str; 9] = [
    "access_denied",
    "expired_token",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "invalid_target",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// Codes of refusals of what is signed: assertions of RFC 7523, proofs of RFC 9449.
const SIGNED: [&str; 3] = ["invalid_client", "invalid_dpop_proof", "invalid_grant"];

/// A request to an endpoint of a server that gives tokens.
pub(super) struct EndpointRequest<'r> {
    pub(super) connection: &'r TokenConnection,
    pub(super) url: &'r str,
    pub(super) identity: Option<&'r ClientIdentity>,
    pub(super) fields: &'r [(&'r str, Secret)],
    /// Whether it may be sent again where the server may have seen it.
    pub(super) class: RetryClass,
    /// What the tokens are to be bound to.
    pub(super) proof: Option<&'r dyn TokenProof>,
    /// A field that is signed at a time.
    pub(super) assertion: Option<Assertion<'r>>,
}

/// Signs at a time since 1970.
pub(super) type Assertion<'r> = &'r (dyn Fn(Duration) -> Result<Secret, TokenError> + Sync);

impl EndpointRequest<'_> {
    /// Sends it; an answer that is no JSON, or none at all, is null.
    pub(super) async fn send(self) -> Result<Json, TokenError> {
        let (sent, has_other_time) = self.send_once().await?;
        match (&sent, self.proof) {
            // The server has said by now what it wants in the proof (RFC 9449, section 8).
            (Err(error), Some(_)) if error.code() == Some("use_dpop_nonce") => {
                self.send_once().await?.0
            }
            (Err(_), _) if has_other_time => self.send_once().await?.0,
            _ => sent,
        }
    }

    /// What comes of it, and whether it may be refused for the time that it was signed with, and another one is known.
    async fn send_once(&self) -> Result<(Result<Json, TokenError>, bool), TokenError> {
        let (connection, url) = (self.connection, self.url);
        let client = client(connection, url)?;
        let (clock, skews) = (&connection.clock, &connection.skews);
        let (correction, sent) = (skews.correction(origin_of(url)), clock.unix_time());
        let time = correction.apply(sent);
        let own = self
            .identity
            .map(|identity| identity.fields(connection, url, time));
        let mut own = own.transpose()?.unwrap_or_default();
        if let Some(sign) = self.assertion {
            own.insert(0, ("assertion", sign(time)?));
        }
        let own = own.iter().map(|(name, value)| (*name, value));
        let fields = self.fields.iter().map(|(name, value)| (*name, value));
        let mut request = client
            .request("POST", url)
            .bytes("application/x-www-form-urlencoded", form(fields.chain(own)))
            .header("Accept", "application/json")
            .timeout(TIMEOUT)
            .retry_class(self.class);
        if let Some(authorization) = self.identity.and_then(ClientIdentity::authorization) {
            request = request.header("Authorization", authorization.expose());
        }
        if let Some(proof) = self.proof {
            let made = proof.prove("POST", url, None, time);
            let made = made.ok_or_else(|| TokenError::new("the proof could not be signed"))?;
            request = request.header(PROOF, made.expose());
        }
        let answered = request.send_full::<Bytes>().await;
        let headers = match &answered {
            Ok(response) => Some(response.headers()),
            Err(error) => error.headers(),
        };
        if let Some((proof, headers)) = self.proof.zip(headers) {
            proof.learn(url, headers);
        }
        let signed = SignedAt::new(sent);
        let exchange = signed.map(|signed| signed.answered(clock.unix_time()));
        if let Some((exchange, headers)) = exchange.zip(headers) {
            skews.learn(origin_of(url), exchange, headers);
        }
        let headers = headers.cloned().unwrap_or_default();
        let read = match answered {
            Ok(response) => read(response.body()),
            Err(error) => Err(refusal(url, error)),
        };
        let is_timed = self.assertion.is_some()
            || self.proof.is_some()
            || self.identity.is_some_and(ClientIdentity::is_signed);
        let has_other_time = is_timed
            && match &read {
                Err(error) if speaks_of_time(error) => exchange.is_some_and(|exchange| {
                    skews.refused(origin_of(url), correction, exchange, &headers)
                }),
                Err(error) if SIGNED.contains(&error.code().unwrap_or_default()) => {
                    skews.correction(origin_of(url)).differs(correction)
                }
                _ => false,
            };
        Ok((read, has_other_time))
    }
}

/// Whether a refusal names the claims of an assertion or a proof that hold the time, or speaks of it.
fn speaks_of_time(error: &TokenError) -> bool {
    const WORDS: [&str; 8] = [
        "iat", "exp", "nbf", "clock", "time", "expired", "future", "skew",
    ];
    let is_of_signed = SIGNED.contains(&error.code().unwrap_or_default());
    let text = error.to_string().to_ascii_lowercase();
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    is_of_signed && words.any(|word| WORDS.contains(&word))
}

/// Fields as `application/x-www-form-urlencoded`.
pub(super) fn form<'f>(fields: impl Iterator<Item = (&'f str, &'f Secret)>) -> String {
    let pairs: Vec<String> = fields
        .map(|(name, value)| format!("{name}={}", form_component(value.expose())))
        .collect();
    pairs.join("&")
}

/// What an answer of success says; some servers answer 200 all the same.
fn read(answer: &[u8]) -> Result<Json, TokenError> {
    let answer = Json::from_slice(answer).unwrap_or(Json::Null);
    let text = |name: &str| answer.get(name).and_then(Json::as_str);
    match text("error") {
        Some(code) => Err(said(code, text("error_description"))),
        None => Ok(answer),
    }
}

pub(crate) fn client(connection: &TokenConnection, url: &str) -> Result<Client, TokenError> {
    let Some((Ok(root), _)) = Url::split_root(url) else {
        return Err(TokenError::last(
            "the address of the authorization server is none",
        ));
    };
    let is_here = matches!(root.host(), "localhost" | "127.0.0.1" | "[::1]");
    if !url.starts_with("https://") && !is_here {
        return Err(TokenError::last(format!(
            "secrets are not sent to {} in clear: the address has to begin with https://",
            root.origin()
        )));
    }
    let built = ClientBuilder::new(&API)
        .base_url(root.as_str())
        .transport(connection.transport.clone())
        .clock(connection.clock.clone())
        .random(connection.random.clone())
        .body_limit(LONGEST_ANSWER)
        .build();
    built.map_err(|error| TokenError::last(error.to_string()))
}

fn refusal(url: &str, error: Error<Undocumented>) -> TokenError {
    let body = error.answer().map(|answer| answer.body().clone());
    let body = body.and_then(|body| Json::from_slice(&body).ok());
    let text = |name: &str| body.as_ref()?.get(name)?.as_str();
    if let Some(code) = text("error") {
        return said(code, text("error_description")).with_source(error);
    }
    let origin = Url::split_root(url).and_then(|(root, _)| root.ok());
    let origin = origin.map(|root| root.origin().to_owned());
    let message = format!("no answer of use from {}", origin.unwrap_or_default());
    TokenError::new(message).with_source(error)
}

/// What the server says; the description is meant for developers, and is cut so that it stays one.
pub(super) fn said(code: &str, description: Option<&str>) -> TokenError {
    let shown = |text: &str| -> String {
        let plain = text.chars().filter(|c| !c.is_control());
        plain.take(200).collect()
    };
    let message = match description {
        Some(description) => format!("the server says {}: {}", shown(code), shown(description)),
        None => format!("the server says {}", shown(code)),
    };
    let error = match FINAL.contains(&code) {
        true => TokenError::last(message),
        false => TokenError::new(message),
    };
    error.with_code(code)
}

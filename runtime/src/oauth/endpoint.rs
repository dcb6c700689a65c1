//! The token endpoint: one request, and what its answer says.

use std::time::Duration;

use super::ClientIdentity;
use crate::call::form_component;
use crate::client::{ApiMeta, Client, ClientBuilder};
use crate::credential::Secret;
use crate::error::Error;
use crate::json::Json;
use crate::response::Undocumented;
use crate::retry::RetryClass;
use crate::token::{Token, TokenConnection, TokenError};
use crate::transport::Url;

static API: ApiMeta = ApiMeta::new("oauth", "https://localhost");

/// How long a server has to give a token.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Answers are short; what is longer is none.
const LONGEST_ANSWER: usize = 1 << 20;
/// Codes of RFC 6749, section 5.2, and of its kin, that no further request changes.
const FINAL: [&str; 7] = [
    "access_denied",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// What a server grants.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) access_token: Secret,
    pub(super) lifetime: Option<Duration>,
    /// The one that takes the place of the one that was sent.
    pub(super) refresh_token: Option<Secret>,
}

impl Granted {
    pub(super) fn into_token(self) -> Token {
        let token = Token::new(self.access_token);
        match self.lifetime {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        }
    }
}

/// Asks for a token. `class` says whether the request may be sent again where the server may have seen it.
pub(super) async fn ask(
    connection: &TokenConnection,
    url: &str,
    identity: Option<&ClientIdentity>,
    fields: &[(&str, Secret)],
    class: RetryClass,
) -> Result<Granted, TokenError> {
    let client = client(connection, url)?;
    let own = identity.map(|identity| identity.fields(connection, url));
    let own = own.transpose()?.unwrap_or_default();
    let own = own.iter().map(|(name, value)| (*name, value));
    let fields = fields.iter().map(|(name, value)| (*name, value));
    let pairs: Vec<String> = fields
        .chain(own)
        .map(|(name, value)| format!("{name}={}", form_component(value.expose())))
        .collect();
    let form = pairs.join("&");
    let mut request = client
        .request("POST", url)
        .bytes("application/x-www-form-urlencoded", form)
        .timeout(TIMEOUT)
        .retry_class(class);
    if let Some(authorization) = identity.and_then(ClientIdentity::authorization) {
        request = request.header("Authorization", authorization.expose());
    }
    match request.send::<Json>().await {
        Ok(answer) => granted(&answer),
        Err(error) => Err(refusal(url, error)),
    }
}

pub(super) fn client(connection: &TokenConnection, url: &str) -> Result<Client, TokenError> {
    if url.is_empty() {
        return Err(TokenError::last(
            "the description names no token endpoint, so `token_url` is needed",
        ));
    }
    let Some((Ok(root), _)) = Url::split_root(url) else {
        return Err(TokenError::last(
            "the address of the token endpoint is none",
        ));
    };
    let is_here = matches!(root.host(), "localhost" | "127.0.0.1" | "[::1]");
    if !url.starts_with("https://") && !is_here {
        return Err(TokenError::last(format!(
            "secrets are not sent to {} in clear: the token endpoint has to be one of https",
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

fn granted(answer: &Json) -> Result<Granted, TokenError> {
    let text = |name: &str| answer.get(name).and_then(Json::as_str);
    let Some(access_token) = text("access_token") else {
        // Some answer 200 all the same.
        return Err(match text("error") {
            Some(code) => said(code, text("error_description")),
            None => TokenError::new("the answer of the token endpoint has no `access_token`"),
        });
    };
    if let Some(kind) = text("token_type")
        && !kind.eq_ignore_ascii_case("bearer")
    {
        return Err(TokenError::last(format!(
            "the server gives a token of the type {kind:?}, and only bearer tokens are understood"
        )));
    }
    Ok(Granted {
        access_token: access_token.into(),
        lifetime: answer.get("expires_in").and_then(seconds),
        refresh_token: text("refresh_token").map(Secret::from),
    })
}

/// Some servers write the number as a string.
fn seconds(value: &Json) -> Option<Duration> {
    let number = match value {
        Json::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    let number = number.filter(|seconds| *seconds > 0.0)?;
    Duration::try_from_secs_f64(number).ok()
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
    let message = format!("no token from {}", origin.unwrap_or_default());
    TokenError::new(message).with_source(error)
}

/// What the server says; the description is meant for developers, and is cut so that it stays one.
fn said(code: &str, description: Option<&str>) -> TokenError {
    let shown = |text: &str| -> String {
        let plain = text.chars().filter(|c| !c.is_control());
        plain.take(200).collect()
    };
    let message = match description {
        Some(description) => format!("the server says {}: {}", shown(code), shown(description)),
        None => format!("the server says {}", shown(code)),
    };
    match FINAL.contains(&code) {
        true => TokenError::last(message),
        false => TokenError::new(message),
    }
}

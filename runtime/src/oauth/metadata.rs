//! What a server says of itself: its metadata (OpenID Connect Discovery 1.0, RFC 8414).

use super::authorization_server::{Endpoint, Endpoints};
use super::endpoint::client;
use crate::json::Json;
use crate::token::{TokenConnection, TokenError};
use crate::transport::Url;

const OPEN_ID: &str = "/.well-known/openid-configuration";
const OAUTH: &str = "/.well-known/oauth-authorization-server";

/// What a server says of itself.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    not(feature = "login"),
    expect(dead_code, reason = "only logins look at more than endpoints")
)]
pub(super) struct Metadata {
    pub(super) issuer: String,
    pub(super) endpoints: Endpoints,
    /// It says with each code who it is (RFC 9207).
    pub(super) names_itself: bool,
    /// It takes the parameters of the login page beforehand, and not otherwise (RFC 9126).
    pub(super) wants_pushed: bool,
}

/// Reads the metadata of an issuer, or those at an address.
pub(super) async fn read(
    connection: &TokenConnection,
    issuer: &str,
) -> Result<Metadata, TokenError> {
    let issuer = issuer.trim_end_matches('/');
    if let Some(own) = issuer.strip_suffix(OPEN_ID) {
        return read_at(connection, issuer, own).await;
    }
    let Some((Ok(root), path)) = Url::split_root(issuer) else {
        return Err(TokenError::last("the address of the issuer is none"));
    };
    // OpenID appends its path, RFC 8414 puts it before that of the issuer.
    let open_id = format!("{issuer}{OPEN_ID}");
    let oauth = format!("{}{OAUTH}{path}", root.origin());
    match read_at(connection, &open_id, issuer).await {
        Err(error) if !error.is_final() => match read_at(connection, &oauth, issuer).await {
            Ok(metadata) => Ok(metadata),
            // The first says more where neither is there.
            Err(other) => Err(if other.is_final() { other } else { error }),
        },
        found => found,
    }
}

async fn read_at(
    connection: &TokenConnection,
    url: &str,
    issuer: &str,
) -> Result<Metadata, TokenError> {
    let request = client(connection, url)?.request("GET", url);
    let metadata = request.send::<Json>().await.map_err(|error| {
        TokenError::new(format!("the metadata of {issuer} cannot be read")).with_source(error)
    })?;
    let text = |name: &str| metadata.get(name).and_then(Json::as_str);
    let says = |name: &str| {
        metadata
            .get(name)
            .and_then(Json::as_bool)
            .unwrap_or_default()
    };
    // Another issuer's metadata would send the secrets to another endpoint (RFC 8414, section 3.3).
    let stated = text("issuer").unwrap_or_default();
    if stated.trim_end_matches('/') != issuer {
        return Err(TokenError::last(format!(
            "the metadata of {issuer} are those of another issuer"
        )));
    }
    let mut endpoints = Endpoints::default();
    for endpoint in Endpoint::ALL {
        endpoints.set(endpoint, text(endpoint.member()).unwrap_or_default());
    }
    Ok(Metadata {
        issuer: stated.to_owned(),
        endpoints,
        names_itself: says("authorization_response_iss_parameter_supported"),
        wants_pushed: says("require_pushed_authorization_requests"),
    })
}

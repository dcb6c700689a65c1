//! What a server says of itself: its metadata (OpenID Connect Discovery 1.0, RFC 8414).

use super::endpoint::client;
use crate::json::Json;
use crate::token::{TokenConnection, TokenError};
use crate::transport::Url;

const OPEN_ID: &str = "/.well-known/openid-configuration";
const OAUTH: &str = "/.well-known/oauth-authorization-server";

/// Finds the token endpoint of an issuer, or of the one whose metadata are at an address.
pub(super) async fn token_endpoint(
    connection: &TokenConnection,
    issuer: &str,
) -> Result<String, TokenError> {
    let issuer = issuer.trim_end_matches('/');
    if let Some(own) = issuer.strip_suffix(OPEN_ID) {
        return read(connection, issuer, own).await;
    }
    let Some((Ok(root), path)) = Url::split_root(issuer) else {
        return Err(TokenError::last("the address of the issuer is none"));
    };
    // OpenID appends its path, RFC 8414 puts it before that of the issuer.
    let open_id = format!("{issuer}{OPEN_ID}");
    let oauth = format!("{}{OAUTH}{path}", root.origin());
    match read(connection, &open_id, issuer).await {
        Err(error) if !error.is_final() => match read(connection, &oauth, issuer).await {
            Ok(endpoint) => Ok(endpoint),
            // The first says more where neither is there.
            Err(other) => Err(if other.is_final() { other } else { error }),
        },
        found => found,
    }
}

async fn read(connection: &TokenConnection, url: &str, issuer: &str) -> Result<String, TokenError> {
    let request = client(connection, url)?.request("GET", url);
    let metadata = request.send::<Json>().await.map_err(|error| {
        TokenError::new(format!("the metadata of {issuer} cannot be read")).with_source(error)
    })?;
    let text = |name: &str| metadata.get(name).and_then(Json::as_str);
    // Another issuer's metadata would send the secrets to another endpoint (RFC 8414, section 3.3).
    let stated = text("issuer").unwrap_or_default();
    if stated.trim_end_matches('/') != issuer {
        return Err(TokenError::last(format!(
            "the metadata of {issuer} are those of another issuer"
        )));
    }
    let endpoint = text("token_endpoint");
    let endpoint = endpoint.ok_or_else(|| {
        TokenError::last(format!("the metadata of {issuer} name no token endpoint"))
    })?;
    Ok(endpoint.to_owned())
}

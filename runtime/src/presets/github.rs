//! GitHub.

use std::time::Duration;

use super::preset::{Identity, LoginServer, Preset, PresetHeader, Way};
use crate::json::Json;
use crate::jwt::{Jwt, SigningKey};
use crate::token::{AccessToken, TokenCall};

/// GitHub: a token, or an App at one of its installations.
///
/// Settings: `token`; or `app_id` (or the client id of the App), `private_key` and `installation_id`, with `api_url` for
/// GitHub Enterprise; `api_version` for another version than 2022-11-28.
///
/// Source: GitHub, "Authenticating as a GitHub App installation", "API Versions".
pub const GITHUB: Preset = Preset {
    name: "github",
    ways: &[Way::Installation, Way::Bearer("token")],
    headers: &[PresetHeader::of_setting("X-GitHub-Api-Version", "api_version").or("2022-11-28")],
    server: Some(LoginServer {
        authorization_url: "https://github.com/login/oauth/authorize",
        device_authorization_url: "https://github.com/login/device/code",
        ..LoginServer::new(
            "https://github.com/login/oauth/access_token",
            Identity::Post,
        )
    }),
};

const API: &str = "https://api.github.com";
/// GitHub takes ten minutes at the most, by its own clock.
const LIFETIME: Duration = Duration::from_secs(540);
const SKEW: Duration = Duration::from_secs(60);

/// Tokens of an installation, each for an hour.
pub(super) fn installation(
    key: SigningKey,
    app: String,
    installation: &str,
    api_url: Option<String>,
) -> AccessToken {
    let api = api_url.unwrap_or_else(|| API.to_owned());
    let api = api.trim_end_matches('/');
    let app = Jwt::new(key)
        .issuer(app)
        .lifetime(LIFETIME)
        .issued_before(SKEW);
    TokenCall::new(format!(
        "{api}/app/installations/{installation}/access_tokens"
    ))
    .auth(app.token())
    .header("Accept", "application/vnd.github+json")
    .body(Json::Object(Default::default()))
    .token_at("/token")
    .expires_at("/expires_at")
    .token()
}

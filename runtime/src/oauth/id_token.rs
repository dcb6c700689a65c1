//! What an identity token has to say (OpenID Connect Core 1.0, section 3.1.3.7); `issuer_keys` looks at who signed it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::credential::Secret;
use crate::json::Json;
use crate::token::TokenError;

/// How far the clock of a server may be off.
const SKEW: Duration = Duration::from_secs(300);

/// What has to stand in it.
pub(super) struct Expected<'e> {
    /// None where nobody says who the server is.
    pub(super) issuer: Option<&'e str>,
    pub(super) client: &'e str,
    pub(super) nonce: &'e Secret,
    /// Since 1970.
    pub(super) now: Duration,
}

impl Expected<'_> {
    /// Gives the token, where it says all of that.
    pub(super) fn check<'t>(&self, token: Option<&'t Secret>) -> Result<&'t Secret, TokenError> {
        let refuse = |what: &str| Err(TokenError::last(format!("the identity token {what}")));
        let Some(token) = token else {
            return refuse("is missing, though the scope `openid` was asked for");
        };
        let claims = claims(token.expose()).unwrap_or(Json::Null);
        let text = |name: &str| claims.get(name).and_then(Json::as_str);
        if text("nonce") != Some(self.nonce.expose()) {
            return refuse("belongs to another login: its `nonce` is not the one that was sent");
        }
        if self
            .issuer
            .is_some_and(|issuer| text("iss") != Some(issuer))
        {
            return refuse("is from another issuer");
        }
        let is_for_client = match claims.get("aud") {
            Some(Json::Array(all)) => all.iter().any(|it| it.as_str() == Some(self.client)),
            Some(one) => one.as_str() == Some(self.client),
            None => false,
        };
        if !is_for_client || text("azp").is_some_and(|client| client != self.client) {
            return refuse("is for another client");
        }
        let expires = claims.get("exp").and_then(Json::as_f64).unwrap_or_default();
        match expires + SKEW.as_secs_f64() > self.now.as_secs_f64() {
            true => Ok(token),
            false => refuse("has expired"),
        }
    }
}

/// What a token says, unverified.
fn claims(token: &str) -> Option<Json> {
    let payload = token.split('.').nth(1)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    Json::from_slice(&payload).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(claims: &str) -> Result<(), String> {
        let token = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims)).into();
        let expected = Expected {
            issuer: Some("https://login.example.com"),
            client: "shop",
            nonce: &"n1".into(),
            now: Duration::from_secs(1_000_000),
        };
        let checked = expected.check(Some(&token));
        checked.map(drop).map_err(|error| error.to_string())
    }

    #[test]
    fn each_claim_is_checked() {
        let good = r#"{"iss":"https://login.example.com","aud":"shop","nonce":"n1","exp":1000100}"#;
        assert_eq!(check(good), Ok(()));
        let among_others = good.replace(r#""shop""#, r#"["other","shop"],"azp":"shop""#);
        assert_eq!(check(&among_others), Ok(()));
        for (from, to, expected) in [
            ("n1", "n2", "another login"),
            ("login.", "evil.", "another issuer"),
            (r#""shop""#, r#""other""#, "another client"),
            (r#""shop""#, r#"["shop"],"azp":"other""#, "another client"),
            ("1000100", "999000", "has expired"),
            (r#","exp":1000100"#, "", "has expired"),
        ] {
            let error = check(&good.replace(from, to)).expect_err(to);
            assert!(error.contains(expected), "{error}");
        }
    }
}

//! The keys of an issuer, and whether a token is signed by one of them.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::endpoint::client;
use super::{AuthorizationServer, ClientIdentity};
use crate::credential::Secret;
use crate::json::Json;
use crate::jwt::{Algorithm, PublicKey, SigningKey};
use crate::token::{TokenConnection, TokenError};

type Keys = Arc<[PublicKey]>;

/// The keys of an issuer (RFC 7517), which are fetched when they are needed first, and again for a key that is not there.
#[derive(Debug, Default)]
pub(super) struct IssuerKeys {
    keys: Mutex<Option<Keys>>,
}

/// A token in its parts (RFC 7515, section 3.1).
struct Signed<'t> {
    algorithm: String,
    key_id: Option<String>,
    message: &'t str,
    signature: Vec<u8>,
}

/// Whether an identity token is signed by its issuer (OpenID Connect Core 1.0, section 3.1.3.7, numbers 6 to 8).
///
/// Where nobody says which keys the issuer has, TLS has to do: the token came from the server itself.
pub(super) async fn check(
    server: &AuthorizationServer,
    connection: &TokenConnection,
    identity: &ClientIdentity,
    token: &Secret,
) -> Result<(), TokenError> {
    let refuse = |what: &str| Err(TokenError::last(format!("the identity token {what}")));
    let Some(signed) = Signed::read(token.expose()) else {
        return refuse("is no signed token");
    };
    if signed.algorithm.eq_ignore_ascii_case("none") {
        return refuse("is not signed");
    }
    let Some(url) = server.keys_url_of(connection).await? else {
        return Ok(());
    };
    let Some(algorithm) = Algorithm::named(&signed.algorithm) else {
        return refuse("is signed by an algorithm that is not known here");
    };
    if algorithm.is_symmetric() {
        let secret = identity.secret();
        return match secret.is_some_and(|it| signed.is_of_secret(algorithm, it)) {
            true => Ok(()),
            false => refuse("is not signed with the secret of the client"),
        };
    }
    let known = server.keys.known();
    if known.is_some_and(|keys| signed.is_of(algorithm, &keys)) {
        return Ok(());
    }
    // The issuer may have another key by now.
    let keys = server.keys.fetch(connection, url).await?;
    match signed.is_of(algorithm, &keys) {
        true => Ok(()),
        false => refuse("is not signed by its issuer"),
    }
}

impl IssuerKeys {
    fn known(&self) -> Option<Keys> {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.clone()
    }

    async fn fetch(&self, connection: &TokenConnection, url: &str) -> Result<Keys, TokenError> {
        let request = client(connection, url)?.request("GET", url);
        let set = request.send::<Json>().await.map_err(|error| {
            TokenError::new("the keys of the issuer cannot be read").with_source(error)
        })?;
        let keys = match set.get("keys") {
            Some(Json::Array(keys)) => keys.iter().filter_map(PublicKey::from_jwk).collect(),
            _ => return Err(TokenError::new("the keys of the issuer are no key set")),
        };
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&keys));
        Ok(keys)
    }
}

impl<'t> Signed<'t> {
    fn read(token: &'t str) -> Option<Self> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, _) = message.split_once('.')?;
        let header = Json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        let text = |name: &str| header.get(name).and_then(Json::as_str).map(str::to_owned);
        // What has to be understood is not (RFC 7515, section 4.1.11).
        if header.get("crit").is_some() {
            return None;
        }
        Some(Self {
            algorithm: text("alg")?,
            key_id: text("kid"),
            message,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    fn is_of(&self, algorithm: Algorithm, keys: &[PublicKey]) -> bool {
        let is_named = |key: &&PublicKey| match (&self.key_id, key.id()) {
            (Some(wanted), Some(id)) => wanted == id,
            _ => true,
        };
        let mut keys = keys.iter().filter(is_named);
        keys.any(|key| key.verifies(algorithm, self.message.as_bytes(), &self.signature))
    }

    fn is_of_secret(&self, algorithm: Algorithm, secret: &Secret) -> bool {
        let key = SigningKey::from_secret(algorithm, secret.clone());
        key.is_ok_and(|key| key.verifies(self.message.as_bytes(), &self.signature))
    }
}

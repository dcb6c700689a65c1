//! Tokens that are good for nothing without a key: DPoP.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::credential::Secret;
use crate::json::{Json, JsonObject};
use crate::jwt::{KeyError, SigningKey, compact};
use crate::token::TokenProof;
use crate::transport::{Headers, origin_of, without_query};

const NONCE: &str = "DPoP-Nonce";

/// A key that tokens are bound to, so that whoever finds one can do nothing with it (RFC 9449).
///
/// Each request carries a proof of its own, made by the key for its method and address; a server may want a nonce of its
/// own in it, which is learnt from its answers. A refresh token of a client without a secret is bound as well, so the key
/// has to be kept with it.
///
/// ```
/// use attache_runtime::jwt::{Algorithm, SigningKey};
/// use attache_runtime::oauth::{ClientIdentity, Dpop, RefreshToken};
///
/// # fn example(pem: &str) -> Result<(), attache_runtime::jwt::KeyError> {
/// let key = Dpop::new(SigningKey::from_pem(Algorithm::Es256, pem)?)?;
/// let grant = RefreshToken::new(ClientIdentity::public("shop"), "…").dpop(key);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Dpop {
    key: SigningKey,
    /// The public half.
    public: Json,
    /// The last nonce of each server, by its origin.
    nonces: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Dpop {
    /// Takes a private key of an elliptic curve or of Ed25519; ES256 is what most servers know.
    ///
    /// # Errors
    /// The key is a secret, which has no public half, or one of RSA, whose proofs would be ten times as long.
    pub fn new(key: SigningKey) -> Result<Self, KeyError> {
        let public = key.public_jwk();
        let public = public.ok_or(KeyError::new(
            "DPoP takes a private key of an elliptic curve or of Ed25519",
        ))?;
        Ok(Self {
            key,
            public: Json::Object(public),
            nonces: Arc::default(),
        })
    }

    fn nonces(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenProof for Dpop {
    fn prove(
        &self,
        method: &str,
        url: &str,
        token: Option<&Secret>,
        time: Duration,
    ) -> Option<Secret> {
        let mut header = JsonObject::new();
        header.insert("typ", "dpop+jwt".to_owned());
        header.insert("alg", self.key.algorithm().name().to_owned());
        header.insert("jwk", self.public.clone());
        let mut id = [0; 16];
        rand::fill(&mut id).ok()?;
        let mut claims = JsonObject::new();
        claims.insert("jti", URL_SAFE_NO_PAD.encode(id));
        claims.insert("htm", method.to_owned());
        claims.insert("htu", without_query(url).to_owned());
        claims.insert("iat", i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
        if let Some(nonce) = self.nonces().get(origin_of(url)) {
            claims.insert("nonce", nonce.clone());
        }
        if let Some(token) = token {
            let hash = digest(&SHA256, token.expose().as_bytes());
            claims.insert("ath", URL_SAFE_NO_PAD.encode(hash));
        }
        compact(&self.key, header, claims)
    }

    #[cfg(feature = "login")]
    fn thumbprint(&self) -> String {
        let Json::Object(public) = &self.public else {
            return String::new();
        };
        // The members in the order of their names, without blanks (RFC 7638, section 3).
        let mut members: Vec<_> = public.iter().collect();
        members.sort_by_key(|(name, _)| *name);
        let members: Vec<_> = members
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        let hash = digest(&SHA256, format!("{{{}}}", members.join(",")).as_bytes());
        URL_SAFE_NO_PAD.encode(hash)
    }

    fn learn(&self, url: &str, headers: &Headers) -> bool {
        let Some(nonce) = headers.get(NONCE) else {
            return false;
        };
        let mut nonces = self.nonces();
        let before = nonces.insert(origin_of(url).to_owned(), nonce.to_owned());
        before.as_deref() != Some(nonce)
    }
}

impl fmt::Debug for Dpop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dpop").field(&self.key).finish()
    }
}

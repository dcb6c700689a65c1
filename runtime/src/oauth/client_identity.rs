//! Who the client is to the server that gives tokens.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::call::form_component;
use crate::credential::Secret;
#[cfg(feature = "jwt")]
use crate::jwt::{Jwt, SigningKey};
use crate::token::{TokenConnection, TokenError};

/// Who the client is to the server that gives tokens (RFC 6749, section 2.3).
///
/// ```
/// use attache_runtime::oauth::ClientIdentity;
///
/// let confidential = ClientIdentity::basic("shop", "secret");
/// let as_google_wants_it = ClientIdentity::post("shop", "secret");
/// let public = ClientIdentity::public("shop");
/// assert!(!format!("{confidential:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct ClientIdentity {
    id: String,
    proof: Proof,
}

#[derive(Clone)]
enum Proof {
    None,
    /// The secret in the header `Authorization`.
    Basic(Secret),
    /// The secret in the form.
    Post(Secret),
    /// A token that is signed for each request.
    #[cfg(feature = "jwt")]
    Signed(Box<Jwt>),
}

impl ClientIdentity {
    /// Sends id and secret in the header `Authorization`: `client_secret_basic`, which every server has to understand.
    pub fn basic(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(id, Proof::Basic(secret.into()))
    }

    /// Sends id and secret in the body: `client_secret_post`.
    pub fn post(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(id, Proof::Post(secret.into()))
    }

    /// Sends the id alone: a client that can keep no secret.
    pub fn public(id: impl Into<String>) -> Self {
        Self::new(id, Proof::None)
    }

    /// Sends a token that is signed for the endpoint, and for one request: `private_key_jwt`, or `client_secret_jwt` where
    /// the key is a secret (RFC 7523, section 2.2; OpenID Connect Core, section 9).
    #[cfg(feature = "jwt")]
    pub fn private_key_jwt(id: impl Into<String>, key: SigningKey) -> Self {
        Self::signed_by(id, Jwt::new(key))
    }

    /// The same with a token of one's own making, which names its key or another audience, for example.
    #[cfg(feature = "jwt")]
    pub fn signed_by(id: impl Into<String>, token: Jwt) -> Self {
        let id: String = id.into();
        let token = token.issuer(id.as_str()).subject(id.as_str()).with_id();
        Self::new(id, Proof::Signed(Box::new(token)))
    }

    fn new(id: impl Into<String>, proof: Proof) -> Self {
        let id = id.into();
        Self { id, proof }
    }

    #[cfg(feature = "login")]
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The secret, where it is one that is sent.
    #[cfg(feature = "login")]
    pub(super) fn secret(&self) -> Option<&Secret> {
        match &self.proof {
            Proof::Basic(secret) | Proof::Post(secret) => Some(secret),
            _ => None,
        }
    }

    /// The id as a field, where [`fields`](Self::fields) has none: some endpoints want it in any case.
    #[cfg(feature = "login")]
    pub(super) fn further_id(&self) -> Option<(&'static str, Secret)> {
        matches!(self.proof, Proof::Basic(_)).then(|| ("client_id", self.id.as_str().into()))
    }

    /// The value of the header `Authorization`. Both parts are encoded as in a form first, which RFC 6749 wants.
    pub(super) fn authorization(&self) -> Option<Secret> {
        let Proof::Basic(secret) = &self.proof else {
            return None;
        };
        let encoded = Zeroizing::new(form_component(secret.expose()));
        let pair = Zeroizing::new(format!("{}:{}", form_component(&self.id), *encoded));
        Some(format!("Basic {}", STANDARD.encode(pair.as_bytes())).into())
    }

    /// Whether it is shown by what is signed at a time.
    pub(super) fn is_signed(&self) -> bool {
        match &self.proof {
            #[cfg(feature = "jwt")]
            Proof::Signed(_) => true,
            _ => false,
        }
    }

    /// What the form of a request to an endpoint has of it, at a time since 1970 by the clock of the server.
    #[cfg_attr(
        not(feature = "jwt"),
        expect(unused_variables, reason = "only what is signed depends on them")
    )]
    pub(super) fn fields(
        &self,
        connection: &TokenConnection,
        url: &str,
        time: Duration,
    ) -> Result<Vec<(&'static str, Secret)>, TokenError> {
        let id = || ("client_id", self.id.as_str().into());
        Ok(match &self.proof {
            Proof::Basic(_) => Vec::new(),
            Proof::None => vec![id()],
            Proof::Post(secret) => vec![id(), ("client_secret", secret.clone())],
            #[cfg(feature = "jwt")]
            Proof::Signed(token) => {
                let token = (**token).clone().or_audience(url);
                let signed = token.sign(time, &*connection.random)?;
                let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                vec![
                    id(),
                    ("client_assertion_type", kind.into()),
                    ("client_assertion", signed),
                ]
            }
        })
    }
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientIdentity").field(&self.id).finish()
    }
}

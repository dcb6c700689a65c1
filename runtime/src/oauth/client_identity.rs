//! Who the client is to the server that gives tokens.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::call::form_component;
use crate::credential::Secret;

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

    fn new(id: impl Into<String>, proof: Proof) -> Self {
        let id = id.into();
        Self { id, proof }
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

    /// What the form has of it.
    pub(super) fn fields(&self) -> Vec<(&'static str, Secret)> {
        match &self.proof {
            Proof::Basic(_) => Vec::new(),
            Proof::None => vec![("client_id", self.id.as_str().into())],
            Proof::Post(secret) => vec![
                ("client_id", self.id.as_str().into()),
                ("client_secret", secret.clone()),
            ],
        }
    }
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientIdentity").field(&self.id).finish()
    }
}

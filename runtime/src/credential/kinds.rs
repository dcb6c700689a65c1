//! The kinds of credentials.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::Secret;
use crate::signing::Signature;
use crate::token::AccessToken;

/// A key that goes where the API's description says: a header, the query or a cookie.
#[derive(Clone, Debug)]
pub struct ApiKey {
    pub(super) key: Secret,
    pub(super) scheme: Option<String>,
}

impl ApiKey {
    /// Takes the key.
    pub fn new(key: impl Into<Secret>) -> Self {
        Self {
            key: key.into(),
            scheme: None,
        }
    }

    /// Restricts the key to one of the API's security schemes.
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }
}

/// A token that goes into the `Authorization` header.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The value of the header.
    pub(super) authorization: Secret,
    pub(super) scheme: Option<String>,
}

impl Bearer {
    /// Takes the token.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            authorization: format!("Bearer {}", token.into().expose()).into(),
            scheme: None,
        }
    }

    /// Restricts the token to one of the API's security schemes.
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }
}

/// A user name and a password for the `Authorization` header.
#[derive(Clone, Debug)]
pub struct Basic {
    /// The value of the header.
    pub(super) authorization: Secret,
    pub(super) scheme: Option<String>,
}

impl Basic {
    /// Takes user name and password.
    pub fn new(user: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        let pair = Zeroizing::new(format!("{}:{}", user.expose(), password.expose()));
        let pair = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        Self {
            authorization: format!("Basic {}", *pair).into(),
            scheme: None,
        }
    }

    /// Restricts the credential to one of the API's security schemes.
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }
}

/// A credential of any kind.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Credential {
    /// A key.
    ApiKey(ApiKey),
    /// A token.
    Bearer(Bearer),
    /// A user name and a password.
    Basic(Basic),
    /// A token that is fetched when it is needed.
    Token(AccessToken),
    /// What signs each request.
    Signature(Signature),
}

impl Credential {
    /// Whether it is fetched when it is needed.
    pub(crate) fn is_token(&self) -> bool {
        matches!(self, Credential::Token(_))
    }

    /// Returns the scheme the credential is restricted to.
    pub(super) fn scheme(&self) -> Option<&str> {
        match self {
            Credential::ApiKey(ApiKey { scheme, .. })
            | Credential::Bearer(Bearer { scheme, .. })
            | Credential::Basic(Basic { scheme, .. })
            | Credential::Token(AccessToken { scheme, .. })
            | Credential::Signature(Signature { scheme, .. }) => scheme.as_deref(),
        }
    }
}

impl From<ApiKey> for Credential {
    fn from(key: ApiKey) -> Self {
        Credential::ApiKey(key)
    }
}

impl From<Bearer> for Credential {
    fn from(token: Bearer) -> Self {
        Credential::Bearer(token)
    }
}

impl From<AccessToken> for Credential {
    fn from(token: AccessToken) -> Self {
        Credential::Token(token)
    }
}

impl From<Basic> for Credential {
    fn from(basic: Basic) -> Self {
        Credential::Basic(basic)
    }
}

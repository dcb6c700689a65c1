//! The kinds of credentials.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::Secret;
use crate::key_set::{KeyKind, KeySet};
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

/// A certificate of the client, which the transport shows (`mutualTLS`): it says that the transport has one.
///
/// ```
/// use attache_runtime::ClientCertificate;
/// use attache_runtime::transport::{Connections, HyperTransport};
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// # fn example(pem: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let transport = HyperTransport::with(Connections::new().client_certificate(pem))?;
/// let builder = ClientBuilder::new(&API).transport(transport).auth(ClientCertificate::new());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct ClientCertificate {
    pub(super) scheme: Option<String>,
}

impl ClientCertificate {
    /// Stands for the certificate of the transport.
    pub fn new() -> Self {
        Self::default()
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
    /// The certificate that the transport shows.
    ClientCertificate(ClientCertificate),
    /// Keys of which one is sent.
    Keys(KeySet),
}

impl Credential {
    /// Whether it signs requests.
    pub(super) fn is_signature(&self) -> bool {
        match self {
            Credential::Signature(_) => true,
            Credential::Keys(keys) => keys.kind() == KeyKind::Signature,
            _ => false,
        }
    }

    /// Whether it is fetched when it is needed.
    pub(crate) fn is_token(&self) -> bool {
        matches!(self, Credential::Token(_))
    }

    /// Returns the keys, where one of several is sent.
    pub(crate) fn keys(&self) -> Option<&KeySet> {
        match self {
            Credential::Keys(keys) => Some(keys),
            _ => None,
        }
    }

    /// Returns the scheme the credential is restricted to.
    pub(super) fn scheme(&self) -> Option<&str> {
        match self {
            Credential::ApiKey(ApiKey { scheme, .. })
            | Credential::Bearer(Bearer { scheme, .. })
            | Credential::Basic(Basic { scheme, .. })
            | Credential::Token(AccessToken { scheme, .. })
            | Credential::Signature(Signature { scheme, .. })
            | Credential::Keys(KeySet { scheme, .. })
            | Credential::ClientCertificate(ClientCertificate { scheme }) => scheme.as_deref(),
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

impl From<ClientCertificate> for Credential {
    fn from(certificate: ClientCertificate) -> Self {
        Credential::ClientCertificate(certificate)
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

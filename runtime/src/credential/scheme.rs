//! The security schemes an API declares.

use crate::key_set::KeyKind;

/// One way of proving who the client is, by the name the API's description gives it.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    pub(super) name: &'static str,
    pub(super) kind: SchemeKind,
    /// Of OAuth: where tokens come from, and where those of somebody who has logged in do.
    pub(crate) token_url: &'static str,
    pub(crate) refresh_url: &'static str,
    /// Where the server says of itself which these are.
    pub(crate) metadata_url: &'static str,
    setter: &'static str,
    variable: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum SchemeKind {
    KeyInHeader(&'static str),
    KeyInQuery(&'static str),
    KeyInCookie(&'static str),
    Bearer,
    Basic,
    Other(&'static str),
}

impl SecurityScheme {
    /// A key in a header.
    pub const fn api_key_header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, SchemeKind::KeyInHeader(header))
    }

    /// A key in a query parameter.
    pub const fn api_key_query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, SchemeKind::KeyInQuery(parameter))
    }

    /// A key in a cookie.
    pub const fn api_key_cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, SchemeKind::KeyInCookie(cookie))
    }

    /// A token in the `Authorization` header; OAuth 2 and OpenID Connect end in one, too.
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Bearer)
    }

    /// A user name and a password in the `Authorization` header.
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Basic)
    }

    /// A scheme of another kind, which only a token given for it by name satisfies.
    pub const fn other(name: &'static str, kind: &'static str) -> Self {
        Self::new(name, SchemeKind::Other(kind))
    }

    /// Names the token endpoint of OAuth.
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = url;
        self
    }

    /// Names the one for refresh tokens, where it is another one.
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = url;
        self
    }

    /// Names the address of the metadata of OpenID Connect, which have the token endpoint.
    pub const fn metadata_url(mut self, url: &'static str) -> Self {
        self.metadata_url = url;
        self
    }

    /// Whether the client can get tokens by itself.
    pub(crate) const fn has_endpoint(&self) -> bool {
        !self.token_url.is_empty() || !self.metadata_url.is_empty()
    }

    /// Says how users of the client give it: by which method of the builder, and in which environment variable.
    ///
    /// User name and password are in two variables, which end in `_USERNAME` and `_PASSWORD`.
    pub const fn given_by(mut self, setter: &'static str, variable: &'static str) -> Self {
        self.setter = setter;
        self.variable = variable;
        self
    }

    /// Returns its name in the API's description.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn variable(&self) -> &'static str {
        self.variable
    }

    pub(crate) fn credential_kind(&self) -> CredentialKind {
        match self.kind {
            SchemeKind::KeyInHeader(_) | SchemeKind::KeyInQuery(_) | SchemeKind::KeyInCookie(_) => {
                CredentialKind::ApiKey
            }
            SchemeKind::Bearer => CredentialKind::Bearer,
            SchemeKind::Basic => CredentialKind::Basic,
            SchemeKind::Other("mutualTLS") => CredentialKind::None,
            SchemeKind::Other(_) => CredentialKind::Bearer,
        }
    }

    /// Returns how a credential for the scheme is given.
    pub(super) fn hint(&self) -> String {
        let (setter, variable) = (self.setter, self.variable);
        let shown = match (self.credential_kind(), self.kind) {
            (CredentialKind::None, _) => {
                return "a certificate of the client, which the transport has to bring, and `auth(ClientCertificate::new())`"
                    .to_owned();
            }
            (CredentialKind::Basic, _) if !setter.is_empty() => {
                return format!(
                    "`{setter}(…, …)`, or the variables {variable}_USERNAME and {variable}_PASSWORD"
                );
            }
            _ if !setter.is_empty() && self.has_endpoint() => {
                return format!(
                    "`{setter}(…)`, or the variable {variable}, or {variable}_CLIENT_ID with {variable}_CLIENT_SECRET or \
                     {variable}_REFRESH_TOKEN"
                );
            }
            _ if !setter.is_empty() => {
                return format!("`{setter}(…)`, or the variable {variable}");
            }
            (CredentialKind::ApiKey, _) => "`auth(ApiKey::new(…))`",
            (CredentialKind::Basic, _) => "`auth(Basic::new(…))`",
            (CredentialKind::Bearer, SchemeKind::Other(kind)) => {
                return format!(
                    "of the kind {kind}; a token for it is given as `auth(Bearer::new(…).for_scheme({:?}))`",
                    self.name
                );
            }
            (CredentialKind::Bearer, _) => "`auth(Bearer::new(…))`",
        };
        shown.to_owned()
    }

    const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self {
            name,
            kind,
            token_url: "",
            refresh_url: "",
            metadata_url: "",
            setter: "",
            variable: "",
        }
    }
}

impl SchemeKind {
    /// Whether keys of a set fit, which may not be loaded yet, as single credentials of their kind do.
    pub(super) fn takes(self, keys: KeyKind) -> bool {
        use SchemeKind::{Basic, Bearer, KeyInCookie, KeyInHeader, KeyInQuery, Other};
        match keys {
            KeyKind::ApiKey => matches!(self, KeyInHeader(_) | KeyInQuery(_) | KeyInCookie(_)),
            KeyKind::Bearer => matches!(self, Bearer | Other(_)),
            KeyKind::Basic => matches!(self, Basic),
            KeyKind::Signature => true,
        }
    }

    /// Where keys go that no scheme of an API takes.
    pub(super) fn usual_for(keys: KeyKind) -> Option<Self> {
        let mut usual = [SchemeKind::Bearer, SchemeKind::Basic].into_iter();
        usual.find(|kind| kind.takes(keys))
    }
}

/// Which kind of credential a scheme takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CredentialKind {
    ApiKey,
    Bearer,
    Basic,
    /// None that goes into a request.
    None,
}

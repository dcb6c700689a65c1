//! The security schemes an API declares.

/// One way of proving who the client is, by the name the API's description gives it.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    pub(super) name: &'static str,
    pub(super) kind: SchemeKind,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum SchemeKind {
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
        Self {
            name,
            kind: SchemeKind::KeyInHeader(header),
        }
    }

    /// A key in a query parameter.
    pub const fn api_key_query(name: &'static str, parameter: &'static str) -> Self {
        Self {
            name,
            kind: SchemeKind::KeyInQuery(parameter),
        }
    }

    /// A key in a cookie.
    pub const fn api_key_cookie(name: &'static str, cookie: &'static str) -> Self {
        Self {
            name,
            kind: SchemeKind::KeyInCookie(cookie),
        }
    }

    /// A token in the `Authorization` header; OAuth 2 and OpenID Connect end in one, too.
    pub const fn bearer(name: &'static str) -> Self {
        Self {
            name,
            kind: SchemeKind::Bearer,
        }
    }

    /// A user name and a password in the `Authorization` header.
    pub const fn basic(name: &'static str) -> Self {
        Self {
            name,
            kind: SchemeKind::Basic,
        }
    }

    /// A scheme of another kind, which only a token given for it by name satisfies.
    pub const fn other(name: &'static str, kind: &'static str) -> Self {
        Self {
            name,
            kind: SchemeKind::Other(kind),
        }
    }

    /// Returns how a credential for the scheme is made.
    pub(super) fn hint(&self) -> String {
        match self.kind {
            SchemeKind::KeyInHeader(_) | SchemeKind::KeyInQuery(_) | SchemeKind::KeyInCookie(_) => {
                "`auth(ApiKey::new(…))`".to_owned()
            }
            SchemeKind::Bearer => "`auth(Bearer::new(…))`".to_owned(),
            SchemeKind::Basic => "`auth(Basic::new(…))`".to_owned(),
            SchemeKind::Other(kind) => {
                format!(
                    "of the kind {kind}; a token for it is given as `auth(Bearer::new(…).for_scheme({:?}))`",
                    self.name
                )
            }
        }
    }
}

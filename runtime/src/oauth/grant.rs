//! What an OAuth scheme of a description takes.

use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(feature = "jwt")]
use super::JwtBearer;
use super::{ClientCredentials, ClientIdentity, RefreshToken};
use crate::credential::{Bearer, Credential, Secret, SecurityScheme};
use crate::token::{AccessToken, TokenError};

/// What an OAuth scheme of a description takes: a token, or a way to get tokens.
///
/// ```
/// use attache_runtime::oauth::{ClientCredentials, ClientIdentity, Grant};
///
/// let token = Grant::from("a token from elsewhere");
/// let client = Grant::from(ClientCredentials::new(ClientIdentity::basic("shop", "secret")));
/// ```
#[derive(Clone, Debug)]
pub struct Grant(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Token(Secret),
    ClientCredentials(ClientCredentials),
    RefreshToken(RefreshToken),
    #[cfg(feature = "jwt")]
    JwtBearer(JwtBearer),
    Source(AccessToken),
}

impl Grant {
    /// What the settings have of it: a secret, a refresh token, or both; nothing without either.
    pub(crate) fn of_settings(
        id: String,
        secret: Option<String>,
        refresh_token: Option<String>,
    ) -> Option<Self> {
        let is_confidential = secret.is_some();
        let identity = match secret {
            Some(secret) => ClientIdentity::basic(id, secret),
            None => ClientIdentity::public(id),
        };
        match refresh_token {
            Some(token) => {
                let grant = RefreshToken::new(identity, token);
                Some(grant.on_rotation(tell_once()).into())
            }
            None => is_confidential.then(|| ClientCredentials::new(identity).into()),
        }
    }

    /// The credential for a scheme, whose endpoints stand where none is given.
    pub(crate) fn for_scheme(self, scheme: &SecurityScheme) -> Credential {
        let name = scheme.name();
        match self.0 {
            Kind::Token(token) => Bearer::new(token).for_scheme(name).into(),
            Kind::ClientCredentials(mut grant) => {
                grant.wanted.server.or_scheme(scheme);
                grant.token().for_scheme(name).into()
            }
            Kind::RefreshToken(mut grant) => {
                grant.wanted.server.or_token_url(scheme.refresh_url);
                grant.wanted.server.or_scheme(scheme);
                grant.token().for_scheme(name).into()
            }
            #[cfg(feature = "jwt")]
            Kind::JwtBearer(mut grant) => {
                grant.wanted.server.or_scheme(scheme);
                grant.token().for_scheme(name).into()
            }
            Kind::Source(token) => token.for_scheme(name).into(),
        }
    }
}

/// Tells that a server replaced a refresh token that stands where this program cannot write.
fn tell_once() -> impl Fn(&Secret) -> Result<(), TokenError> + Send + Sync + 'static {
    let is_told = AtomicBool::new(false);
    move |_| {
        if !is_told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "the server replaced the refresh token that came from the environment or a profile, and the new one is lost with \
                 this process: a login in a store (`credentials.SCHEME = {{ login = \"NAME\", flow = \"refresh-token\", … }}` of a \
                 profile) outlives it"
            );
        }
        Ok(())
    }
}

macro_rules! grants {
    ($($from:ty => $kind:ident),*) => {$(
        impl From<$from> for Grant {
            fn from(given: $from) -> Self {
                Self(Kind::$kind(given.into()))
            }
        }
    )*};
}

grants! {
    &str => Token,
    String => Token,
    Secret => Token,
    ClientCredentials => ClientCredentials,
    RefreshToken => RefreshToken,
    AccessToken => Source
}

#[cfg(feature = "jwt")]
grants! { JwtBearer => JwtBearer }

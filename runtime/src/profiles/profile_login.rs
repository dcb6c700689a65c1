//! The credential of a client: a login of its profile.

use std::sync::OnceLock;

use super::LoginSettings;
use crate::credential::{Credential, SecurityScheme};
use crate::oauth::StoredLogin;
use crate::store::{StoreError, blocking};
use crate::token::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;

/// The login of a profile, whose store is opened when a token is needed first: somebody may log in after the client is made.
#[derive(Debug)]
struct ProfileLogin {
    settings: LoginSettings,
    opened: OnceLock<StoredLogin>,
}

impl LoginSettings {
    /// The credential for a scheme, whose endpoints stand where none is given, or for all calls.
    pub(crate) fn credential(
        mut self,
        scheme: Option<&SecurityScheme>,
    ) -> Result<Credential, String> {
        if let Some(scheme) = scheme {
            self.server.server.or_scheme(scheme);
        }
        let header = self.server.token_header;
        let token = AccessToken::new(ProfileLogin {
            settings: self,
            opened: OnceLock::new(),
        });
        let token = match header {
            Some(header) => token.in_header(header),
            None => token,
        };
        Ok(match scheme {
            Some(scheme) => token.for_scheme(scheme.name()).into(),
            None => token.into(),
        })
    }
}

impl ProfileLogin {
    async fn open(&self) -> Result<&StoredLogin, TokenError> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let settings = self.settings.clone();
        let opening = blocking(move || settings.open_as_client());
        let opened = opening.await.map_err(|error| self.no_store(error))?;
        let opened = opened.ok_or_else(|| TokenError::last(self.settings.nobody()))?;
        Ok(self.opened.get_or_init(|| opened))
    }

    fn no_store(&self, error: StoreError) -> TokenError {
        let message = format!("the login {} cannot be read", self.settings.record);
        let told = match error.is_unavailable() {
            true => TokenError::new(message),
            false => TokenError::last(message),
        };
        told.with_source(error)
    }
}

impl TokenSource for ProfileLogin {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move { self.open().await?.fetch(connection).await })
    }
}

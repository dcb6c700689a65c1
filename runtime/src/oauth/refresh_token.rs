//! Tokens for somebody who has logged in.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::ClientIdentity;
use super::wanted::{Wanted, gives_tokens, wants};
use crate::credential::Secret;
use crate::token::{Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;

type OnRotation = dyn Fn(&Secret) -> Result<(), TokenError> + Send + Sync;

/// Tokens for somebody who has logged in, by the refresh token that came of it (RFC 6749, section 6).
///
/// A server may give another refresh token with each access token, and take the old one for stolen if it comes again:
/// the new one is handed to [`on_rotation`](Self::on_rotation) before the access token is used, and the old one is never
/// sent again. A request whose answer was lost is not repeated for the same reason.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::oauth::{ClientIdentity, RefreshToken};
///
/// let identity = ClientIdentity::post("shop", "secret");
/// let grant = RefreshToken::new(identity, "Atzr|…")
///     .token_url("https://api.amazon.com/auth/o2/token")
///     .on_rotation(|token| {
///         // Keep `token.expose()` where the next process finds it.
///         # let _ = token;
///         Ok(())
///     });
/// let builder = ClientBuilder::new(&API).auth(grant.token());
/// ```
#[derive(Clone)]
pub struct RefreshToken {
    pub(super) wanted: Wanted,
    identity: ClientIdentity,
    current: Arc<Mutex<Secret>>,
    on_rotation: Option<Arc<OnRotation>>,
}

impl RefreshToken {
    /// Takes who the client is, and the refresh token. The token endpoint is that of the scheme, where the description
    /// names one.
    pub fn new(identity: ClientIdentity, token: impl Into<Secret>) -> Self {
        Self {
            wanted: Wanted::default(),
            identity,
            current: Arc::new(Mutex::new(token.into())),
            on_rotation: None,
        }
    }

    /// Calls a function with each new refresh token, before the access token that came with it is used.
    ///
    /// Where it fails, the access token is not used, and the new refresh token stays in this process.
    pub fn on_rotation(
        mut self,
        keep: impl Fn(&Secret) -> Result<(), TokenError> + Send + Sync + 'static,
    ) -> Self {
        self.on_rotation = Some(Arc::new(keep));
        self
    }

    fn current(&self) -> Secret {
        let current = self.current.lock();
        current.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the new refresh token, and hands it on.
    fn rotate(&self, new: Secret) -> Result<(), TokenError> {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = new.clone();
        match &self.on_rotation {
            Some(keep) => keep(&new),
            None => Ok(()),
        }
    }
}

impl TokenSource for RefreshToken {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let current = self.current();
            let asking = self.wanted.refresh(connection, &self.identity, &current);
            let granted = asking.await?;
            if let Some(new) = &granted.refresh_token
                && new.expose() != current.expose()
            {
                self.rotate(new.clone())?;
            }
            Ok(self.wanted.token(granted))
        })
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken")
            .field("wanted", &self.wanted)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

gives_tokens! { RefreshToken }

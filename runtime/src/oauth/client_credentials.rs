//! Tokens for the client itself.

use super::ClientIdentity;
use super::wanted::{Wanted, gives_tokens, gives_tokens_by_scopes, takes_parameters, wants};
use crate::token::{Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;

/// Tokens for the client itself, by its id and its secret (RFC 6749, section 4.4).
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::oauth::{ClientCredentials, ClientIdentity};
///
/// let identity = ClientIdentity::basic("shop", "secret");
/// let grant = ClientCredentials::new(identity).token_url("https://login.example.com/token").scopes(["parcels:read"]);
/// let builder = ClientBuilder::new(&API).auth(grant.token().for_scheme("oauth"));
/// ```
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    pub(super) wanted: Wanted,
    identity: ClientIdentity,
}

impl ClientCredentials {
    /// Takes who the client is. The token endpoint is that of the scheme, where the description names one.
    pub fn new(identity: ClientIdentity) -> Self {
        Self {
            wanted: Wanted::default(),
            identity,
        }
    }
}

impl TokenSource for ClientCredentials {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let asking = self.wanted.ask_for_client(connection, &self.identity);
            let granted = asking.await?;
            Ok(self.wanted.token(granted))
        })
    }
}

gives_tokens_by_scopes! { ClientCredentials }
takes_parameters! { ClientCredentials }

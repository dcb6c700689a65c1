//! Tokens for an assertion that the client signs.

use super::ClientIdentity;
use super::wanted::{Wanted, gives_tokens, wants};
use crate::credential::Secret;
use crate::jwt::Jwt;
use crate::retry::RetryClass;
use crate::token::{Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;

/// Tokens for an assertion that the client signs (RFC 7523, section 2.1), as Google gives them to service accounts.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("sheets", "https://sheets.googleapis.com");
/// # fn example(key: attache_runtime::jwt::SigningKey) {
/// use attache_runtime::jwt::Jwt;
/// use attache_runtime::oauth::JwtBearer;
/// use std::time::Duration;
///
/// let assertion = Jwt::new(key)
///     .issuer("shop@project.iam.gserviceaccount.com")
///     .audience("https://oauth2.googleapis.com/token")
///     .claim("scope", "https://www.googleapis.com/auth/spreadsheets".to_owned())
///     .lifetime(Duration::from_secs(3_600));
/// let grant = JwtBearer::new(assertion).token_url("https://oauth2.googleapis.com/token");
/// let builder = ClientBuilder::new(&API).auth(grant.token());
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct JwtBearer {
    pub(super) wanted: Wanted,
    assertion: Jwt,
    identity: Option<ClientIdentity>,
}

impl JwtBearer {
    /// Takes the assertion, which is signed anew for each token.
    pub fn new(assertion: Jwt) -> Self {
        Self {
            wanted: Wanted::default(),
            assertion,
            identity: None,
        }
    }

    /// Says who the client is, for servers that want that as well.
    pub fn identity(mut self, identity: ClientIdentity) -> Self {
        self.identity = Some(identity);
        self
    }
}

impl TokenSource for JwtBearer {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let sign = |time| self.assertion.sign(time, &*connection.random);
            let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
            let mut fields: Vec<(&str, Secret)> = vec![("grant_type", grant.into())];
            fields.extend(self.wanted.scope());
            let identity = self.identity.as_ref();
            // An assertion may be good for one use only.
            let class = RetryClass::Unsafe;
            let asking = self
                .wanted
                .ask_with(connection, identity, &fields, class, Some(&sign));
            let granted = asking.await?;
            Ok(self.wanted.token(granted))
        })
    }
}

gives_tokens! { JwtBearer }

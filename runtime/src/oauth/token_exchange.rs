//! Tokens for another token.

use super::ClientIdentity;
use super::wanted::{Wanted, gives_tokens, takes_parameters, wants};
use crate::credential::Secret;
use crate::retry::RetryClass;
use crate::token::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;

/// Tokens for another token: on behalf of somebody, or with less power than the one there is (RFC 8693).
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::oauth::{ClientIdentity, TokenExchange};
///
/// let grant = TokenExchange::new(TokenExchange::ACCESS_TOKEN, "the token of whoever calls")
///     .identity(ClientIdentity::basic("shop", "secret"))
///     .token_url("https://login.example.com/token")
///     .parameter("audience", "parcels");
/// let builder = ClientBuilder::new(&API).auth(grant.token());
/// ```
#[derive(Clone, Debug)]
pub struct TokenExchange {
    pub(super) wanted: Wanted,
    identity: Option<ClientIdentity>,
    subject: Party,
    actor: Option<Party>,
}

/// Somebody, by a token and its type.
#[derive(Clone, Debug)]
struct Party {
    kind: String,
    token: Held,
}

#[derive(Clone, Debug)]
enum Held {
    Given(Secret),
    Fetched(AccessToken),
}

impl TokenExchange {
    /// The type of access tokens.
    pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
    /// The type of identity tokens.
    pub const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
    /// The type of tokens that are JWTs.
    pub const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

    /// Takes the token of whoever it is about, and its type.
    pub fn new(kind: impl Into<String>, token: impl Into<Secret>) -> Self {
        Self::of(kind.into(), Held::Given(token.into()))
    }

    /// Takes a token that is fetched itself, anew for each exchange where it has expired.
    pub fn of_token(kind: impl Into<String>, token: AccessToken) -> Self {
        Self::of(kind.into(), Held::Fetched(token))
    }

    fn of(kind: String, token: Held) -> Self {
        Self {
            wanted: Wanted::default(),
            identity: None,
            subject: Party { kind, token },
            actor: None,
        }
    }

    /// Says who acts for whoever it is about.
    pub fn actor(mut self, kind: impl Into<String>, token: impl Into<Secret>) -> Self {
        self.actor = Some(Party {
            kind: kind.into(),
            token: Held::Given(token.into()),
        });
        self
    }

    /// Says who the client is.
    pub fn identity(mut self, identity: ClientIdentity) -> Self {
        self.identity = Some(identity);
        self
    }
}

impl Party {
    async fn token(&self, connection: &TokenConnection) -> Result<Secret, TokenError> {
        match &self.token {
            Held::Given(token) => Ok(token.clone()),
            Held::Fetched(token) => token.fetch(connection).await,
        }
    }
}

impl TokenSource for TokenExchange {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let grant = "urn:ietf:params:oauth:grant-type:token-exchange";
            let mut fields: Vec<(&str, Secret)> = vec![
                ("grant_type", grant.into()),
                ("subject_token", self.subject.token(connection).await?),
                ("subject_token_type", self.subject.kind.as_str().into()),
            ];
            if let Some(actor) = &self.actor {
                fields.push(("actor_token", actor.token(connection).await?));
                fields.push(("actor_token_type", actor.kind.as_str().into()));
            }
            fields.extend(self.wanted.scope());
            fields.extend(self.wanted.parameters());
            let identity = self.identity.as_ref();
            // A second token does no harm.
            let class = RetryClass::Idempotent;
            let asking = self.wanted.ask(connection, identity, &fields, class);
            let granted = asking.await?;
            Ok(self.wanted.token(granted))
        })
    }
}

gives_tokens! { TokenExchange }
takes_parameters! { TokenExchange }

//! A login that is kept in a store, and shared by processes.
//!
//! Input: a store, the key of a record, who the client is.
//! Output: tokens, each got by one process for all.
//! Invariants: a refresh token is sent by whoever has the lease of its record, after that stands in the record; what the
//! server gives is in the store before anyone uses it; who finds that another has been faster takes that one's tokens.
//! Never: a new refresh token that is thrown away while there is a store to write it to.

mod exchange;
mod record;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::wanted::{Wanted, gives_tokens, takes_parameters, wants};
use super::{ClientIdentity, TokenKind, TokenResponse};
use crate::credential::Secret;
use crate::random::{part_of, uuid};
use crate::store::{RecordStore, StoreError};
use crate::token::{Token, TokenConnection, TokenError, TokenSource};
use crate::transport::BoxFuture;
use record::Login;

/// How long a process that has died keeps others waiting.
const LEASE: Duration = Duration::from_secs(15);
/// How often is looked whether another process has the new token.
const PAUSE: Duration = Duration::from_millis(100);
/// For how long: as long as a server may take, and somewhat more.
const PATIENCE: Duration = Duration::from_secs(60);

/// A login that is kept in a store, so that it outlives the process, and is shared by all that have the store.
///
/// One process at a time renews the tokens, under a lease; the others take what it got. The new refresh token is in the
/// store before the access token that came with it is used. A process that dies leaves a mark that a renewal was under
/// way; the next one sends the same refresh token again, once the lease has run out. A server that takes a token for stolen
/// when it comes twice, without any leeway, may end the login then: no client can know whether the answer was lost before
/// or after the server made it.
///
/// ```no_run
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::oauth::{ClientIdentity, StoredLogin};
/// use attache_runtime::store::{EncryptionKeys, FileStore};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let keys = EncryptionKeys::from_environment("SHOP_KEYS")?;
/// let store = FileStore::open("/var/lib/shop/logins", keys)?;
/// let login = StoredLogin::new(ClientIdentity::public("shop"), store, "parcels/ada")
///     .issuer("https://login.example.com");
/// let builder = ClientBuilder::new(&API).auth(login.token());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct StoredLogin {
    pub(super) wanted: Wanted,
    identity: ClientIdentity,
    store: Arc<dyn RecordStore>,
    key: String,
    lease: Duration,
    /// The refresh token that a record begins with, where there is none.
    first: Option<Secret>,
    /// Whether it is that of the client itself, which needs nobody.
    is_own: bool,
    /// How somebody logs in, for messages.
    command: Option<String>,
    own: Arc<Own>,
}

/// What this process knows of it.
#[derive(Default)]
struct Own {
    /// The access token that was handed out last, so that another one is news.
    given: Mutex<Option<Secret>>,
    /// What a server gave, and could not be written.
    unsaved: Mutex<Option<Login>>,
}

/// What is known of a login, without its secrets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoginStatus {
    /// What the tokens are good for.
    pub scopes: Vec<String>,
    /// When the access token expires, since 1970.
    pub expires: Option<Duration>,
    /// When it was asked for, since 1970; none where the server does not say for how long tokens are valid.
    pub renewed: Option<Duration>,
    /// Whether it can be renewed.
    pub is_renewable: bool,
    /// How often it has been.
    pub renewals: u64,
    /// When a renewal began whose end nobody has seen, since 1970.
    pub interrupted: Option<Duration>,
}

impl StoredLogin {
    /// Takes who the client is, the store, and the key of the record.
    pub fn new(identity: ClientIdentity, store: impl RecordStore, key: impl Into<String>) -> Self {
        Self {
            wanted: Wanted::default(),
            identity,
            store: Arc::new(store),
            key: key.into(),
            lease: LEASE,
            first: None,
            is_own: false,
            command: None,
            own: Arc::default(),
        }
    }

    /// Sets how long a process that has died keeps the others waiting, 15 seconds by default. A process that lives prolongs
    /// its lease in time.
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Begins with a refresh token from elsewhere, where the store has none.
    pub fn or_refresh_token(mut self, token: impl Into<Secret>) -> Self {
        self.first = Some(token.into());
        self
    }

    /// Asks for tokens as the client itself where there is no refresh token (RFC 6749, section 4.4), so that processes
    /// share those too.
    pub fn or_client_credentials(mut self) -> Self {
        self.is_own = true;
        self
    }

    /// Says by which command somebody logs in.
    #[cfg(feature = "profiles")]
    pub(crate) fn login_command(mut self, command: String) -> Self {
        self.command = Some(command);
        self
    }

    /// Keeps what a login gave, in place of what there was.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn save(
        &self,
        connection: &TokenConnection,
        tokens: &TokenResponse,
    ) -> Result<(), TokenError> {
        let now = connection.clock.unix_time();
        let login = Login::begin(uuid(&*connection.random), &self.wanted.scopes, tokens, now);
        loop {
            let (version, _) = self.read().await?;
            if self.write(version, Some(&login)).await? {
                return Ok(());
            }
        }
    }

    /// Returns what is known of the login; none where nobody has logged in.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn status(&self) -> Result<Option<LoginStatus>, TokenError> {
        let (_, login) = self.read().await?;
        Ok(login.map(|login| login.status()))
    }

    /// Renews the tokens now, also where they are still valid; where another process is faster, its tokens count.
    ///
    /// # Errors
    /// Nobody has logged in, the server refuses, or the store cannot be read or written.
    pub async fn refresh(&self, connection: &TokenConnection) -> Result<(), TokenError> {
        if let (_, Some(login)) = self.read().await? {
            self.own.give(&login, connection.clock.unix_time());
        }
        self.fetch(connection).await.map(drop)
    }

    /// Has the server take the tokens back, and removes the login from the store; where the server does not, the login is
    /// removed all the same.
    ///
    /// # Errors
    /// The store cannot be written; the server cannot be reached, has no endpoint for it, or refuses.
    pub async fn revoke(&self, connection: &TokenConnection) -> Result<(), TokenError> {
        let Some(login) = self.take().await? else {
            return Ok(());
        };
        let (token, kind) = match (&login.refresh_token, &login.access_token) {
            (Some(token), _) => (token, TokenKind::Refresh),
            (None, Some(token)) => (token, TokenKind::Access),
            (None, None) => return Ok(()),
        };
        let server = &self.wanted.server;
        let revoking = server.revoke(connection, &self.identity, token, kind);
        revoking.await
    }

    /// Removes the login from the store, and leaves its tokens as they are; says whether there was one.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn remove(&self) -> Result<bool, TokenError> {
        Ok(self.take().await?.is_some())
    }

    async fn take(&self) -> Result<Option<Login>, TokenError> {
        loop {
            let (version, login) = self.read().await?;
            if login.is_none() || self.write(version, None).await? {
                return Ok(login);
            }
        }
    }

    /// The access token of a login, where it is valid for a while and not the one that was handed out already.
    fn adopt(&self, login: Option<&Login>, now: Duration) -> Option<Token> {
        let token = self.own.adopt(login, now)?;
        Some(self.wanted.bind(token, login?.is_bound))
    }

    /// The version of the record, and the login.
    async fn read(&self) -> Result<(u64, Option<Login>), TokenError> {
        let read = self.store.read(&self.key).await;
        let record = read.map_err(|error| self.no_store("read", error))?;
        let login = match record.value {
            Some(value) => Some(Login::decode(&value).map_err(|reason| {
                let key = &self.key;
                TokenError::last(format!("the record {key} holds no login: {reason}"))
            })?),
            None => None,
        };
        Ok((record.version, login))
    }

    /// Writes it where nobody has since it was read.
    async fn write(&self, expected: u64, login: Option<&Login>) -> Result<bool, TokenError> {
        let encoded = login.map(Login::encode);
        let value = encoded.as_ref().map(|text| text.as_bytes());
        let written = self.store.write(&self.key, expected, value).await;
        written.map_err(|error| self.no_store("written", error))
    }

    fn no_store(&self, done: &str, error: StoreError) -> TokenError {
        let message = format!("the login {} cannot be {done}", self.key);
        let may_pass = error.is_unavailable();
        let told = match may_pass {
            true => TokenError::new(message),
            false => TokenError::last(message),
        };
        told.with_source(error)
    }

    /// Waits until another process may have the new token; each waits for a time of its own.
    async fn pause(&self, connection: &TokenConnection) {
        let pause = PAUSE / 2 + part_of(PAUSE, &*connection.random);
        connection.clock.sleep(pause).await;
    }
}

impl TokenSource for StoredLogin {
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let owner = uuid(&*connection.random);
            let began = connection.clock.now();
            loop {
                let now = connection.clock.unix_time();
                let (_, login) = self.read().await?;
                if let Some(token) = self.adopt(login.as_ref(), now) {
                    return Ok(token);
                }
                let leased = self.store.lease(&self.key, &owner, self.lease).await;
                let is_leased = leased.map_err(|error| self.no_store("leased", error))?;
                if is_leased {
                    let renewed = self.renew(connection, &owner).await;
                    // It runs out by itself where this fails.
                    let _ = self.store.release(&self.key, &owner).await;
                    if let Some(token) = renewed? {
                        return Ok(token);
                    }
                }
                if connection.clock.now().saturating_duration_since(began) > PATIENCE {
                    let key = &self.key;
                    return Err(TokenError::new(format!(
                        "other processes have been renewing the login {key} for a minute"
                    )));
                }
                self.pause(connection).await;
            }
        })
    }
}

impl Own {
    /// The access token of a login, where it is valid for a while and not the one that was handed out already.
    fn adopt(&self, login: Option<&Login>, now: Duration) -> Option<Token> {
        let login = login?;
        let access_token = login.access_token.as_ref()?;
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = given
            .as_ref()
            .is_none_or(|it| it.expose() != access_token.expose());
        let token = login.fresh(now).filter(|_| is_news)?;
        *given = Some(access_token.clone());
        Some(token)
    }

    /// Notes what is handed out.
    fn give(&self, login: &Login, now: Duration) -> Option<Token> {
        let token = login.valid(now)?;
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.clone_from(&login.access_token);
        Some(token)
    }

    fn take_unsaved(&self) -> Option<Login> {
        let mut unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        unsaved.take()
    }

    fn set_unsaved(&self, login: Login) {
        let mut unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        *unsaved = Some(login);
    }
}

impl fmt::Debug for StoredLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredLogin")
            .field("wanted", &self.wanted)
            .field("identity", &self.identity)
            .field("store", &self.store)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

gives_tokens! { StoredLogin }
takes_parameters! { StoredLogin }

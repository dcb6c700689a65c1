//! Where tokens come from.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{TokenError, TokenProof};
use crate::clock::{Clock, ClockSkews, SystemClock};
use crate::credential::Secret;
use crate::random::{Random, SystemRandom};
#[cfg(feature = "login")]
use crate::transport::origin_of;
use crate::transport::{BoxFuture, Transport, TransportError, chosen};

/// A token, as its source gives it.
///
/// ```
/// use attache_runtime::token::Token;
/// use std::time::Duration;
///
/// let token = Token::new("abc").expires_in(Duration::from_secs(3_600));
/// assert!(!format!("{token:?}").contains("abc"));
/// ```
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) secret: Secret,
    pub(super) lifetime: Option<Duration>,
    /// What it is bound to; without that it is good for nothing.
    pub(super) proof: Option<Arc<dyn TokenProof>>,
    /// What it is good for, where that is known.
    pub(super) scopes: Option<Arc<[String]>>,
    /// It says when it was made, which has to go with the clock of the server.
    pub(super) is_timed: bool,
}

impl Token {
    /// Takes a token that is valid until a server refuses it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            secret: token.into(),
            lifetime: None,
            proof: None,
            scopes: None,
            is_timed: false,
        }
    }

    /// Says which scopes it has, as its server says; a call that is refused for want of others then tells so.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    #[cfg(feature = "jwt")]
    pub(crate) fn timed(mut self) -> Self {
        self.is_timed = true;
        self
    }

    pub(crate) fn bound_to(mut self, proof: Arc<dyn TokenProof>) -> Self {
        self.proof = Some(proof);
        self
    }

    /// Says for how long it is valid, counted from when it was asked for.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

/// What a source may use: the transport, the clock and the chance of the client that needs the token.
#[derive(Clone)]
pub struct TokenConnection {
    /// Carries requests.
    pub transport: Arc<dyn Transport>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives jitter.
    pub random: Arc<dyn Random>,
    /// Knows how far the clocks of servers are off.
    pub skews: ClockSkews,
}

impl TokenConnection {
    /// Takes a transport, with the clock and the chance of the system: for logins, which belong to no client.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom::new()),
            skews: ClockSkews::default(),
        }
    }

    /// Opens one by the transport that clients have by default.
    ///
    /// # Errors
    /// No transport is among the features, or its settings are none.
    pub fn open() -> Result<Self, TransportError> {
        chosen().map(Self::new)
    }

    /// The time since 1970 by the clock of a server, as far as that is known.
    #[cfg(feature = "login")]
    pub(crate) fn time_of(&self, url: &str) -> Duration {
        let correction = self.skews.correction(origin_of(url));
        correction.apply(self.clock.unix_time())
    }
}

impl fmt::Debug for TokenConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenConnection").finish_non_exhaustive()
    }
}

/// Gives tokens; implement it for a vault, a metadata server, a login of one's own.
///
/// ```
/// use attache_runtime::token::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
/// use attache_runtime::transport::BoxFuture;
///
/// #[derive(Debug)]
/// struct FromVault;
///
/// impl TokenSource for FromVault {
///     fn fetch<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Token, TokenError>> {
///         Box::pin(async { Ok(Token::new("from the vault")) })
///     }
/// }
///
/// let credential = AccessToken::new(FromVault).for_scheme("oauth");
/// # let _ = credential;
/// ```
pub trait TokenSource: fmt::Debug + Send + Sync + 'static {
    /// Fetches a new token. One is fetched at a time; the future is run to its end, also where nobody waits any more.
    ///
    /// # Errors
    /// There is none, for good or for now.
    fn fetch<'s>(
        &'s self,
        connection: &'s TokenConnection,
    ) -> BoxFuture<'s, Result<Token, TokenError>>;
}

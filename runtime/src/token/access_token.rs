//! The credential: a token that is fetched when it is needed.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::by_scopes::ByScopes;
use super::renewal::{Renewal, Step};
use super::{PROOF, TokenConnection, TokenError, TokenProof, TokenSource};
use crate::credential::Secret;
use crate::response::Answer;
use crate::transport::{Headers, TransportRequest};

/// A token that is fetched when it is needed first, and renewed before it expires; copies share it.
///
/// It goes into the `Authorization` header, as a bearer token (RFC 6750). Renewal begins when a fifth of its lifetime is
/// left, or five minutes, whichever is less, and somewhat before at random; the old token is used meanwhile. After a
/// failure it is tried again in one second, then two, and so on up to a minute.
#[derive(Clone)]
pub struct AccessToken {
    shared: Arc<Shared>,
    pub(crate) scheme: Option<String>,
    /// In place of `Authorization`, and then without `Bearer`.
    header: Option<&'static str>,
}

/// A token as it is sent.
#[derive(Clone)]
struct Sent {
    plain: Secret,
    /// With its kind before it, for the header `Authorization`.
    whole: Secret,
    proof: Option<Arc<dyn TokenProof>>,
    scopes: Option<Arc<[String]>>,
    is_timed: bool,
}

struct Shared {
    source: Box<dyn TokenSource>,
    state: Mutex<Renewal<Sent>>,
    /// Sent whenever a fetch has ended.
    ended: watch::Sender<()>,
    /// Where calls get tokens with just the scopes that they need.
    by_scopes: Option<ByScopes>,
    /// The token that calls have been given, where this is one of those.
    whole: Weak<Shared>,
}

/// A token for one attempt.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    token: AccessToken,
    /// The header that it goes into, and its value.
    pub(crate) header: &'static str,
    pub(crate) value: Secret,
    plain: Secret,
    proof: Option<Arc<dyn TokenProof>>,
    is_timed: bool,
    version: u64,
}

impl AccessToken {
    /// Takes where tokens come from.
    pub fn new(source: impl TokenSource) -> Self {
        Self::of(Shared::new(Box::new(source)))
    }

    /// Takes where tokens come from that have just the scopes which the called operation needs by the description, one
    /// for each set of scopes; `source` is that of the others: for operations that need none, and for requests that the
    /// description lacks.
    ///
    /// Up to 64 sets are kept; each token is fetched and renewed by itself.
    /// [`scopes_per_operation`](crate::oauth::ClientCredentials::scopes_per_operation) of a grant does this.
    ///
    /// ```
    /// use attache_runtime::oauth::{ClientCredentials, ClientIdentity};
    /// use attache_runtime::token::AccessToken;
    ///
    /// let grant = || ClientCredentials::new(ClientIdentity::basic("shop", "secret")).token_url("https://login.example.com/token");
    /// let token = AccessToken::by_scopes(grant(), move |scopes| grant().scopes(scopes.iter().copied()));
    /// # let _ = token;
    /// ```
    pub fn by_scopes<S: TokenSource>(
        source: impl TokenSource,
        for_scopes: impl Fn(&[&str]) -> S + Send + Sync + 'static,
    ) -> Self {
        Self::of(Shared {
            by_scopes: Some(ByScopes::new(for_scopes)),
            ..Shared::new(Box::new(source))
        })
    }

    fn of(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
            scheme: None,
            header: None,
        }
    }

    /// Whether calls get tokens with just the scopes that they need.
    pub(crate) fn is_by_scopes(&self) -> bool {
        self.shared.by_scopes.is_some()
    }

    /// The token with just these scopes, where there are such; without scopes it is the token itself.
    pub(crate) fn with_scopes(&self, scopes: &[&'static str]) -> Self {
        match &self.shared.by_scopes {
            Some(by_scopes) if !scopes.is_empty() => by_scopes.get(scopes, |source| Self {
                shared: Arc::new(Shared {
                    whole: Arc::downgrade(&self.shared),
                    ..Shared::new(source)
                }),
                scheme: self.scheme.clone(),
                header: self.header,
            }),
            _ => self.clone(),
        }
    }

    /// Sends the token by itself in another header, `x-amz-access-token` for example.
    pub fn in_header(mut self, name: &'static str) -> Self {
        self.header = Some(name);
        self
    }

    /// Restricts the token to one of the API's security schemes.
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }

    /// A token that is valid, which may take a request.
    pub(crate) async fn hold(&self, connection: &TokenConnection) -> Result<Held, TokenError> {
        loop {
            let mut ended = self.shared.ended.subscribe();
            let step = self.shared.state().step(connection.clock.now());
            match step {
                Step::Use(sent, version) => return Ok(self.held(sent, version)),
                Step::Renew(sent, version) => {
                    // Without a runtime for tasks, the next one is fetched when this one has expired.
                    drop(self.start(connection));
                    return Ok(self.held(sent, version));
                }
                Step::Fail(error) => return Err(error),
                Step::Wait => {}
                Step::Fetch => {
                    if let Some(fetch) = self.start(connection) {
                        fetch.await;
                    }
                }
            }
            // What has ended since `ended` was made counts as news.
            let _ = ended.changed().await;
        }
    }

    /// Returns the token by itself, for requests that no client sends; it is fetched where there is none that is valid.
    ///
    /// # Errors
    /// There is none, for good or for now.
    pub async fn fetch(&self, connection: &TokenConnection) -> Result<Secret, TokenError> {
        let held = self.hold(connection).await?;
        Ok(held.plain)
    }

    fn held(&self, sent: Sent, version: u64) -> Held {
        let (header, value) = match self.header {
            Some(name) => (name, sent.plain.clone()),
            None => ("Authorization", sent.whole),
        };
        Held {
            token: self.clone(),
            header,
            value,
            plain: sent.plain,
            proof: sent.proof,
            is_timed: sent.is_timed,
            version,
        }
    }

    /// Fetches a token in a task of its own, which goes on when whoever wants it gives up; gives the fetch back where there
    /// is no runtime for tasks.
    fn start(
        &self,
        connection: &TokenConnection,
    ) -> Option<impl Future<Output = ()> + Send + use<>> {
        let fetch = self.run(connection);
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(fetch);
                None
            }
            Err(_) => Some(fetch),
        }
    }

    /// Fetches a token to the end; dropped before, others may.
    fn run(&self, connection: &TokenConnection) -> impl Future<Output = ()> + Send + use<> {
        let (shared, connection) = (self.shared.clone(), connection.clone());
        let running = Running {
            shared,
            is_over: false,
        };
        async move {
            // All of it, or a part would stay behind.
            let mut running = running;
            let asked = connection.clock.now();
            let fetched = running.shared.source.fetch(&connection).await;
            let mut state = running.shared.state();
            match fetched {
                Ok(token) => {
                    let kind = if token.proof.is_some() {
                        "DPoP"
                    } else {
                        "Bearer"
                    };
                    let sent = Sent {
                        whole: format!("{kind} {}", token.secret.expose()).into(),
                        plain: token.secret,
                        proof: token.proof,
                        scopes: token.scopes,
                        is_timed: token.is_timed,
                    };
                    state.succeed(sent, asked, token.lifetime, &*connection.random);
                }
                Err(error) => state.fail(error, connection.clock.now()),
            }
            drop(state);
            running.is_over = true;
        }
    }

    /// Whether two are the same token, or this one has a part of the other's scopes.
    pub(crate) fn is(&self, other: &AccessToken) -> bool {
        let other = Arc::as_ptr(&other.shared);
        Arc::as_ptr(&self.shared) == other || self.shared.whole.as_ptr() == other
    }
}

impl Held {
    pub(crate) fn is_of(&self, token: &AccessToken) -> bool {
        self.token.is(token)
    }

    /// Whether it has to go with the clock of the server, itself or by its proof.
    pub(crate) fn is_timed(&self) -> bool {
        self.is_timed || self.proof.is_some()
    }

    /// Adds the proof to a request, where the token wants one.
    pub(crate) fn prove(
        &self,
        request: &mut TransportRequest,
        time: Duration,
    ) -> Result<(), String> {
        let Some(proof) = &self.proof else {
            return Ok(());
        };
        let made = proof.prove(
            &request.method,
            request.url.as_str(),
            Some(&self.plain),
            time,
        );
        let made = made.ok_or("the proof for its token could not be signed")?;
        request.headers.set_secret(PROOF, &made)
    }

    /// Whether an answer refuses the proof, which may be for its time (RFC 9449, section 7.1).
    pub(crate) fn refuses_time(&self, answer: &Answer) -> bool {
        let mut challenges = answer.headers().get_all("WWW-Authenticate");
        self.proof.is_some() && challenges.any(|text| text.contains("invalid_dpop_proof"))
    }

    /// Takes what a server says of proofs.
    pub(crate) fn learn(&self, url: &str, headers: &Headers) {
        if let Some(proof) = &self.proof {
            proof.learn(url, headers);
        }
    }

    /// The scopes that it has, where that is known.
    pub(crate) fn scopes(&self) -> Option<Arc<[String]>> {
        let state = self.token.shared.state();
        state.current(self.version)?.scopes.clone()
    }

    /// The server refuses it; says whether there is another one to try.
    pub(crate) fn refuse(&self, now: Instant) -> bool {
        self.token.shared.state().refuse(self.version, now)
    }
}

impl Shared {
    fn new(source: Box<dyn TokenSource>) -> Self {
        Self {
            source,
            state: Mutex::default(),
            ended: watch::Sender::new(()),
            by_scopes: None,
            whole: Weak::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, Renewal<Sent>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fetch that is under way.
struct Running {
    shared: Arc<Shared>,
    is_over: bool,
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.is_over {
            self.shared.state().give_up();
        }
        self.shared.ended.send_replace(());
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("source", &self.shared.source)
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

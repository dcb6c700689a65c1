//! The credential: keys of which one is sent.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::kind::Make;
use super::reload::Reload;
use super::roster::Roster;
use super::{HeldKey, Key, KeyError, KeyKind, KeySource, Member, Need, Refused};
use crate::call::OperationMeta;
use crate::credential::Credential;
use crate::signing::Signature;
use crate::usage::KeySetHealth;

/// How often a source is asked unless it is said.
const INTERVAL: Duration = Duration::from_secs(60);

/// Keys of one scheme, of which one is sent with each request; copies share what is learnt of them.
///
/// [`key_set`](super) says which key is sent, and which answers refuse one. A set is given like any other credential:
///
/// ```
/// # use attache_runtime::transport::replay::Replay;
/// # use attache_runtime::{ApiMeta, Bytes, ClientBuilder, OperationMeta, SecurityScheme, Undocumented};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
/// #     .security_schemes(&[SecurityScheme::api_key_header("key", "X-Key")]);
/// # static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["key"]]);
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// use attache_runtime::key_set::{Key, KeySet};
///
/// # let replay = Replay::new().json(401, "{}").json(200, "{}");
/// let keys = KeySet::api_keys([Key::current("2026-11", "sk_1"), Key::next("2026-12", "sk_2")]);
/// let client = ClientBuilder::new(&API).auth(keys).transport(replay.clone()).build()?;
///
/// // The server refuses the current key (401), and takes the next one.
/// client.call(&GET).send_raw().await?;
/// assert_eq!(replay.requests()[1].headers.get("X-Key"), Some("sk_2"));
/// let health = client.health();
/// assert_eq!(health.key_sets[0].keys[1].key, "2026-12");
/// assert_eq!(health.key_sets[0].keys[1].role, "current");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// Keys that change while the client runs come from a [`KeyFile`](super::KeyFile) (feature `store`), from
/// [`KeyVariables`](super::KeyVariables), or from whatever implements [`KeySource`].
#[derive(Clone)]
pub struct KeySet {
    pub(super) shared: Arc<Shared>,
    pub(crate) scheme: Option<String>,
    has_own_quotas: bool,
}

pub(super) struct Shared {
    pub(super) source: Box<dyn KeySource>,
    pub(super) make: Make,
    state: Mutex<State>,
    /// Sent whenever the source has been asked.
    pub(super) ended: watch::Sender<()>,
}

pub(super) struct State {
    pub(super) roster: Roster,
    /// As the source gave them last.
    pub(super) given: Vec<Key>,
    pub(super) reload: Reload,
}

impl KeySet {
    /// Takes keys that go where the API's description says: a header, the query or a cookie.
    pub fn api_keys(source: impl KeySource) -> Self {
        Self::new(source, Make::ApiKey)
    }

    /// Takes tokens that go into the `Authorization` header.
    pub fn bearer(source: impl KeySource) -> Self {
        Self::new(source, Make::Bearer)
    }

    /// Takes users and passwords; the text of each key is `user:password`.
    pub fn basic(source: impl KeySource) -> Self {
        Self::new(source, Make::Basic)
    }

    /// Takes keys that requests are signed with, and what makes a signer of each; it is for a scheme that it
    /// [names](Self::for_scheme).
    ///
    /// ```
    /// # use attache_runtime::signing::{RequestSigner, Signature};
    /// # use attache_runtime::transport::TransportRequest;
    /// # use std::time::Duration;
    /// use attache_runtime::key_set::{Key, KeySet};
    ///
    /// # #[derive(Debug)]
    /// # struct Signer(attache_runtime::Secret);
    /// # impl RequestSigner for Signer {
    /// #     fn sign(&self, _: &mut TransportRequest, _: Duration) -> Result<(), String> { Ok(()) }
    /// # }
    /// let keys = KeySet::signatures([Key::current("2026-11", "AKIA1:secret")], |key| {
    ///     let (_id, secret) = key.user_and_password()?;
    ///     Ok(Signature::new(Signer(secret.into())))
    /// });
    /// let keys = keys.for_scheme("hmac");
    /// # let _ = keys;
    /// ```
    pub fn signatures(
        source: impl KeySource,
        make: impl Fn(&Key) -> Result<Signature, String> + Send + Sync + 'static,
    ) -> Self {
        Self::new(source, Make::Signature(Arc::new(make)))
    }

    /// Restricts the keys to one of the API's security schemes.
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }

    /// Says how often the source is asked for its keys, 60 seconds unless it is said; all copies have the same interval.
    ///
    /// Nothing runs by itself: a call that is made after that time begins it, and does not wait for it.
    pub fn reload_every(self, interval: Duration) -> Self {
        self.state().reload.set_interval(interval);
        self
    }

    /// Says that the keys are those of several accounts: what the description and the settings say of single operations
    /// is counted for each key by itself.
    ///
    /// Without, that is counted for all keys together, since keys that replace each other are of one account. What a key
    /// has of [its own](Key::quota), and what the server says in its headers, is that of one key either way; quotas of the
    /// client, of groups and those shared with other processes are those of all.
    pub fn with_own_quotas(mut self) -> Self {
        self.has_own_quotas = true;
        self
    }

    fn new(source: impl KeySource, make: Make) -> Self {
        let interval = source.changes().then_some(INTERVAL);
        Self {
            shared: Arc::new(Shared {
                source: Box::new(source),
                make,
                state: Mutex::new(State {
                    roster: Roster::default(),
                    given: Vec::new(),
                    reload: Reload::new(interval),
                }),
                ended: watch::Sender::new(()),
            }),
            scheme: None,
            has_own_quotas: false,
        }
    }

    pub(crate) fn kind(&self) -> KeyKind {
        self.shared.make.kind()
    }

    pub(super) fn has_own_quotas(&self) -> bool {
        self.has_own_quotas
    }

    /// What a request needs of this set.
    pub(super) fn own<'n>(&self, need: &Need<'n>) -> Need<'n> {
        let quota = need.quota.filter(|_| self.has_own_quotas);
        Need { quota, ..*need }
    }

    /// Whether two are the same set.
    pub(super) fn is(&self, other: &KeySet) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// The key for a request.
    pub(crate) fn choose(&self, need: &Need<'_>, now: Instant) -> Result<HeldKey, KeyError> {
        let mut state = self.state();
        match state.roster.choose(&self.own(need), now) {
            Some(member) => Ok(HeldKey {
                set: self.clone(),
                member,
                chosen: now,
            }),
            None => Err(state.none_left(now)),
        }
    }

    /// Whether another key may be sent.
    pub(crate) fn has_other(&self, need: &Need<'_>, now: Instant) -> bool {
        self.state().roster.has_one(&self.own(need), now)
    }

    /// Whether the source may give other keys.
    pub(crate) fn may_bring_others(&self, now: Instant) -> bool {
        self.state().reload.may_bring_others(now)
    }

    /// Whether the source has failed to give keys.
    pub(crate) fn is_failing(&self) -> bool {
        self.state().reload.failure().is_some()
    }

    /// Whether the quota of some key lets a request through at once.
    pub(crate) fn has_one_at_once(&self, need: &Need<'_>, now: Instant) -> bool {
        self.state().roster.has_one_at_once(&self.own(need), now)
    }

    /// Whether an answer of 403 may be about the key.
    pub(crate) fn doubts(&self, now: Instant) -> bool {
        self.state().roster.doubts(now)
    }

    /// Answers of 403 were not about the keys.
    pub(crate) fn stop_doubting(&self, now: Instant) {
        self.state().roster.stop_doubting(now);
    }

    pub(super) fn refuse(
        &self,
        member: &Arc<Member>,
        operation: &OperationMeta,
        status: u16,
        sent: Instant,
        now: Instant,
    ) {
        let roster = &mut self.state().roster;
        roster.refuse(member, operation, status, sent, now);
    }

    pub(super) fn get_in(
        &self,
        member: &Arc<Member>,
        operation: &OperationMeta,
        refused: &[Refused],
        sent: Instant,
        now: Instant,
    ) {
        let roster = &mut self.state().roster;
        if let Some(name) = roster.get_in(member, operation, refused, sent, now) {
            tracing::info!("attache.key" = name, "a key that was next is current now");
        }
    }

    pub(crate) fn health(&self, now: Instant) -> KeySetHealth {
        let state = self.state();
        let failing = state.reload.failing_for(now);
        KeySetHealth {
            scheme: self.scheme.clone(),
            source_failing_for_ms: failing.map(|failing| failing.as_secs_f64() * 1e3),
            keys: state.roster.health(now),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn none_left(&self, now: Instant) -> KeyError {
        KeyError::none_left(&self.roster.refusals(now), self.reload.failure())
    }
}

impl From<KeySet> for Credential {
    fn from(keys: KeySet) -> Self {
        Credential::Keys(keys)
    }
}

impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let names: Vec<&str> = state.roster.names().collect();
        f.debug_struct("KeySet")
            .field("kind", &self.shared.make)
            .field("source", &self.shared.source)
            .field("keys", &names)
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

//! Buckets in a Redis server.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use ::redis::{Client, RedisError, Script};

use crate::client::BuildError;
use crate::limit::{Claim, OwnShare, Place, SharedQuotas};
use crate::transport::BoxFuture;

static RESERVE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("reserve.lua")));

/// How long the server has to answer.
const TIMEOUT: Duration = Duration::from_millis(500);
/// How long it is left alone when it does not.
const AWAY: Duration = Duration::from_secs(1);
/// How long leased places last at the least.
const LEASE: Duration = Duration::from_secs(1);

/// Quotas that processes share by way of a Redis server (feature `redis`).
///
/// All processes that use the same server and scope send together, in any span of `t` seconds, at the most
/// `rate · (t + d) + burst · (1 + 2 · outages) + lease · processes` requests, where `d` is how late a process is after
/// its turn has come, `outages` how often the server went away or lost its data around that time, and the last part is
/// nothing without leases. While the server is away, each process keeps to its part: `rate / processes` with a burst of
/// `burst / processes`, at least 1.
///
/// ```
/// use attache_runtime::redis::RedisQuotas;
///
/// // Up to eight processes call as the account `acme`.
/// let quotas = RedisQuotas::new("redis://127.0.0.1:6379", "acme", 8).unwrap();
/// # let _ = quotas;
/// ```
#[derive(Clone)]
pub struct RedisQuotas {
    shared: Arc<Shared>,
}

struct Shared {
    scope: String,
    lease: u32,
    client: Client,
    connection: OnceLock<ConnectionManager>,
    own: OwnShare,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The server did not answer, and is asked again then.
    away_until: Option<Instant>,
    outages: u64,
    /// Places that have been taken in advance, by their weights and the names of their buckets, and when they lapse.
    leased: HashMap<String, (u32, Instant)>,
}

impl RedisQuotas {
    /// Takes the address of the server, what the quotas belong to (an account, say), and how many processes there are at
    /// the most, which counts only while the server is away. Nothing is connected yet.
    ///
    /// # Errors
    /// The address is none.
    pub fn new(
        address: &str,
        scope: impl Into<String>,
        processes: u32,
    ) -> Result<Self, BuildError> {
        // The address may hold a password, so the error of the library is not shown.
        let client = Client::open(address)
            .map_err(|_| BuildError::new("the address of the Redis server is none"))?;
        Ok(Self {
            shared: Arc::new(Shared {
                scope: scope.into(),
                lease: 1,
                client,
                connection: OnceLock::new(),
                own: OwnShare::new(processes),
                state: Mutex::default(),
            }),
        })
    }

    /// Takes several places at once, which spares round trips, and lets each process be ahead by as many.
    ///
    /// Places that are not used within a second, or within the time that the quota needs for as many, lapse.
    ///
    /// # Panics
    /// When the quotas are in use already.
    pub fn lease(mut self, places: u32) -> Self {
        let shared =
            Arc::get_mut(&mut self.shared).expect("leases are settled before the quotas are used");
        shared.lease = places.max(1);
        self
    }

    /// Returns how often the server went away.
    pub fn outages(&self) -> u64 {
        self.shared.state().outages
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_away(&self, now: Instant) -> bool {
        self.state().away_until.is_some_and(|until| now < until)
    }

    /// A place that has been taken in advance.
    fn take_leased(&self, bucket: &str, now: Instant) -> bool {
        let mut state = self.state();
        match state.leased.get_mut(bucket) {
            Some((left, lapses)) if *left > 0 && now < *lapses => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    fn put_leased(&self, bucket: String, claims: &[Claim<'_>], now: Instant) {
        let intervals = claims.iter().map(|claim| claim.quota.interval());
        let span = intervals.max().unwrap_or_default() * self.lease;
        let lease = (self.lease - 1, now + span.max(LEASE));
        self.state().leased.insert(bucket, lease);
    }

    /// The connection, which is made when it is used, and again when it is lost.
    fn connection(&self) -> Result<ConnectionManager, RedisError> {
        if let Some(connection) = self.connection.get() {
            return Ok(connection.clone());
        }
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let made = ConnectionManager::new_lazy_with_config(self.client.clone(), config)?;
        Ok(self.connection.get_or_init(|| made).clone())
    }

    async fn ask(
        &self,
        claims: &[Claim<'_>],
        places: u32,
        most: Duration,
    ) -> Result<Place, RedisError> {
        let mut connection = self.connection()?;
        let mut call = RESERVE.prepare_invoke();
        call.arg(micros(most));
        for claim in claims {
            // One hash slot for all buckets of a scope, so that a cluster can run the script.
            call.key(format!("attache:{{{}}}:{}", self.scope, claim.bucket()));
            call.arg(claim.quota.interval().as_secs_f64() * 1e6);
            let places = places.saturating_mul(claim.weight);
            call.arg(claim.quota.burst().max(places)).arg(places);
        }
        let (taken, wait): (u8, u64) = call.invoke_async(&mut connection).await?;
        let wait = Duration::from_micros(wait);
        Ok(match taken {
            1 => Place::Taken(wait),
            _ => Place::TooLate(wait),
        })
    }

    /// The server did not answer: it is left alone for a while.
    fn goes_away(&self, error: Option<&RedisError>, now: Instant) {
        let mut state = self.state();
        let is_news = state.away_until.is_none();
        state.away_until = Some(now + AWAY);
        state.outages += u64::from(is_news);
        drop(state);
        if is_news {
            let reason = error.map(ToString::to_string);
            let reason = reason.unwrap_or_else(|| format!("no answer within {TIMEOUT:?}"));
            tracing::warn!(
                scope = self.scope,
                reason,
                "the Redis server is away; this process keeps to its part of the quotas"
            );
        }
    }
}

impl SharedQuotas for RedisQuotas {
    fn reserve<'s>(&'s self, claims: &'s [Claim<'s>], most: Duration) -> BoxFuture<'s, Place> {
        let shared = &*self.shared;
        Box::pin(async move {
            let now = Instant::now();
            let buckets = claims.iter();
            let buckets = buckets.map(|claim| format!("{} {}", claim.weight, claim.bucket()));
            let bucket = buckets.collect::<Vec<_>>().join("\n");
            if shared.take_leased(&bucket, now) {
                return Place::Taken(Duration::ZERO);
            }
            if shared.is_away(now) {
                return shared.own.reserve(claims, most, now);
            }
            let asking = shared.ask(claims, shared.lease, most);
            match tokio::time::timeout(TIMEOUT, asking).await {
                Ok(Ok(place)) => {
                    shared.state().away_until = None;
                    if matches!(place, Place::Taken(_)) && shared.lease > 1 {
                        shared.put_leased(bucket, claims, now);
                    }
                    place
                }
                Ok(Err(error)) => {
                    shared.goes_away(Some(&error), now);
                    shared.own.reserve(claims, most, now)
                }
                Err(_) => {
                    shared.goes_away(None, now);
                    shared.own.reserve(claims, most, now)
                }
            }
        })
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl fmt::Debug for RedisQuotas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisQuotas")
            .field("scope", &self.shared.scope)
            .finish_non_exhaustive()
    }
}

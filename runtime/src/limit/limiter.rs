//! The buckets of a client.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::bucket::{Bucket, nanoseconds};
use super::{Claim, Feedback, Quota, QuotaBucket, SharedQuotas};
use crate::call::OperationMeta;
use crate::usage::QuotaHealth;

/// The buckets of a client: one of its own, those it has with other clients, one for each group and for each operation
/// that has a limit.
#[derive(Debug)]
pub(crate) struct Limiter {
    begun: Instant,
    limits: Limits,
    common: Option<Bucket>,
    /// By the names of their groups.
    groups: BTreeMap<String, Bucket>,
    /// By the id of the operation; made when they are needed first.
    operations: RwLock<BTreeMap<String, Arc<Bucket>>>,
    /// Some server has said something, so that operations without a quota may have a bucket too.
    has_heard: AtomicBool,
    /// One request at a time is taken note of.
    sending: Mutex<()>,
}

/// The bucket of an operation, once it has one.
#[derive(Debug, Default)]
pub(crate) struct OwnBucket(OnceLock<Arc<Bucket>>);

/// What the settings say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    pub(crate) common: Option<Quota>,
    pub(crate) groups: BTreeMap<String, Quota>,
    pub(crate) operations: BTreeMap<String, Quota>,
    /// Those of several clients.
    pub(crate) buckets: Vec<QuotaBucket>,
    /// Where other processes count as well.
    pub(crate) shared: Option<Arc<dyn SharedQuotas>>,
}

impl Limiter {
    pub(crate) fn new(now: Instant, limits: Limits) -> Self {
        let groups = limits.groups.iter();
        let groups = groups.map(|(name, quota)| (name.clone(), Bucket::new(Some(*quota))));
        Self {
            begun: now,
            common: limits.common.map(|quota| Bucket::new(Some(quota))),
            groups: groups.collect(),
            operations: RwLock::default(),
            has_heard: AtomicBool::new(false),
            sending: Mutex::new(()),
            limits,
        }
    }

    /// The buckets that a request of an operation takes its place in, of so many requests.
    ///
    /// Its own is kept where it is found at once the next time.
    pub(crate) fn buckets<'l>(
        &'l self,
        operation: &OperationMeta,
        own: &'l OwnBucket,
        weight: u32,
    ) -> Buckets<'l> {
        let has_groups = !self.groups.is_empty();
        let group = has_groups.then(|| self.groups.get(operation.group));
        Buckets {
            limiter: self,
            group: group.flatten(),
            own: own
                .0
                .get()
                .or_else(|| self.find(operation, own))
                .map(|own| &**own),
            more: Vec::new(),
            weight,
        }
    }

    pub(crate) fn has_shared(&self) -> bool {
        self.limits.shared.is_some()
    }

    /// Where other processes count as well, and what a request of an operation takes a place in there.
    pub(crate) fn shared<'l>(
        &'l self,
        operation: &'l OperationMeta,
        weight: u32,
    ) -> Option<(&'l dyn SharedQuotas, Vec<Claim<'l>>)> {
        let shared = self.limits.shared.as_deref()?;
        let common = self.limits.common.map(|quota| Claim::new("", quota));
        let group = self.limits.groups.get(operation.group);
        let group = group.map(|quota| Claim::new(operation.group, *quota).of_group());
        let own = self.quota(operation);
        let own = own.map(|quota| Claim::new(operation.id(), quota));
        let claims = common.into_iter().chain(group).chain(own);
        let claims: Vec<_> = claims.map(|claim| claim.weight(weight)).collect();
        (!claims.is_empty()).then_some((shared, claims))
    }

    /// Learns from an answer.
    pub(crate) fn observe(&self, operation: &OperationMeta, feedback: &Feedback, now: Instant) {
        if !feedback.says_something() {
            return;
        }
        self.bucket(operation).learn(feedback, self.since(now));
        self.has_heard.store(true, Ordering::Release);
    }

    /// How each bucket is that has been used.
    pub(crate) fn health(&self, now: Instant) -> Vec<QuotaHealth> {
        let here = self.since(now);
        let health = |bucket: &Bucket, now: u64| QuotaHealth {
            rate: bucket.rate(),
            next_in_ms: Duration::from_nanos(bucket.wait(now, 1)).as_secs_f64() * 1e3,
            ..QuotaHealth::default()
        };
        let common = self.common.iter().map(|bucket| health(bucket, here));
        let with_others = self.limits.buckets.iter().map(|shared| {
            let (bucket, now) = shared.at(now);
            QuotaHealth {
                bucket: Some(shared.name().to_owned()),
                ..health(bucket, now)
            }
        });
        let groups = self.groups.iter().map(|(name, bucket)| QuotaHealth {
            group: Some(name.clone()),
            ..health(bucket, here)
        });
        let operations = self.operations.read();
        let operations = operations.unwrap_or_else(PoisonError::into_inner);
        let operations = operations.iter().map(|(id, bucket)| QuotaHealth {
            operation: Some(id.clone()),
            ..health(bucket, here)
        });
        common
            .chain(with_others)
            .chain(groups)
            .chain(operations)
            .collect()
    }

    /// What the settings or the description say of an operation.
    pub(crate) fn quota(&self, operation: &OperationMeta) -> Option<Quota> {
        let stated = self.limits.operations.get(operation.id());
        stated.copied().or(operation.quota)
    }

    /// The bucket of an operation, if it has any; the usual operation has none, which costs nothing.
    fn find<'l>(&self, operation: &OperationMeta, own: &'l OwnBucket) -> Option<&'l Arc<Bucket>> {
        let has_heard = self.has_heard.load(Ordering::Acquire);
        let has_one = self.quota(operation).is_some() || (has_heard && self.is_known(operation));
        has_one.then(|| own.0.get_or_init(|| self.bucket(operation)))
    }

    fn is_known(&self, operation: &OperationMeta) -> bool {
        let buckets = self.operations.read();
        let buckets = buckets.unwrap_or_else(PoisonError::into_inner);
        buckets.contains_key(operation.id())
    }

    fn bucket(&self, operation: &OperationMeta) -> Arc<Bucket> {
        let buckets = self.operations.read();
        let buckets = buckets.unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get(operation.id()) {
            return bucket.clone();
        }
        drop(buckets);
        let quota = self.quota(operation);
        let buckets = self.operations.write();
        let mut buckets = buckets.unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(operation.id().to_owned());
        let bucket = bucket.or_insert_with(|| Arc::new(Bucket::new(quota)));
        bucket.clone()
    }

    fn since(&self, now: Instant) -> u64 {
        nanoseconds(now.saturating_duration_since(self.begun))
    }
}

/// The buckets of a request, and as how many requests it counts.
pub(crate) struct Buckets<'l> {
    limiter: &'l Limiter,
    group: Option<&'l Bucket>,
    own: Option<&'l Bucket>,
    /// Those of the keys that are sent.
    more: Vec<QuotaBucket>,
    weight: u32,
}

/// A time, and how it is counted by the client.
struct At {
    now: Instant,
    here: u64,
}

impl Buckets<'_> {
    /// Takes those of a key besides, which may be in the place of that of the operation.
    pub(crate) fn with_key(mut self, buckets: Vec<QuotaBucket>, has_own: bool) -> Self {
        self.more.extend(buckets);
        if has_own {
            self.own = None;
        }
        self
    }

    /// How long a request would have to wait.
    pub(crate) fn wait(&self, now: Instant) -> Duration {
        Duration::from_nanos(self.longest(&self.at(now), Bucket::wait))
    }

    /// Takes the place of a request, and sends it where that has come; else how long it has to wait for it. `Err` as for
    /// [`reserve`](Self::reserve), and for a server that has closed for so long.
    pub(crate) fn pass(
        &self,
        now: Instant,
        left: impl Fn() -> Duration,
    ) -> Result<Option<Duration>, Duration> {
        let at = self.at(now);
        match self.take(&at, &left)? {
            0 => self.leave(&at, left),
            wait => Ok(Some(Duration::from_nanos(wait))),
        }
    }

    /// Sends a request that has waited for its place, or says how much longer it has to wait. `Err` as for
    /// [`pass`](Self::pass).
    pub(crate) fn pass_on(
        &self,
        now: Instant,
        left: impl Fn() -> Duration,
    ) -> Result<Option<Duration>, Duration> {
        self.leave(&self.at(now), left)
    }

    /// Takes the place of a request in all of them; `Err` says how long it would have to wait, where that is longer than
    /// it can, and then it takes none.
    pub(crate) fn reserve(&self, now: Instant, left: Duration) -> Result<Duration, Duration> {
        let taken = self.take(&self.at(now), || left);
        taken.map(Duration::from_nanos)
    }

    /// Sends a request that has waited for its place; `Err` says how much longer it has to wait.
    ///
    /// The places of several buckets are at different times, and a server may close meanwhile: only what is sent counts.
    pub(crate) fn send(&self, now: Instant) -> Result<(), Duration> {
        self.note(&self.at(now)).map_err(Duration::from_nanos)
    }

    fn take(&self, at: &At, left: impl Fn() -> Duration) -> Result<u64, Duration> {
        match self.longest(at, Bucket::wait) {
            0 => {}
            wait => {
                let wait = Duration::from_nanos(wait);
                // A wait that ends with the deadline leaves no time to send.
                if wait >= left() {
                    return Err(wait);
                }
            }
        }
        Ok(self.longest(at, Bucket::reserve))
    }

    fn leave(&self, at: &At, left: impl Fn() -> Duration) -> Result<Option<Duration>, Duration> {
        match self.note(at).map_err(Duration::from_nanos) {
            Ok(()) => Ok(None),
            Err(longer) if longer >= left() => Err(longer),
            Err(longer) => Ok(Some(longer)),
        }
    }

    /// Takes note that a request is sent, while nobody else's is.
    fn note(&self, at: &At) -> Result<(), u64> {
        let has_shared = !self.limiter.limits.buckets.is_empty() || !self.more.is_empty();
        let has_own = self.limiter.common.is_some() || self.group.is_some() || self.own.is_some();
        if !has_own && !has_shared {
            return Ok(());
        }
        let sending = self.limiter.sending.lock();
        let _alone = sending.unwrap_or_else(PoisonError::into_inner);
        let _alone_of_all = has_shared.then(QuotaBucket::alone);
        match self.longest(at, Bucket::overdue) {
            0 => {
                self.each(at, Bucket::send);
                Ok(())
            }
            wait => Err(wait),
        }
    }

    /// The longest wait of all of them, in nanoseconds.
    fn longest(&self, at: &At, wait: impl Fn(&Bucket, u64, u32) -> u64) -> u64 {
        let mut longest = 0;
        self.each(at, |bucket, now, weight| {
            longest = wait(bucket, now, weight).max(longest);
        });
        longest
    }

    /// Asks each of them, with the time as it is counted there.
    fn each(&self, at: &At, mut ask: impl FnMut(&Bucket, u64, u32)) {
        if let Some(bucket) = &self.limiter.common {
            ask(bucket, at.here, self.weight);
        }
        if let Some(bucket) = self.group {
            ask(bucket, at.here, self.weight);
        }
        if let Some(bucket) = self.own {
            ask(bucket, at.here, self.weight);
        }
        for shared in self.limiter.limits.buckets.iter().chain(&self.more) {
            let (bucket, there) = shared.at(at.now);
            ask(bucket, there, self.weight);
        }
    }

    fn at(&self, now: Instant) -> At {
        let here = self.limiter.since(now);
        At { now, here }
    }
}

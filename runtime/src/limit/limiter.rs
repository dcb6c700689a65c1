//! The buckets of a client.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::bucket::{Bucket, nanoseconds};
use super::{Claim, Feedback, Quota, SharedQuotas};
use crate::call::OperationMeta;
use crate::usage::QuotaHealth;

/// The buckets of a client: one of its own, and one for each operation that has a limit.
#[derive(Debug)]
pub(crate) struct Limiter {
    begun: Instant,
    common: Option<Bucket>,
    /// What the settings say of operations, by their ids.
    stated: HashMap<String, Quota>,
    /// By the id of the operation; made when they are needed first.
    buckets: RwLock<BTreeMap<String, Arc<Bucket>>>,
    /// Some server has said something, so that operations without a quota may have a bucket too.
    has_heard: AtomicBool,
    /// One request at a time is taken note of.
    sending: Mutex<()>,
    /// Where other processes count as well.
    shared: Option<Arc<dyn SharedQuotas>>,
    common_quota: Option<Quota>,
}

impl Limiter {
    pub(crate) fn new(
        now: Instant,
        common: Option<Quota>,
        stated: HashMap<String, Quota>,
        shared: Option<Arc<dyn SharedQuotas>>,
    ) -> Self {
        Self {
            shared,
            common_quota: common,
            begun: now,
            common: common.map(|quota| Bucket::new(Some(quota))),
            stated,
            buckets: RwLock::default(),
            has_heard: AtomicBool::new(false),
            sending: Mutex::new(()),
        }
    }

    /// The buckets that a request of an operation takes a place in.
    pub(crate) fn buckets(&self, operation: &OperationMeta) -> Buckets<'_> {
        Buckets {
            limiter: self,
            own: self.known(operation),
        }
    }

    /// How long a request of an operation would have to wait.
    pub(crate) fn wait(&self, operation: &OperationMeta, now: Instant) -> Duration {
        let now = self.since(now);
        self.buckets(operation).longest(|bucket| bucket.wait(now))
    }

    /// Where other processes count as well, and what a request of an operation takes a place in there.
    pub(crate) fn shared<'l>(
        &'l self,
        operation: &'l OperationMeta,
    ) -> Option<(&'l dyn SharedQuotas, Vec<Claim<'l>>)> {
        let shared = self.shared.as_deref()?;
        let common = self.common_quota.map(|quota| Claim::new("", quota));
        let own = self.stated.get(operation.id()).copied().or(operation.quota);
        let own = own.map(|quota| Claim::new(operation.id(), quota));
        let claims: Vec<_> = common.into_iter().chain(own).collect();
        (!claims.is_empty()).then_some((shared, claims))
    }

    /// Learns from an answer.
    pub(crate) fn observe(&self, operation: &OperationMeta, feedback: &Feedback, now: Instant) {
        if !feedback.says_something() {
            return;
        }
        let bucket = self.bucket(operation);
        if let Some(rate) = feedback.rate
            && bucket.is_limited()
        {
            bucket.correct(rate);
        }
        if let Some(span) = feedback.empty_for {
            bucket.close(self.since(now).saturating_add(nanoseconds(span)));
        }
        self.has_heard.store(true, Ordering::Release);
    }

    /// How each bucket is that has been used.
    pub(crate) fn health(&self, now: Instant) -> Vec<QuotaHealth> {
        let now = self.since(now);
        let health = |operation: Option<&String>, bucket: &Bucket| QuotaHealth {
            operation: operation.cloned(),
            rate: bucket.rate(),
            next_in_ms: Duration::from_nanos(bucket.wait(now)).as_secs_f64() * 1e3,
        };
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        let own = buckets
            .iter()
            .map(|(operation, bucket)| health(Some(operation), bucket));
        let common = self.common.iter().map(|bucket| health(None, bucket));
        let mut all: Vec<_> = common.chain(own).collect();
        all.sort_by(|one, other| one.operation.cmp(&other.operation));
        all
    }

    /// The bucket of an operation, if it has any; the usual operation has none, which costs nothing.
    fn known(&self, operation: &OperationMeta) -> Option<Arc<Bucket>> {
        if self.has_heard.load(Ordering::Acquire) || !self.stated.is_empty() {
            let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(bucket) = buckets.get(operation.id()) {
                return Some(bucket.clone());
            }
        }
        let has_quota = operation.quota.is_some() || self.stated.contains_key(operation.id());
        has_quota.then(|| self.bucket(operation))
    }

    fn bucket(&self, operation: &OperationMeta) -> Arc<Bucket> {
        let find = |buckets: &BTreeMap<String, Arc<Bucket>>| buckets.get(operation.id()).cloned();
        let found = find(&self.buckets.read().unwrap_or_else(PoisonError::into_inner));
        if let Some(bucket) = found {
            return bucket;
        }
        let quota = self.stated.get(operation.id()).copied().or(operation.quota);
        let mut buckets = self.buckets.write().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(operation.id().to_owned());
        bucket
            .or_insert_with(|| Arc::new(Bucket::new(quota)))
            .clone()
    }

    fn since(&self, now: Instant) -> u64 {
        nanoseconds(now.saturating_duration_since(self.begun))
    }
}

/// The buckets of a request: the client's and its operation's.
pub(crate) struct Buckets<'l> {
    limiter: &'l Limiter,
    own: Option<Arc<Bucket>>,
}

impl Buckets<'_> {
    /// Takes the place of a request in all of them; `Err` says how long it would have to wait, where that is longer than
    /// it can, and then it takes none.
    pub(crate) fn reserve(&self, now: Instant, left: Duration) -> Result<Duration, Duration> {
        let now = self.limiter.since(now);
        let wait = self.longest(|bucket| bucket.wait(now));
        // A wait that ends with the deadline leaves no time to send.
        if !wait.is_zero() && wait >= left {
            return Err(wait);
        }
        Ok(self.longest(|bucket| bucket.reserve(now)))
    }

    /// Sends a request that has waited for its place; `Err` says how much longer it has to wait.
    ///
    /// The places of several buckets are at different times, and a server may close meanwhile: only what is sent counts.
    pub(crate) fn send(&self, now: Instant) -> Result<(), Duration> {
        if self.all().next().is_none() {
            return Ok(());
        }
        let now = self.limiter.since(now);
        let sending = self.limiter.sending.lock();
        let _alone = sending.unwrap_or_else(PoisonError::into_inner);
        let wait = self.longest(|bucket| bucket.overdue(now));
        if !wait.is_zero() {
            return Err(wait);
        }
        self.all().for_each(|bucket| bucket.send(now));
        Ok(())
    }

    fn longest(&self, wait: impl Fn(&Bucket) -> u64) -> Duration {
        Duration::from_nanos(self.all().map(wait).max().unwrap_or(0))
    }

    fn all(&self) -> impl Iterator<Item = &Bucket> {
        self.limiter.common.iter().chain(self.own.as_deref())
    }
}

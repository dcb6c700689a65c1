//! The quotas of one key.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::{Feedback, Quota, QuotaBucket};
use crate::call::OperationMeta;

/// The quotas of one key, besides those of the client: its own, and one for each operation of which a server has said
/// something, or which has a quota that each key has for itself.
#[derive(Debug)]
pub(crate) struct KeyQuotas {
    begun: Instant,
    common: Option<QuotaBucket>,
    /// By the id of the operation.
    operations: RwLock<BTreeMap<String, QuotaBucket>>,
}

impl KeyQuotas {
    pub(crate) fn new(quota: Option<Quota>, now: Instant) -> Self {
        Self {
            begun: now,
            common: quota.map(|quota| QuotaBucket::begun_at(now, Some(quota))),
            operations: RwLock::default(),
        }
    }

    /// The buckets that a request takes its place in, of an operation that may have a quota.
    pub(crate) fn buckets(
        &self,
        operation: &OperationMeta,
        quota: Option<Quota>,
    ) -> Vec<QuotaBucket> {
        let own = match quota {
            None => self.known(operation),
            Some(_) => Some(self.bucket(operation, quota)),
        };
        self.common.iter().cloned().chain(own).collect()
    }

    /// How long a request would have to wait, and how many there can be at once.
    pub(crate) fn wait(
        &self,
        operation: &OperationMeta,
        quota: Option<Quota>,
        weight: u32,
        now: Instant,
    ) -> (Duration, Option<f64>) {
        let (mut wait, mut left) = (0, None::<f64>);
        for bucket in self.buckets(operation, quota) {
            let (bucket, now) = bucket.at(now);
            wait = wait.max(bucket.wait(now, weight));
            left = match (left, bucket.left(now)) {
                (Some(least), Some(left)) => Some(least.min(left)),
                (one, other) => one.or(other),
            };
        }
        (Duration::from_nanos(wait), left)
    }

    /// How long some request would have to wait.
    pub(crate) fn longest_wait(&self, now: Instant) -> Duration {
        let operations = self.operations.read();
        let operations = operations.unwrap_or_else(PoisonError::into_inner);
        let buckets = self.common.iter().chain(operations.values());
        let waits = buckets.map(|bucket| {
            let (bucket, now) = bucket.at(now);
            bucket.wait(now, 1)
        });
        Duration::from_nanos(waits.max().unwrap_or(0))
    }

    /// Learns from an answer.
    pub(crate) fn observe(&self, operation: &OperationMeta, feedback: &Feedback, now: Instant) {
        let bucket = self.bucket(operation, None);
        let (bucket, now) = bucket.at(now);
        bucket.learn(feedback, now);
    }

    fn known(&self, operation: &OperationMeta) -> Option<QuotaBucket> {
        let operations = self.operations.read();
        let operations = operations.unwrap_or_else(PoisonError::into_inner);
        operations.get(operation.id()).cloned()
    }

    fn bucket(&self, operation: &OperationMeta, quota: Option<Quota>) -> QuotaBucket {
        if let Some(known) = self.known(operation) {
            return known;
        }
        let operations = self.operations.write();
        let mut operations = operations.unwrap_or_else(PoisonError::into_inner);
        let bucket = operations.entry(operation.id().to_owned());
        let bucket = bucket.or_insert_with(|| QuotaBucket::begun_at(self.begun, quota));
        bucket.clone()
    }
}

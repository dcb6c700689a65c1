//! A quota that several clients keep together.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::Quota;
use super::bucket::{Bucket, nanoseconds};

/// A quota that several clients of one process keep together, besides their own: that of an application which calls for
/// many accounts, say, each with a client and a quota of its own.
///
/// Copies are the same bucket.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::Quota;
/// use attache_runtime::limit::QuotaBucket;
///
/// let application = QuotaBucket::new("application", Quota::per_second(50.0, 100));
/// let account = |key: &str| {
///     ClientBuilder::new(&API).quota_bucket(&application).quota(Quota::per_second(2.0, 10))
/// };
/// let accounts = [account("key of one"), account("key of another")];
/// ```
#[derive(Clone, Debug)]
pub struct QuotaBucket(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    name: String,
    begun: Instant,
    bucket: Bucket,
}

/// A request of a client that has such buckets is taken note of while nobody else's is.
static SENDING: Mutex<()> = Mutex::new(());

impl QuotaBucket {
    /// Makes a bucket that is full; the name is the one that [`Client::health`](crate::Client::health) shows.
    pub fn new(name: impl Into<String>, quota: Quota) -> Self {
        Self(Arc::new(Shared {
            name: name.into(),
            begun: Instant::now(),
            bucket: Bucket::new(Some(quota)),
        }))
    }

    /// One that counts from a time on, which nothing shows by itself; without a quota, it is closed by servers only.
    pub(super) fn begun_at(begun: Instant, quota: Option<Quota>) -> Self {
        Self(Arc::new(Shared {
            name: String::new(),
            begun,
            bucket: Bucket::new(quota),
        }))
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub(super) fn alone() -> MutexGuard<'static, ()> {
        SENDING.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bucket, and the time as it is counted there.
    pub(super) fn at(&self, now: Instant) -> (&Bucket, u64) {
        let now = now.saturating_duration_since(self.0.begun);
        (&self.0.bucket, nanoseconds(now))
    }
}

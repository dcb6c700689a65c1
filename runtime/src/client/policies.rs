//! The policies of a client: how long calls may take, how often and how fast they are sent.

use std::sync::Arc;
use std::time::Duration;

use super::{ClientBuilder, Defaults};
use crate::admission::Admission;
use crate::breaker::Breaker;
use crate::hedge::Hedge;
use crate::limit::{Quota, QuotaBucket, SharedQuotas};
use crate::retry::Retry;
use crate::settings::CallSettings;

impl ClientBuilder {
    /// Limits how long a call may take in all; the default is 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.calls.timeout = Some(timeout);
        self
    }

    /// Limits how long each attempt of a call may take, its answer included; without, only the whole call is limited.
    ///
    /// An attempt that takes longer is given up, and tried again where the operation allows it.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.calls.attempt_timeout = Some(timeout);
        self
    }

    /// Says how calls are tried again; the default is [`Retry::new`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.calls.retry = Some(retry);
        self
    }

    /// Sets how many tokens there are for retries of all calls together; the default is 500.
    ///
    /// See [`Budget`](crate::retry::Budget) for what they are.
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.settings.retry_budget = Some(tokens);
        self
    }

    /// Sends a second request beside one that takes long, for all operations that change nothing; see [`Hedge`].
    pub fn hedge(mut self, hedge: Hedge) -> Self {
        self.settings.calls.hedge = Some(hedge);
        self
    }

    /// Lets calls that are under way at once, and would send the same request, share one; see
    /// [`coalesce`](crate::coalesce) for which are the same.
    pub fn coalesce(mut self) -> Self {
        self.coalesces = true;
        self
    }

    /// Limits how many requests are under way at once; without, any number is.
    ///
    /// A call that waits to try again makes room for others, and so does a download or a stream once its answer begins.
    /// One that waits for its quota has its place already, so that urgent calls overtake those behind it.
    pub fn admission(mut self, admission: Admission) -> Self {
        self.admission = Some(admission);
        self
    }

    /// Says when a server that fails is left alone; the default is [`Breaker::new`].
    pub fn breaker(mut self, breaker: Breaker) -> Self {
        self.breaker = Some(breaker);
        self
    }

    /// Limits how many requests all calls of the client send together, retries included.
    ///
    /// A call waits for its turn, in the order of calls, or fails at once where that would be after its deadline. What
    /// the description says of operations holds besides, as does what the server says in its headers (`Retry-After`,
    /// `RateLimit`, `X-RateLimit-…`, `x-amzn-RateLimit-Limit`).
    pub fn quota(mut self, quota: Quota) -> Self {
        self.settings.calls.quota = Some(quota);
        self
    }

    /// Takes a place in this bucket as well with each request, which other clients may do too.
    pub fn quota_bucket(mut self, bucket: &QuotaBucket) -> Self {
        self.quota_buckets.push(bucket.clone());
        self
    }

    /// Says how the calls of an operation are made, by its id; it comes before what is said of groups and of all calls,
    /// wherever that is said.
    pub fn for_operation(mut self, operation: impl Into<String>, settings: CallSettings) -> Self {
        self.settings
            .scopes
            .set_operation(operation.into(), settings);
        self
    }

    /// Says how the calls of a group of operations are made, by its name, which is that of the client's method.
    pub fn for_group(mut self, group: impl Into<String>, settings: CallSettings) -> Self {
        self.settings.scopes.set_group(group.into(), settings);
        self
    }

    /// Fixes what the client does unless it is told otherwise.
    pub fn defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = defaults;
        self
    }

    /// Counts requests together with other processes, besides for itself; see [`SharedQuotas`].
    ///
    /// What is shared are the quotas of the client and of operations, as the description and the settings have them.
    pub fn shared_quotas(mut self, quotas: impl SharedQuotas + 'static) -> Self {
        self.shared_quotas = Some(Arc::new(quotas));
        self
    }

    /// Sends requests without regard to quotas, wherever they are stated: for a server of one's own.
    pub fn ignore_quotas(mut self) -> Self {
        self.ignores_quotas = true;
        self
    }
}

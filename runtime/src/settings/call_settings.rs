//! What calls do where they don't say so themselves.

use std::time::Duration;

use crate::admission::Priority;
use crate::hedge::Hedge;
use crate::limit::Quota;
use crate::retry::Retry;

/// What the calls of an operation, or of a group of operations, do where they don't say so themselves.
///
/// What is left out is as for all calls of the client.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::{CallSettings, Priority, Quota, Retry};
/// use std::time::Duration;
///
/// let reports = CallSettings::new().timeout(Duration::from_secs(120)).priority(Priority::Background);
/// let builder = ClientBuilder::new(&API)
///     .for_group("reports", reports)
///     .for_operation("getReport", CallSettings::new().quota(Quota::per_second(0.5, 10)).retry(Retry::off()));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "it does nothing until a builder takes it"]
pub struct CallSettings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    pub(crate) hedge: Option<Hedge>,
    pub(crate) priority: Option<Priority>,
    pub(crate) quota: Option<Quota>,
    pub(crate) weight: Option<u32>,
}

impl CallSettings {
    /// Returns settings that say nothing.
    pub const fn new() -> Self {
        Self {
            timeout: None,
            attempt_timeout: None,
            retry: None,
            hedge: None,
            priority: None,
            quota: None,
            weight: None,
        }
    }

    /// Limits how long a call may take in all.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Limits how long each attempt may take, its answer included.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Says how calls are tried again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sends a second request beside one that takes long, where the operation changes nothing.
    pub fn hedge(mut self, hedge: Hedge) -> Self {
        self.hedge = Some(hedge);
        self
    }

    /// Says who goes first where calls wait for room.
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Limits how many requests are sent, in place of what the description says; that of a group is for all its
    /// operations together, besides their own.
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Sets how many requests of a quota one counts as, where an API prices them differently; the default is one.
    ///
    /// No request counts as more than the burst of a quota, which it would never fit.
    pub fn weight(mut self, weight: u32) -> Self {
        self.weight = Some(weight);
        self
    }

    /// What this says, and for the rest what another one does.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            timeout: self.timeout.or(other.timeout),
            attempt_timeout: self.attempt_timeout.or(other.attempt_timeout),
            retry: self.retry.or(other.retry),
            hedge: self.hedge.or(other.hedge),
            priority: self.priority.or(other.priority),
            quota: self.quota.or(other.quota),
            weight: self.weight.or(other.weight),
        }
    }
}

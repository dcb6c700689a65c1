//! Quotas that several processes share.

use std::fmt;
use std::time::Duration;

use super::Quota;
use crate::transport::BoxFuture;

/// Where several processes, or several clients, count the requests of one account together.
///
/// Each client still keeps the quotas by itself, so that nobody asks the store in vain, and heeds what servers say.
/// [`RedisQuotas`](crate::redis::RedisQuotas) (feature `redis`) is one; without, a client counts alone.
pub trait SharedQuotas: fmt::Debug + Send + Sync {
    /// Takes a place in all of these buckets, if the wait for it is no longer than `most`.
    ///
    /// A place that has been given counts, whether or not the request is sent. What happens while the store cannot be
    /// reached is up to the implementation; it must neither fail nor wait for long.
    fn reserve<'s>(&'s self, claims: &'s [Claim<'s>], most: Duration) -> BoxFuture<'s, Place>;
}

/// A bucket that a request takes a place in.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Claim<'c> {
    /// The id of the operation, or the name of the group; empty for the quota of the whole client.
    pub name: &'c str,
    /// How much the bucket lets through.
    pub quota: Quota,
    /// As how many requests this one counts.
    pub weight: u32,
    /// It is that of a group of operations.
    pub is_of_group: bool,
}

impl<'c> Claim<'c> {
    /// Names a bucket and its quota.
    pub const fn new(name: &'c str, quota: Quota) -> Self {
        Self {
            name,
            quota,
            weight: 1,
            is_of_group: false,
        }
    }

    pub(crate) const fn of_group(mut self) -> Self {
        self.is_of_group = true;
        self
    }

    /// A name that no other bucket of the account has.
    #[cfg(feature = "redis")]
    pub(crate) fn bucket(&self) -> String {
        match self.is_of_group {
            true => format!("group:{}", self.name),
            false => self.name.to_owned(),
        }
    }

    /// Counts as several requests, though as no more than the burst of the quota.
    pub const fn weight(mut self, weight: u32) -> Self {
        let burst = self.quota.burst();
        self.weight = if weight == 0 { 1 } else { weight };
        if self.weight > burst {
            self.weight = burst;
        }
        self
    }
}

/// The answer to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The request may be sent after this time.
    Taken(Duration),
    /// The wait would be this long, so no place has been taken.
    TooLate(Duration),
}

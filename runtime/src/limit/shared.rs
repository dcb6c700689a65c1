//! Quotas that several processes share.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Quota;
use super::bucket::{Bucket, nanoseconds};
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
    /// The id of the operation; empty for the quota of the whole client.
    pub name: &'c str,
    /// How much the bucket lets through.
    pub quota: Quota,
}

impl<'c> Claim<'c> {
    /// Names a bucket and its quota.
    pub const fn new(name: &'c str, quota: Quota) -> Self {
        Self { name, quota }
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

/// One process's part of shared quotas, for as long as nobody can be asked.
#[derive(Debug)]
pub(crate) struct OwnShare {
    begun: Instant,
    processes: u32,
    buckets: Mutex<HashMap<String, Bucket>>,
}

impl OwnShare {
    pub(crate) fn new(processes: u32) -> Self {
        Self {
            begun: Instant::now(),
            processes: processes.max(1),
            buckets: Mutex::default(),
        }
    }

    pub(crate) fn reserve(&self, claims: &[Claim<'_>], most: Duration, now: Instant) -> Place {
        let now = nanoseconds(now.saturating_duration_since(self.begun));
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        for claim in claims {
            if !buckets.contains_key(claim.name) {
                let bucket = Bucket::new(Some(self.part_of(claim.quota)));
                buckets.insert(claim.name.to_owned(), bucket);
            }
        }
        let of = |claim: &Claim<'_>| &buckets[claim.name];
        let longest = |wait: &dyn Fn(&Bucket) -> u64| {
            let waits = claims.iter().map(|claim| wait(of(claim)));
            Duration::from_nanos(waits.max().unwrap_or(0))
        };
        match longest(&|bucket| bucket.wait(now)) {
            wait if wait > most => Place::TooLate(wait),
            _ => Place::Taken(longest(&|bucket| bucket.reserve(now))),
        }
    }

    fn part_of(&self, quota: Quota) -> Quota {
        let rate = quota.rate() / f64::from(self.processes);
        Quota::per_second(rate, quota.burst() / self.processes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_process_has_its_part() {
        let share = OwnShare::new(4);
        let now = share.begun;
        let claims = [Claim::new("", Quota::per_second(8.0, 8))];
        let place = || share.reserve(&claims, Duration::from_secs(1), now);
        let taken = |millis| Place::Taken(Duration::from_millis(millis));
        assert_eq!(
            [place(), place(), place()],
            [taken(0), taken(0), taken(500)]
        );
        assert_eq!(place(), taken(1_000));
        let late = Place::TooLate(Duration::from_millis(1_500));
        assert_eq!([place(), place()], [late, late]);
    }
}

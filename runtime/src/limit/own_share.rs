//! What one process may do of what several share.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::bucket::{Bucket, nanoseconds};
use super::{Claim, Place, Quota};

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
            let bucket = buckets.entry(claim.bucket());
            bucket.or_insert_with(|| Bucket::new(Some(self.part_of(claim.quota))));
        }
        let of = |claim: &Claim<'_>| &buckets[&claim.bucket()];
        let longest = |wait: &dyn Fn(&Bucket, u32) -> u64| {
            let waits = claims.iter().map(|claim| wait(of(claim), claim.weight));
            Duration::from_nanos(waits.max().unwrap_or(0))
        };
        match longest(&|bucket, weight| bucket.wait(now, weight)) {
            wait if wait > most => Place::TooLate(wait),
            _ => Place::Taken(longest(&|bucket, weight| bucket.reserve(now, weight))),
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

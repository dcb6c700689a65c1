//! What lets an attempt through: a place, the circuit, the quotas.

use std::time::{Duration, Instant};

use super::assemble::Draft;
use super::path::Run;
use crate::admission;
use crate::breaker::Permit;
use crate::error::{Failure, FailureKind};
use crate::limit::{Buckets, Claim, Limiter, Place, SharedQuotas};

/// What an attempt holds to its end, and gives back when it is dropped: its place, and what the circuit waits to hear.
pub(super) struct Pass<'c> {
    #[expect(dead_code, reason = "it is held, and given back when it is dropped")]
    place: Option<admission::Permit<'c>>,
    pub(super) permit: Option<Permit<'c>>,
    /// When it was let through.
    pub(super) began: Instant,
}

impl<'c> Run<'c> {
    /// Waits until an attempt is let through.
    pub(super) async fn pass(&mut self, draft: &Draft<'_>) -> Result<Pass<'c>, Box<Failure>> {
        let place = self.enter().await?;
        let began = self.now(draft);
        let mut pass = Pass {
            place,
            permit: self.admit(draft, began)?,
            began,
        };
        self.choose_keys(draft, began)?;
        let wait = self.reserve(began)?;
        if wait.is_some() || self.has_shared_quotas() {
            // On the heap, since it would make every call bigger.
            pass.began = Box::pin(self.wait_for_quota(began, wait)).await?;
            // An open circuit costs no quota, and may have opened while the quota took its time.
            pass.permit = None;
            pass.permit = self.admit(draft, pass.began)?;
        }
        Ok(pass)
    }

    /// The time, which a clock is asked for only where it has passed: what has no body is made at once.
    fn now(&mut self, draft: &Draft<'_>) -> Instant {
        match std::mem::take(&mut self.is_fresh) && !draft.has_body() {
            true => self.deadline.started(),
            false => self.shared.clock.now(),
        }
    }

    /// Waits until there is room for one more request under way.
    async fn enter(&mut self) -> Result<Option<admission::Permit<'c>>, Box<Failure>> {
        let Some(gate) = &self.shared.gate else {
            return Ok(None);
        };
        if let Some(place) = gate.enter_at_once() {
            return Ok(Some(place));
        }
        self.is_fresh = false;
        let entering = gate.enter(self.settled.priority);
        let entering = entering.map_err(|waiting| self.failed(FailureKind::Crowded(waiting)))?;
        let entered = self.deadline.before(&mut self.timer, entering).await;
        entered.map(Some).ok_or_else(|| self.timed_out())
    }

    /// Asks the circuit of the operation.
    fn admit(&self, draft: &Draft<'_>, now: Instant) -> Result<Option<Permit<'c>>, Box<Failure>> {
        let origin = draft.place.base_url.origin();
        let group = self.call.operation.group;
        let circuits = &self.shared.circuits;
        let admitted = match draft.place.is_usual {
            true => circuits.admit_own(&self.call.station.circuit, origin, group, now),
            false => circuits.admit(origin, group, now),
        };
        admitted.map_err(|wait| self.failed(FailureKind::CircuitOpen(wait)))
    }

    /// Takes a place in the quotas, or refuses to where it is too late; how long to wait, where the request cannot be sent
    /// at once.
    fn reserve(&self, now: Instant) -> Result<Option<Duration>, Box<Failure>> {
        let Some(limiter) = &self.shared.limiter else {
            return Ok(None);
        };
        let buckets = self.buckets(limiter);
        let passed = buckets.pass(now, || self.deadline.left_at(now));
        passed.map_err(|wait| self.over_quota(wait))
    }

    /// Waits until the quotas let a request through that has its place; until when.
    async fn wait_for_quota(
        &mut self,
        mut now: Instant,
        mut wait: Option<Duration>,
    ) -> Result<Instant, Box<Failure>> {
        let Some(limiter) = &self.shared.limiter else {
            return Ok(now);
        };
        let weight = self.settled.weight;
        while let Some(longer) = wait {
            now = self.wait(longer).await?;
            // A server may have closed one that was not there yet.
            let buckets = self.buckets(limiter);
            let passed = buckets.pass_on(now, || self.deadline.left_at(now));
            wait = passed.map_err(|wait| self.over_quota(wait))?;
        }
        match limiter.shared(&self.call.operation, weight) {
            None => Ok(now),
            Some((shared, claims)) => self.wait_for_others(shared, &claims).await,
        }
    }

    fn buckets<'r>(&'r self, limiter: &'r Limiter) -> Buckets<'r> {
        let own = &self.call.station.bucket;
        let buckets = limiter.buckets(&self.call.operation, own, self.settled.weight);
        match &self.keys {
            None => buckets,
            Some(_) => self.with_keys(buckets),
        }
    }

    fn has_shared_quotas(&self) -> bool {
        let limiter = self.shared.limiter.as_ref();
        limiter.is_some_and(Limiter::has_shared)
    }

    /// Waits for what other processes leave of the quotas.
    async fn wait_for_others(
        &mut self,
        shared: &dyn SharedQuotas,
        claims: &[Claim<'_>],
    ) -> Result<Instant, Box<Failure>> {
        let reserving = shared.reserve(claims, self.deadline.left());
        match self.deadline.before(&mut self.timer, reserving).await {
            None => Err(self.timed_out()),
            Some(Place::TooLate(wait)) => Err(self.over_quota(wait)),
            Some(Place::Taken(Duration::ZERO)) => Ok(self.shared.clock.now()),
            Some(Place::Taken(wait)) => self.wait(wait).await,
        }
    }

    async fn wait(&mut self, wait: Duration) -> Result<Instant, Box<Failure>> {
        self.trace.waits_for_quota(wait);
        let sleep = self.shared.clock.sleep(wait);
        let slept = self.deadline.before(&mut self.timer, sleep).await;
        slept
            .map(|()| self.shared.clock.now())
            .ok_or_else(|| self.timed_out())
    }

    fn over_quota(&self, wait: Duration) -> Box<Failure> {
        self.failed(FailureKind::OverQuota(wait, self.deadline.left()))
    }

    /// What an attempt beside another needs, if nothing makes it wait: it is no more than a try to be quicker.
    pub(super) fn at_once(&self, draft: &Draft<'_>) -> Option<Pass<'c>> {
        let place = match &self.shared.gate {
            Some(gate) => Some(gate.enter_at_once()?),
            None => None,
        };
        let now = self.shared.clock.now();
        let permit = self.admit(draft, now).ok()?;
        if let Some(limiter) = &self.shared.limiter {
            let weight = self.settled.weight;
            // To ask others takes time.
            if limiter.shared(&self.call.operation, weight).is_some() {
                return None;
            }
            let buckets = self.buckets(limiter);
            buckets.reserve(now, Duration::ZERO).ok()?;
            buckets.send(now).ok()?;
        }
        Some(Pass {
            place,
            permit,
            began: now,
        })
    }
}

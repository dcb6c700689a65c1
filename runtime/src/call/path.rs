//! The call path: every call of every operation goes through one function.

use std::pin::pin;
use std::time::{Duration, Instant};

use super::assemble::Draft;
use super::deadline::Deadline;
use super::outcome::{blame, count, event};
use super::target::Place;
use super::{Call, span};
use crate::admission;
use crate::breaker::Permit;
use crate::client::Shared;
use crate::error::{Failure, FailureKind};
use crate::random::uuid;
use crate::response::Answer;
use crate::retry::{Decision, GivenUp, RetryClass, Trace, Tried};
use crate::transport::{ResponseBody, TransportRequest};

/// An answer whose body is read by the caller, or was read since it is no success.
pub(crate) enum Arrival {
    Success(Answer, ResponseBody),
    Refused(Answer),
}

/// Carries a call out to the end of its answer, whatever its status, inside a span of its own.
///
/// A function with a block, since the arguments of an `async fn` are in its future twice.
#[expect(clippy::manual_async_fn, reason = "see above")]
pub(crate) fn carry_out(call: Call) -> impl Future<Output = Result<Answer, Box<Failure>>> + Send {
    async move {
        let place = call.target.place(&call.operation, call.client.shared());
        let span = span::begin(&call, place.as_ref().ok());
        let whole = pin!(async {
            let (answer, _) = Run::begin(&call).drive(place, true).await?;
            show(&call, &answer);
            Ok(answer)
        });
        let result: Result<Answer, Box<Failure>> = span::inside(&span, whole).await;
        let outcome = result.as_ref().map_err(|failure| &**failure);
        count(&call, outcome);
        span::end(&span, outcome);
        result
    }
}

/// Carries a call out to the head of its answer; the span ends there.
#[expect(clippy::manual_async_fn, reason = "as of the function above")]
pub(super) fn begin(call: Call) -> impl Future<Output = Result<Arrival, Box<Failure>>> + Send {
    async move {
        let place = call.target.place(&call.operation, call.client.shared());
        let span = span::begin(&call, place.as_ref().ok());
        let head = pin!(async {
            let arrival = match Run::begin(&call).drive(place, false).await? {
                (answer, Some(body)) => Arrival::Success(answer, body),
                (answer, None) => Arrival::Refused(answer),
            };
            show(&call, arrival.answer());
            Ok(arrival)
        });
        let result: Result<Arrival, Box<Failure>> = span::inside(&span, head).await;
        let outcome = result.as_ref().map_err(|failure| &**failure);
        let outcome = outcome.map(Arrival::answer);
        count(&call, outcome);
        span::end(&span, outcome);
        result
    }
}

impl Arrival {
    fn answer(&self) -> &Answer {
        match self {
            Arrival::Success(answer, _) | Arrival::Refused(answer) => answer,
        }
    }
}

/// One call on its way.
pub(super) struct Run<'c> {
    pub(super) call: &'c Call,
    pub(super) shared: &'c Shared,
    pub(super) deadline: Deadline<'c>,
    /// How many requests have been sent, or tried to be.
    pub(super) attempts: u32,
    /// What the last retry paid.
    paid: u32,
    trace: Trace,
}

/// An answer, and its body as far as that has not been read.
pub(super) type Arrived = (Answer, Option<ResponseBody>);

impl<'c> Run<'c> {
    fn begin(call: &'c Call) -> Self {
        let shared = call.client.shared();
        let timeout = call.timeout.unwrap_or(shared.timeout);
        Self {
            call,
            shared,
            deadline: Deadline::begin(&*shared.clock, timeout),
            attempts: 0,
            paid: 0,
            trace: Trace::default(),
        }
    }

    /// The straight path. The order of its stages, also of those to come, is settled here:
    ///
    /// 1. the deadline has begun, and the request is assembled;
    /// 2. cache and coalescing, which cost the server nothing;
    /// 3. for each attempt: admission, breaker (an open circuit costs no quota), limiter, request hooks, credential
    ///    (tokens age while waiting), sending, feedback to all of them, and whether there is another attempt; while a
    ///    call waits for that, it holds no place.
    ///
    /// Decoding comes after the path, since it alone depends on the operation.
    /// The body is read where it is wanted whole, and where it says what is wrong.
    async fn drive(
        &mut self,
        place: Result<Place<'c>, String>,
        whole: bool,
    ) -> Result<Arrived, Box<Failure>> {
        let draft = place.and_then(|place| Draft::new(self.call, place));
        let mut draft = draft.map_err(|reason| self.invalid(reason))?;
        // The first one is made before anything waits, so that what is wrong with it comes out at once.
        let first = draft.request(self.call);
        let mut first = first.map_err(|reason| self.invalid(reason))?;
        let class = self.repeatable(&mut draft, &mut first);
        let mut next = Some(first);
        let mut last = None;
        loop {
            // Held to the end of the attempt, and not while the call waits to try again.
            let place = match self.enter().await {
                Ok(place) => place,
                Err(failure) => return self.end(last, failure),
            };
            let (permit, began) = match self.ready(&draft).await {
                Ok(ready) => ready,
                Err(failure) => return self.end(last, failure),
            };
            self.attempts += 1;
            let mut outcome = self.attempt(&draft, &mut next, whole).await;
            let ended = self.shared.clock.now();
            if let Ok((answer, _)) = &mut outcome {
                answer.set_elapsed(self.deadline.elapsed_at(ended));
            }
            let took = ended.saturating_duration_since(began);
            if let Some(permit) = permit {
                permit.record(blame(&outcome), took, ended);
            }
            drop(place);
            let Some(event) = event(&outcome) else {
                return self.finish(outcome);
            };
            let tried = Tried {
                event,
                attempt: self.attempts,
                class,
                is_repeatable: draft.is_repeatable(),
                left: self.deadline.left_at(ended),
            };
            match self.decide(&tried) {
                Decision::GiveUp(reason) => {
                    self.trace.ends(event, took, reason);
                    return self.finish(outcome);
                }
                Decision::Again { wait, cost } => {
                    self.paid = cost;
                    self.trace.waits(event, took, wait);
                    last = Some(outcome);
                    let sleep = self.shared.clock.sleep(wait);
                    if self.deadline.before(sleep).await.is_none() {
                        return self.finish(Err(self.timed_out()));
                    }
                }
            }
        }
    }

    /// Waits until there is room for one more request under way.
    async fn enter(&mut self) -> Result<Option<admission::Permit<'c>>, Box<Failure>> {
        let Some(gate) = &self.shared.gate else {
            return Ok(None);
        };
        let entering = gate.enter(self.call.priority);
        let entering = entering.map_err(|waiting| self.failed(FailureKind::Crowded(waiting)))?;
        let entered = self.deadline.before(entering).await;
        entered.map(Some).ok_or_else(|| self.timed_out())
    }

    /// Waits until circuit and quotas let a request through, and says when that is.
    async fn ready(
        &mut self,
        draft: &Draft<'_>,
    ) -> Result<(Option<Permit<'c>>, Instant), Box<Failure>> {
        let now = self.shared.clock.now();
        // An open circuit costs no quota, and may have opened while the quota took its time.
        let permit = self.admit(draft, now)?;
        match self.wait_for_quota(now).await? {
            None => Ok((permit, now)),
            Some(now) => {
                drop(permit);
                Ok((self.admit(draft, now)?, now))
            }
        }
    }

    /// Asks the circuit of the operation.
    fn admit(&self, draft: &Draft<'_>, now: Instant) -> Result<Option<Permit<'c>>, Box<Failure>> {
        let origin = draft.place.base_url.origin();
        let group = self.call.operation.group;
        let admitted = self.shared.circuits.admit(origin, group, now);
        admitted.map_err(|wait| self.failed(FailureKind::CircuitOpen(wait)))
    }

    /// Waits until the quotas let a request through, or refuses to where that is too late; until when, if it took time.
    async fn wait_for_quota(&mut self, now: Instant) -> Result<Option<Instant>, Box<Failure>> {
        let Some(limiter) = &self.shared.limiter else {
            return Ok(None);
        };
        let mut buckets = limiter.buckets(&self.call.operation);
        let reserved = buckets.reserve(now, self.deadline.left_at(now));
        let mut wait = reserved.map_err(|wait| self.over_quota(wait))?;
        let mut waited = None;
        loop {
            if !wait.is_zero() {
                self.trace.waits_for_quota(wait);
                let sleep = self.shared.clock.sleep(wait);
                if self.deadline.before(sleep).await.is_none() {
                    return Err(self.timed_out());
                }
                waited = Some(self.shared.clock.now());
                // A server may have closed one that was not there yet.
                buckets = limiter.buckets(&self.call.operation);
            }
            let now = waited.unwrap_or(now);
            match buckets.send(now) {
                Ok(()) => return Ok(waited),
                Err(longer) if longer >= self.deadline.left_at(now) => {
                    return Err(self.over_quota(longer));
                }
                Err(longer) => wait = longer,
            }
        }
    }

    fn over_quota(&self, wait: Duration) -> Box<Failure> {
        self.failed(FailureKind::OverQuota(wait, self.deadline.left()))
    }

    /// Gives the requests an idempotency key, where the operation takes one, and says what the operation allows.
    fn repeatable(&self, draft: &mut Draft<'_>, first: &mut TransportRequest) -> RetryClass {
        let header = self.shared.api.idempotency_header;
        let has_key = first.headers.get(header).is_some();
        match self.call.operation.retry_class {
            RetryClass::IdempotentWithKey if !has_key => {
                draft.set_key(header, uuid(&*self.shared.random), first);
                RetryClass::IdempotentWithKey
            }
            // Whoever gives a key knows that the server heeds it.
            RetryClass::Unsafe if has_key => RetryClass::IdempotentWithKey,
            class => class,
        }
    }

    fn decide(&self, tried: &Tried) -> Decision {
        let policy = self.call.retry.as_ref().unwrap_or(&self.shared.retry);
        match policy.decide(tried, &*self.shared.random) {
            Decision::Again { cost, .. } if !self.shared.retry_budget.take(cost) => {
                Decision::GiveUp(GivenUp::Budget)
            }
            decision => decision,
        }
    }

    /// Ends before an attempt: what the one before it came to says more than why there is no other.
    fn end(
        &mut self,
        last: Option<Result<Arrived, Box<Failure>>>,
        failure: Box<Failure>,
    ) -> Result<Arrived, Box<Failure>> {
        let reason = match failure.kind {
            FailureKind::CircuitOpen(wait) => Some(GivenUp::Circuit(wait)),
            FailureKind::OverQuota(wait, _) => Some(GivenUp::Quota(wait)),
            FailureKind::Crowded(waiting) => Some(GivenUp::Crowded(waiting)),
            _ => None,
        };
        match (last, reason) {
            (Some(last), Some(reason)) => {
                self.trace.gives_up(reason);
                self.finish(last)
            }
            _ => self.finish(Err(failure)),
        }
    }

    /// Hands the way over to the outcome, and a success pays the budget back.
    fn finish(&mut self, outcome: Result<Arrived, Box<Failure>>) -> Result<Arrived, Box<Failure>> {
        let trace = std::mem::take(&mut self.trace);
        match outcome {
            Ok((mut answer, body)) => {
                if answer.is_success() {
                    self.shared.retry_budget.give(self.paid.max(1));
                }
                answer.set_trace(trace);
                Ok((answer, body))
            }
            Err(mut failure) => {
                failure.trace = trace;
                Err(failure)
            }
        }
    }

    pub(super) fn timed_out(&self) -> Box<Failure> {
        self.failed(FailureKind::Timeout(self.deadline.timeout()))
    }

    pub(super) fn invalid(&self, reason: String) -> Box<Failure> {
        self.unsent(FailureKind::InvalidRequest(reason))
    }

    /// What fails before an attempt is sent is no attempt.
    pub(super) fn unsent(&self, kind: FailureKind) -> Box<Failure> {
        let mut failure = self.failed(kind);
        failure.attempts = failure.attempts.saturating_sub(1);
        failure
    }

    pub(super) fn failed(&self, kind: FailureKind) -> Box<Failure> {
        let operation = self.call.operation.clone();
        let failure = Failure::new(operation, kind, self.attempts, self.deadline.elapsed());
        Box::new(failure)
    }
}

/// Shows an answer to the hooks.
fn show(call: &Call, answer: &Answer) {
    let hooks = [Some(&call.client.shared().hooks), call.hooks.as_deref()];
    hooks
        .into_iter()
        .flatten()
        .for_each(|hooks| hooks.show(answer));
}

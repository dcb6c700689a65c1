//! The call path: every call of every operation goes through one function.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use tracing::Instrument;

use super::assemble::{Draft, assemble};
use super::outcome::{blame, count, event};
use super::{Call, span};
use crate::admission;
use crate::breaker::Permit;
use crate::client::Shared;
use crate::error::{Failure, FailureKind};
use crate::random::uuid;
use crate::response::Answer;
use crate::retry::{Decision, GivenUp, RetryClass, Trace, Tried};
use crate::transport::{BoxFuture, ResponseBody};

/// An answer whose body is read by the caller, or was read since it is no success.
pub(crate) enum Arrival {
    Success(Answer, ResponseBody),
    Refused(Answer),
}

/// Carries a call out to the end of its answer, whatever its status, inside a span of its own.
pub(crate) async fn carry_out(call: Call) -> Result<Answer, Box<Failure>> {
    let span = span::begin(&call);
    let whole = async {
        let mut run = Run::begin(&call);
        let (answer, _) = run.drive(true).await?;
        show(&call, &answer);
        Ok(answer)
    };
    let result: Result<Answer, Box<Failure>> = whole.instrument(span.clone()).await;
    let outcome = result.as_ref().map_err(|failure| &**failure);
    count(&call, outcome);
    span::end(&span, outcome);
    result
}

/// Carries a call out to the head of its answer; the span ends there.
pub(super) async fn begin(call: Call) -> Result<Arrival, Box<Failure>> {
    let span = span::begin(&call);
    let head = async {
        let mut run = Run::begin(&call);
        let arrival = match run.drive(false).await? {
            (answer, Some(body)) => Arrival::Success(answer, body),
            (answer, None) => Arrival::Refused(answer),
        };
        let (Arrival::Success(answer, _) | Arrival::Refused(answer)) = &arrival;
        show(&call, answer);
        Ok(arrival)
    };
    let result: Result<Arrival, Box<Failure>> = head.instrument(span.clone()).await;
    let outcome = result.as_ref().map_err(|failure| &**failure);
    let outcome = outcome.map(|arrival| match arrival {
        Arrival::Success(answer, _) | Arrival::Refused(answer) => answer,
    });
    count(&call, outcome);
    span::end(&span, outcome);
    result
}

/// One call on its way.
pub(super) struct Run<'c> {
    pub(super) call: &'c Call,
    pub(super) shared: &'c Shared,
    started: Instant,
    pub(super) timeout: Duration,
    pub(super) deadline: BoxFuture<'static, ()>,
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
            started: shared.clock.now(),
            timeout,
            deadline: shared.clock.sleep(timeout),
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
    async fn drive(&mut self, whole: bool) -> Result<Arrived, Box<Failure>> {
        let draft = assemble(self.call).map_err(|reason| self.invalid(reason))?;
        let (draft, class) = self.repeatable(draft);
        let mut last = None;
        loop {
            // Held to the end of the attempt, and not while the call waits to try again.
            let place = match self.enter().await {
                Ok(place) => place,
                Err(failure) => return self.end(last, failure),
            };
            let permit = match self.ready(&draft).await {
                Ok(permit) => permit,
                Err(failure) => return self.end(last, failure),
            };
            self.attempts += 1;
            let began = self.shared.clock.now();
            let outcome = self.attempt(&draft, whole).await;
            let ended = self.shared.clock.now();
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
                left: self.left(),
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
                    if before(&mut self.deadline, sleep).await.is_none() {
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
        let entered = before(&mut self.deadline, entering).await;
        entered.map(Some).ok_or_else(|| self.timed_out())
    }

    /// Waits until circuit and quotas let a request through.
    async fn ready(&mut self, draft: &Draft) -> Result<Option<Permit<'c>>, Box<Failure>> {
        // An open circuit costs no quota, and may have opened while the quota took its time.
        let permit = self.admit(draft)?;
        match self.wait_for_quota().await? {
            false => Ok(permit),
            true => {
                drop(permit);
                self.admit(draft)
            }
        }
    }

    /// Asks the circuit of the operation.
    fn admit(&self, draft: &Draft) -> Result<Option<Permit<'c>>, Box<Failure>> {
        let (origin, group) = (draft.base_url.origin(), self.call.operation.group);
        let now = self.shared.clock.now();
        let admitted = self.shared.circuits.admit(origin, group, now);
        admitted.map_err(|wait| self.failed(FailureKind::CircuitOpen(wait)))
    }

    /// Waits until the quotas let a request through, or refuses to where that is too late; whether it took any time.
    async fn wait_for_quota(&mut self) -> Result<bool, Box<Failure>> {
        let Some(limiter) = &self.shared.limiter else {
            return Ok(false);
        };
        let operation = &self.call.operation;
        let reserved = limiter.reserve(operation, self.shared.clock.now(), self.left());
        let mut wait = reserved.map_err(|wait| self.over_quota(wait))?;
        let mut has_waited = false;
        loop {
            if !wait.is_zero() {
                has_waited = true;
                self.trace.waits_for_quota(wait);
                let sleep = self.shared.clock.sleep(wait);
                if before(&mut self.deadline, sleep).await.is_none() {
                    return Err(self.timed_out());
                }
            }
            match limiter.send(operation, self.shared.clock.now()) {
                Ok(()) => return Ok(has_waited),
                Err(longer) if longer >= self.left() => return Err(self.over_quota(longer)),
                Err(longer) => wait = longer,
            }
        }
    }

    fn over_quota(&self, wait: Duration) -> Box<Failure> {
        self.failed(FailureKind::OverQuota(wait, self.left()))
    }

    /// The draft with an idempotency key, where the operation takes one, and what the operation allows.
    fn repeatable(&self, mut draft: Draft) -> (Draft, RetryClass) {
        let header = self.shared.api.idempotency_header;
        let class = self.call.operation.retry_class;
        let has_key = draft.has_header(header);
        if class == RetryClass::IdempotentWithKey && !has_key {
            draft.set_header(header, uuid(&*self.shared.random));
        }
        match class {
            // Whoever gives a key knows that the server heeds it.
            RetryClass::Unsafe if has_key => (draft, RetryClass::IdempotentWithKey),
            class => (draft, class),
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
        self.failed(FailureKind::Timeout(self.timeout))
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
        let failure = Failure::new(operation, kind, self.attempts, self.elapsed());
        Box::new(failure)
    }

    fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.elapsed())
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.shared
            .clock
            .now()
            .saturating_duration_since(self.started)
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

/// Waits for `future`, but gives it up when `deadline` comes first.
pub(super) async fn before<T>(
    deadline: &mut BoxFuture<'static, ()>,
    future: impl Future<Output = T>,
) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => deadline.as_mut().poll(context).map(|()| None),
    })
    .await
}

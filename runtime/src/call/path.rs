//! The call path: every call of every operation goes through one function.

use std::pin::pin;
use std::time::Duration;

use tracing::Span;

use super::arrived::{Arrived, Outcome};
use super::assemble::Draft;
use super::attempt::{Attempt, Attempted};
use super::deadline::{Deadline, Timer};
use super::hedged::hedged;
use super::keys::Keys;
use super::outcome::{count, event};
use super::target::Place;
use super::{Call, span};
use crate::client::Shared;
use crate::clock::Correction;
use crate::coalesce::{Boarding, Flights, Key, Landed, Lead};
use crate::error::{Failure, FailureKind};
use crate::random::uuid;
use crate::response::Answer;
use crate::retry::{Decision, GivenUp, RetryClass, Trace, Tried};
use crate::settings::Settled;
use crate::token::Held;

/// Carries a call out, inside a span of its own: to the end of its answer, whatever its status, or, where that is not
/// `whole`, to the head of a success.
///
/// A function with a block, since the arguments of an `async fn` are in its future twice.
#[expect(clippy::manual_async_fn, reason = "see above")]
pub(crate) fn carry_out(call: Call, whole: bool) -> impl Future<Output = Outcome> + Send {
    async move {
        let mut run = Run::begin(&call, whole);
        let (span, place) = begin(&call);
        let mut draft = match place.map(Draft::to) {
            Ok(draft) => draft,
            Err(reason) => return end(&call, &span, Err(run.invalid(reason))),
        };
        // The first request is made before anything waits, so that what is wrong with it comes out at once.
        if let Err(reason) = span.in_scope(|| draft.prepare(&call)) {
            return end(&call, &span, Err(run.invalid(reason)));
        }
        let outcome = span::inside(&span, pin!(run.drive(&mut draft))).await;
        end(&call, &span, outcome)
    }
}

/// Begins the span, and settles where the call goes.
fn begin(call: &Call) -> (Span, Result<Place<'_>, String>) {
    let place = call.place();
    (span::begin(call, place.as_ref().ok()), place)
}

/// Tells an outcome to all who want to know.
fn end(call: &Call, span: &Span, outcome: Outcome) -> Outcome {
    let settled = outcome.as_ref();
    let settled = settled.map(|arrived| &arrived.answer);
    let settled = settled.map_err(|failure| &**failure);
    if let Ok(answer) = settled {
        span.in_scope(|| show(call, answer));
    }
    count(call, settled);
    span::end(span, settled);
    outcome
}

/// One call on its way.
pub(super) struct Run<'c> {
    pub(super) call: &'c Call,
    pub(super) shared: &'c Shared,
    pub(super) settled: Settled<'c>,
    /// Whether answers are read to their ends.
    pub(super) whole: bool,
    pub(super) deadline: Deadline<'c>,
    pub(super) timer: Timer,
    /// How many requests have been sent, or tried to be.
    pub(super) attempts: u32,
    /// What the last retry paid.
    paid: u32,
    /// What the attempt sends of tokens that are fetched.
    pub(super) tokens: Box<[Held]>,
    pub(super) has_renewed: bool,
    /// What is added to the time that the attempt is signed with.
    pub(super) correction: Correction,
    /// What it sends of sets of keys; on the heap, since few calls have any.
    pub(super) keys: Option<Box<Keys>>,
    /// Nothing has taken time since the deadline began.
    pub(super) is_fresh: bool,
    pub(super) trace: Trace,
}

impl<'c> Run<'c> {
    fn begin(call: &'c Call, whole: bool) -> Self {
        let shared = call.client.shared();
        let settled = call.settled();
        Self {
            call,
            shared,
            settled,
            whole,
            deadline: Deadline::begin(&*shared.clock, settled.timeout),
            timer: Timer::default(),
            attempts: 0,
            paid: 0,
            tokens: Box::default(),
            has_renewed: false,
            correction: Correction::default(),
            keys: None,
            is_fresh: true,
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
    async fn drive(&mut self, draft: &mut Draft<'c>) -> Outcome {
        let class = self.repeatable(draft);
        match &self.shared.flights {
            None => self.send(draft, class).await,
            // On the heap, since it would make every call bigger, and few clients want it.
            Some(flights) => Box::pin(self.share(flights, draft, class)).await,
        }
    }

    /// Sends the request, for all who come meanwhile, or waits for that of another call.
    async fn share(
        &mut self,
        flights: &'c Flights<Landed>,
        draft: &mut Draft<'c>,
        class: RetryClass,
    ) -> Outcome {
        self.is_fresh = false;
        let lead = match self.board(flights, draft, class).await {
            Ok(lead) => lead,
            Err(landed) => return landed.map(Arrived::read),
        };
        let outcome = self.send(draft, class).await;
        if let Some(lead) = lead {
            let answer = outcome.as_ref().map(|arrived| arrived.answer.clone());
            lead.land(answer.map_err(Clone::clone));
        }
        outcome
    }

    /// Sends the request until there is an outcome, or no more to be gained.
    async fn send(&mut self, draft: &mut Draft<'c>, class: RetryClass) -> Outcome {
        let mut last = None;
        loop {
            if self.has_keys()
                && let Err(failure) = Box::pin(self.ready_keys(draft)).await
            {
                return self.end(last, failure);
            }
            let mut pass = match self.pass(draft).await {
                Ok(pass) => pass,
                Err(failure) => return self.end(last, failure),
            };
            if self.keys.is_some() && self.has_stale_keys() {
                continue;
            }
            if self.has_tokens() {
                // On the heap, since it would make every call bigger.
                if let Err(failure) = Box::pin(self.hold_tokens(draft)).await {
                    return self.end(last, failure);
                }
                // What a token took says nothing of the server.
                pass.began = self.shared.clock.now();
            }
            self.look_up_time(draft);
            self.attempts += 1;
            let made = draft.take_first();
            let mut attempt = Attempt::new(self, draft, pass);
            let (span, sending) = attempt.begin(made);
            let Attempted {
                outcome,
                took,
                ended,
                signed,
            } = match self.hedge(class) {
                None => attempt.settle(&span, sending).await,
                Some(delay) => {
                    // On the heap, since two attempts would make every call as big.
                    let both = Box::pin(hedged(attempt, (span, sending), delay));
                    let (attempted, is_hedged) = both.await;
                    self.attempts += u32::from(is_hedged);
                    self.trace.hedges(is_hedged);
                    attempted.after(self.attempts, is_hedged)
                }
            };
            let sent = ended.checked_sub(took).unwrap_or(ended);
            if self.keys.is_some() {
                self.credit_keys(&outcome, sent, ended);
            }
            let Some(event) = event(&outcome) else {
                return self.finish(outcome);
            };
            let event = match self.keys.is_some() {
                true => self.event_for_keys(draft, event),
                false => event,
            };
            let tried = Tried {
                event,
                attempt: self.attempts,
                class,
                is_repeatable: draft.is_repeatable(),
                left: self.deadline.left_at(ended),
            };
            if self.renews(draft, &tried, &outcome, signed)
                || self.falls_over(draft, &tried, &outcome, sent)
            {
                self.trace.waits(event, took, Duration::ZERO);
                last = Some(outcome);
                continue;
            }
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
                    if self.deadline.before(&mut self.timer, sleep).await.is_none() {
                        return self.finish(Err(self.timed_out()));
                    }
                }
            }
        }
    }

    /// Waits for what comes of the same request of another call, which is the `Err`; without, the call sends it, for all
    /// who come meanwhile where it is like others.
    async fn board(
        &mut self,
        flights: &'c Flights<Landed>,
        draft: &Draft<'_>,
        class: RetryClass,
    ) -> Result<Option<Lead<'c, Landed>>, Landed> {
        let first = draft.first();
        let first = first.filter(|_| self.whole && self.call.overrides().is_like_others());
        let Some(key) = first.and_then(|first| Key::of(class, first)) else {
            return Ok(None);
        };
        loop {
            let join = match flights.board(key.clone()) {
                Boarding::Lead(lead) => return Ok(Some(lead)),
                Boarding::Join(join) => join,
            };
            let mut landed = match self.deadline.before(&mut self.timer, join).await {
                Some(Some(landed)) => landed,
                Some(None) => continue,
                None => return Err(Err(self.timed_out())),
            };
            self.trace.shares();
            let (trace, elapsed) = (std::mem::take(&mut self.trace), self.deadline.elapsed());
            match &mut landed {
                Ok(answer) => {
                    answer.set_trace(trace);
                    answer.set_elapsed(elapsed);
                }
                Err(failure) => (failure.trace, failure.elapsed) = (trace, elapsed),
            }
            return Err(landed);
        }
    }

    /// Gives the requests an idempotency key, where the operation takes one, and says what the operation allows.
    fn repeatable(&self, draft: &mut Draft<'_>) -> RetryClass {
        let class = self.call.operation.retry_class;
        if !matches!(class, RetryClass::IdempotentWithKey | RetryClass::Unsafe) {
            return class;
        }
        let header = self.shared.api.idempotency_header;
        let first = draft.first();
        let has_key = first.is_some_and(|first| first.headers.get(header).is_some());
        match class {
            RetryClass::IdempotentWithKey if !has_key => {
                draft.set_key(header, uuid(&*self.shared.random));
                class
            }
            // Whoever gives a key knows that the server heeds it.
            RetryClass::Unsafe if has_key => RetryClass::IdempotentWithKey,
            _ => class,
        }
    }

    /// How long an attempt may take before another one is sent beside it.
    fn hedge(&self, class: RetryClass) -> Option<Duration> {
        let policy = self.settled.hedge?;
        let most = self.settled.retry.most_attempts();
        policy.delay(class, self.attempts, most)
    }

    fn decide(&self, tried: &Tried) -> Decision {
        match self.settled.retry.decide(tried, &*self.shared.random) {
            Decision::Again { cost, .. } if !self.shared.retry_budget.take(cost) => {
                Decision::GiveUp(GivenUp::Budget)
            }
            decision => decision,
        }
    }

    /// Ends before an attempt: what the one before it came to says more than why there is no other.
    fn end(&mut self, last: Option<Outcome>, failure: Box<Failure>) -> Outcome {
        if let FailureKind::NoKey(_) = failure.kind {
            return self.end_without_key(last, failure);
        }
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
    pub(super) fn finish(&mut self, mut outcome: Outcome) -> Outcome {
        let trace = std::mem::take(&mut self.trace);
        match &mut outcome {
            Ok(arrived) => {
                if arrived.answer.is_success() {
                    self.shared.retry_budget.give(self.paid.max(1));
                }
                arrived.answer.set_trace(trace);
            }
            Err(failure) => failure.trace = trace,
        }
        outcome
    }

    pub(super) fn timed_out(&self) -> Box<Failure> {
        self.failed(FailureKind::Timeout(self.deadline.timeout()))
    }

    pub(super) fn invalid(&self, reason: String) -> Box<Failure> {
        self.failed(FailureKind::InvalidRequest(reason))
    }

    /// A failure between attempts.
    pub(super) fn failed(&self, kind: FailureKind) -> Box<Failure> {
        self.failure(kind, self.attempts)
    }

    pub(super) fn failure(&self, kind: FailureKind, attempts: u32) -> Box<Failure> {
        let operation = self.call.operation.clone();
        Box::new(Failure::new(
            operation,
            kind,
            attempts,
            self.deadline.elapsed(),
        ))
    }
}

/// Shows an answer to the hooks.
fn show(call: &Call, answer: &Answer) {
    call.client.shared().hooks.show(answer);
    call.overrides().hooks.show(answer);
}

//! One attempt of a call: a request on the wire, and its answer.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use tracing::Span;

use super::arrived::{Arrived, Outcome};
use super::assemble::{Draft, authorize};
use super::deadline::Timer;
use super::entry::Pass;
use super::outcome::{blame, measure};
use super::path::Run;
use super::target::Place;
use super::{Call, span};
use crate::clock::SignedAt;
use crate::credential::{Grant, Wallet, choose};
use crate::error::{Failure, FailureKind};
use crate::limit::Feedback;
use crate::links::Sent;
use crate::response::{Answer, Collected, decoded};
use crate::retry::retry_after;
use crate::signing::Signature;
use crate::token::Held;
use crate::transport::{BoxFuture, Bytes, Headers, TransportError};
use crate::transport::{TransportRequest, TransportResponse};

/// One request of a call, from its credentials to its answer.
pub(super) struct Attempt<'r, 'c> {
    pub(super) run: &'r Run<'c>,
    pub(super) draft: &'r Draft<'c>,
    pass: Pass<'c>,
    /// From 1.
    pub(super) number: u32,
    timer: Timer,
    /// What links see of the request.
    kept: Option<Arc<Sent>>,
    /// When it was signed, where it was signed with the time.
    pub(super) signed: Option<SignedAt>,
}

/// A request that the transport has, or why it could not be handed over.
pub(super) type Sending<'c> = Result<BoxFuture<'c, TransportResult>, Box<Failure>>;

type TransportResult = Result<TransportResponse, TransportError>;

/// What came of an attempt.
pub(super) struct Attempted {
    pub(super) outcome: Outcome,
    pub(super) took: Duration,
    pub(super) ended: Instant,
    pub(super) signed: Option<SignedAt>,
}

impl Attempted {
    /// Says how often the call has been sent, where this is not the last of its requests.
    pub(super) fn after(mut self, attempts: u32, is_hedged: bool) -> Self {
        match &mut self.outcome {
            Ok(arrived) if is_hedged => arrived.answer.set_attempts(attempts),
            Err(failure) if is_hedged => failure.attempts = attempts,
            _ => {}
        }
        self
    }
}

impl<'r, 'c> Attempt<'r, 'c> {
    pub(super) fn new(run: &'r Run<'c>, draft: &'r Draft<'c>, pass: Pass<'c>) -> Self {
        Attempt {
            run,
            draft,
            pass,
            number: run.attempts,
            timer: Timer::default(),
            kept: None,
            signed: None,
        }
    }

    /// One that is sent beside another.
    pub(super) fn beside(run: &'r Run<'c>, draft: &'r Draft<'c>, pass: Pass<'c>) -> Self {
        Attempt {
            number: run.attempts + 1,
            ..Attempt::new(run, draft, pass)
        }
    }

    /// Hands the request to the transport, which has been made already if it is the first.
    pub(super) fn begin(&mut self, made: Option<TransportRequest>) -> (Span, Sending<'c>) {
        let span = span::attempt(self.run.call, self.number);
        if let Some(keys) = &self.run.keys {
            span.record("attache.key", keys.names());
        }
        let sending = span.in_scope(|| self.hand_over(made));
        (span, sending)
    }

    /// Waits for the answer, and tells those who let the request through what came of it. When this is dropped half way,
    /// they learn that nothing is known.
    pub(super) async fn settle(&mut self, span: &Span, sending: Sending<'c>) -> Attempted {
        let outcome = match sending {
            Ok(sending) => span::inside(span, pin!(self.exchange(sending))).await,
            Err(failure) => Err(failure),
        };
        self.end(span, outcome)
    }

    /// Tells an outcome to all who want to know.
    fn end(&mut self, span: &Span, mut outcome: Outcome) -> Attempted {
        span::end_attempt(span, &outcome);
        let ended = self.run.shared.clock.now();
        if let Ok(arrived) = &mut outcome {
            let elapsed = self.run.deadline.elapsed_at(ended);
            arrived.answer.set_elapsed(elapsed);
        }
        let took = ended.saturating_duration_since(self.pass.began);
        measure(self, &outcome, took);
        if let Some(permit) = self.pass.permit.take() {
            permit.record(blame(&outcome), took, ended);
        }
        Attempted {
            outcome,
            took,
            ended,
            signed: self.signed,
        }
    }

    fn hand_over(&mut self, made: Option<TransportRequest>) -> Sending<'c> {
        let mut request = match made {
            Some(made) => made,
            None => {
                let request = self.draft.request(self.run.call);
                request.map_err(|reason| self.invalid(reason))?
            }
        };
        self.complete(&mut request)?;
        Ok(self.run.shared.transport.send(request))
    }

    /// Waits for the answer, and reads it where it is wanted whole, or says what is wrong.
    async fn exchange(&mut self, sending: BoxFuture<'c, TransportResult>) -> Outcome {
        let sent = self.before(sending).await;
        let mut arrived = self.arrived(sent)?;
        if !self.run.whole && arrived.answer.is_success() {
            return Ok(arrived);
        }
        // What arrives is kept, also when the rest does not.
        let mut collected = Collected::new(self.run.shared.body_limit);
        let read = match &mut arrived.body {
            Some(body) => self.before(collected.read(body)).await,
            None => Some(Ok(())),
        };
        self.finish(arrived, collected.into_bytes(), read)
    }

    /// The head of the answer, and a body that is yet to come.
    fn arrived(&mut self, sent: Option<TransportResult>) -> Outcome {
        let TransportResponse {
            status,
            headers,
            body,
        } = sent
            .ok_or_else(|| self.failed(self.overdue()))?
            .map_err(|error| self.failed(FailureKind::Transport(error)))?;
        let operation = &self.run.call.operation;
        self.learn(status, &headers);
        self.learn_time(&headers);
        let has_body = operation.method != "HEAD" && !matches!(status, 204 | 304);
        let body = match has_body {
            true => decoded(&headers, body),
            false => body,
        };
        let lacking = self.run.lacks_scope(status, &headers);
        let mut answer = Answer::new(operation.clone(), status, headers, self.number);
        answer.set_lacking(lacking);
        answer.set_sent(self.kept.take());
        Ok(Arrived::unread(answer, body))
    }

    /// The answer with what has been read of its body, before the time was over.
    fn finish(
        &self,
        mut arrived: Box<Arrived>,
        body: Bytes,
        read: Option<Result<(), TransportError>>,
    ) -> Outcome {
        let kind = match read {
            Some(read) => read.err().map(FailureKind::Transport),
            None => Some(self.overdue()),
        };
        // An attempt that takes too long has no answer.
        if let Some(kind @ FailureKind::AttemptTimeout(_)) = kind {
            return Err(self.failed(kind));
        }
        arrived.body = None;
        arrived.answer.set_body(body);
        if let Some(bodies) = &self.run.shared.bodies {
            let answer = &arrived.answer;
            let media_type = answer.headers().get("Content-Type");
            let (status, body) = (Some(answer.status()), Some(&**answer.body()));
            bodies.write(answer.operation(), status, media_type, body);
        }
        let Some(kind) = kind else {
            return Ok(arrived);
        };
        let elapsed = self.run.deadline.elapsed();
        arrived.answer.set_elapsed(elapsed);
        Err(Box::new(Failure::interrupted(arrived.answer, kind)))
    }

    /// Waits for something, but gives it up when the time of the attempt, or of the call, is over first.
    fn before<T>(
        &mut self,
        mut future: impl Future<Output = T> + Unpin,
    ) -> impl Future<Output = Option<T>> {
        poll_fn(move |context| match Pin::new(&mut future).poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => {
                let (run, limit, began) = (self.run, self.limit(), self.pass.began);
                let over = self.timer.poll(context, || {
                    let now = run.shared.clock.now();
                    let left = run.deadline.left_at(now);
                    let passed = now.saturating_duration_since(began);
                    let sleep = limit.map_or(left, |limit| limit.saturating_sub(passed));
                    run.shared.clock.sleep(sleep)
                });
                over.map(|()| None)
            }
        })
    }

    /// How long the attempt may take, where that is over before the time of the call.
    fn limit(&self) -> Option<Duration> {
        let left = self.run.deadline.left_at(self.pass.began);
        let limit = self.run.settled.attempt_timeout;
        limit.filter(|limit| *limit < left)
    }

    /// Whose time is over.
    fn overdue(&self) -> FailureKind {
        match self.limit() {
            Some(limit) => FailureKind::AttemptTimeout(limit),
            None => FailureKind::Timeout(self.run.deadline.timeout()),
        }
    }

    /// What the server says of its quota holds for the calls after this one.
    fn learn(&self, status: u16, headers: &Headers) {
        let shared = self.run.shared;
        for held in &self.run.tokens {
            held.learn(self.draft.place.base_url.as_str(), headers);
        }
        let Some(limiter) = &shared.limiter else {
            return;
        };
        let wait = (status == 429).then(|| retry_after(headers)).flatten();
        let feedback = Feedback::of(headers).or_wait(wait);
        if feedback.says_something() && !self.run.observe_for_keys(&feedback) {
            limiter.observe(&self.run.call.operation, &feedback, shared.clock.now());
        }
    }

    /// Does with the request what is done anew for each attempt: hooks, credentials and signature.
    fn complete(&mut self, request: &mut TransportRequest) -> Result<(), Box<Failure>> {
        let (call, shared, draft) = (self.run.call, self.run.shared, self.draft);
        // What hooks see and change has no credential yet, and a signature covers what they changed.
        for hooks in [&shared.hooks, &call.overrides().hooks] {
            let changed = hooks.change(&call.operation, request);
            changed.map_err(|reason| self.invalid(reason))?;
        }
        if let Some(bodies) = &shared.bodies {
            let media_type = request.headers.get("Content-Type");
            let body = request.body.as_bytes();
            bodies.write(&call.operation, None, media_type, body.as_deref());
        }
        // What links see has none either.
        let has_links = call.operation.has_links;
        self.kept = has_links.then(|| Arc::new(Sent::of(call, request)));
        let mut authorized = Ok(());
        let mut signature = None;
        let chosen = self.run.credentials(&draft.place, &mut |grant| {
            if let Grant::Signature(found) = grant {
                signature = Some(found.clone());
            }
            if authorized.is_ok() {
                authorized = authorize(request, grant, &self.run.tokens);
            }
        });
        chosen.map_err(|reason| self.unsent(FailureKind::MissingCredential(reason)))?;
        authorized.map_err(|reason| self.invalid(reason))?;
        if signature.is_none() && self.run.tokens.is_empty() {
            return Ok(());
        }
        let signed = self.sign(request, signature);
        signed.map_err(|reason| self.invalid(reason))
    }

    /// Adds proofs and a signature, by the clock of the server.
    fn sign(
        &mut self,
        request: &mut TransportRequest,
        signature: Option<Signature>,
    ) -> Result<(), String> {
        let (run, sent) = (self.run, self.run.shared.clock.unix_time());
        let is_timed = run.tokens.iter().any(Held::is_timed)
            || signature.as_ref().is_some_and(Signature::uses_time);
        self.signed = SignedAt::new(sent).filter(|_| is_timed);
        let time = run.correction.apply(sent);
        for held in &run.tokens {
            held.prove(request, time)?;
        }
        match signature {
            Some(signature) => signature.sign(request, time),
            None => Ok(()),
        }
    }

    fn invalid(&self, reason: String) -> Box<Failure> {
        self.unsent(FailureKind::InvalidRequest(reason))
    }

    /// What fails before an attempt is sent is no attempt.
    fn unsent(&self, kind: FailureKind) -> Box<Failure> {
        self.run.failure(kind, self.number - 1)
    }

    fn failed(&self, kind: FailureKind) -> Box<Failure> {
        self.run.failure(kind, self.number)
    }
}

/// Gives what is sent to prove who the client is; says which alternative of the operation that is, as
/// [`choose`] does, where the call names no schemes of its own.
pub(super) fn credentials(
    call: &Call,
    place: &Place<'_>,
    give: &mut dyn FnMut(Grant<'_>),
) -> Result<Option<usize>, String> {
    let shared = call.client.shared();
    let own = shared.credentials.as_slice();
    let wallet = Wallet {
        schemes: shared.api.security_schemes,
        given: &call.overrides().credentials,
        own: if place.is_own { own } else { &[] },
        allow_anonymous: shared.allow_anonymous,
    };
    let chosen = match &call.overrides().schemes {
        // What the description says of all operations is only a guess at what this one takes.
        None if call.operation.free().is_some() && !wallet.given.is_empty() => {
            choose(call.operation.security, &wallet, give).or_else(|_| choose(&[], &wallet, give))
        }
        None => choose(call.operation.security, &wallet, give),
        Some(schemes) => {
            let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
            choose(&[&schemes], &wallet, give).map(|_| None)
        }
    };
    chosen.map_err(|reason| match place.is_own || own.iter().all(Vec::is_empty) {
        true => reason,
        false => format!(
            "{reason}; the client's own credentials are not sent to {} unless `trusted_base_url` says so",
            place.base_url.origin()
        ),
    })
}

//! One attempt of a call: a request on the wire, and its answer.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::arrived::{Arrived, Outcome};
use super::assemble::{Draft, authorize};
use super::deadline::{Deadline, Timer};
use super::entry::Pass;
use super::outcome::{blame, measure};
use super::path::Run;
use super::target::Place;
use super::{Call, span};
use crate::credential::{Grant, Wallet, choose};
use crate::error::{Failure, FailureKind};
use crate::limit::Feedback;
use crate::links::Sent;
use crate::response::{Answer, Collected, decoded};
use crate::retry::retry_after;
use crate::transport::{BoxFuture, Headers, ResponseBody, TransportError};
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
}

/// A request that the transport has.
type Sending<'c> = BoxFuture<'c, Result<TransportResponse, TransportError>>;

/// What came of an attempt.
pub(super) struct Attempted {
    pub(super) outcome: Outcome,
    pub(super) took: Duration,
    pub(super) ended: Instant,
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
        }
    }

    /// One that is sent beside another.
    pub(super) fn beside(run: &'r Run<'c>, draft: &'r Draft<'c>, pass: Pass<'c>) -> Self {
        Attempt {
            number: run.attempts + 1,
            ..Attempt::new(run, draft, pass)
        }
    }

    /// Sends the request, which has been made already if it is the first, and tells those who let it through what came
    /// of it. When this is dropped half way, they learn that nothing is known.
    ///
    /// The request is handed over before there is a future, which so need not hold it.
    pub(super) fn send(
        mut self,
        made: Option<TransportRequest>,
    ) -> impl Future<Output = Attempted> + use<'r, 'c> {
        let span = span::attempt(self.run.call, self.number);
        let sending = span.in_scope(|| self.begin(made));
        async move {
            let mut outcome = match sending {
                Ok(sending) => span::inside(&span, pin!(self.limited(sending))).await,
                Err(failure) => Err(failure),
            };
            span::end_attempt(&span, &outcome);
            let ended = self.run.shared.clock.now();
            if let Ok(arrived) = &mut outcome {
                let elapsed = self.run.deadline.elapsed_at(ended);
                arrived.answer.set_elapsed(elapsed);
            }
            let took = ended.saturating_duration_since(self.pass.began);
            measure(&self, &outcome, took);
            if let Some(permit) = self.pass.permit.take() {
                permit.record(blame(&outcome), took, ended);
            }
            Attempted {
                outcome,
                took,
                ended,
            }
        }
    }

    /// Hands the request to the transport.
    fn begin(&mut self, made: Option<TransportRequest>) -> Result<Sending<'c>, Box<Failure>> {
        let (request, kept) = self.request(made)?;
        self.kept = kept;
        Ok(self.run.shared.transport.send(request))
    }

    /// The exchange, for as long as an attempt may take.
    async fn limited(&mut self, sending: Sending<'c>) -> Outcome {
        let run = self.run;
        let limit = run.settled.attempt_timeout;
        let exchanged = {
            // In one place, since it is big.
            let exchange = pin!(self.exchange(sending));
            match limit {
                None => return exchange.await,
                Some(limit) => {
                    let deadline = Deadline::begin(&*run.shared.clock, limit);
                    deadline.before(&mut Timer::default(), exchange).await
                }
            }
        };
        let limit = limit.unwrap_or_default();
        exchanged.unwrap_or_else(|| Err(self.failed(FailureKind::AttemptTimeout(limit))))
    }

    async fn exchange(&mut self, sending: Sending<'c>) -> Outcome {
        let sent = self.run.deadline.before(&mut self.timer, sending).await;
        let response = sent
            .ok_or_else(|| self.timed_out())?
            .map_err(|error| self.failed(FailureKind::Transport(error)))?;
        let TransportResponse {
            status,
            headers,
            body,
        } = response;
        let operation = &self.run.call.operation;
        self.learn(status, &headers);
        let has_body = operation.method != "HEAD" && !matches!(status, 204 | 304);
        let body = match has_body {
            true => decoded(&headers, body),
            false => body,
        };
        let mut answer = Answer::new(operation.clone(), status, headers, self.number);
        answer.set_sent(self.kept.take());
        if !self.run.whole && answer.is_success() {
            return Ok(Arrived::unread(answer, body));
        }
        let read = self.read(&mut answer, body).await;
        if let Some(bodies) = &self.run.shared.bodies {
            let (operation, media_type) =
                (answer.operation(), answer.headers().get("Content-Type"));
            bodies.write(operation, Some(status), media_type, Some(answer.body()));
        }
        match read {
            Ok(()) => Ok(Arrived::read(answer)),
            Err(kind) => {
                answer.set_elapsed(self.run.deadline.elapsed());
                Err(Box::new(Failure::interrupted(answer, kind)))
            }
        }
    }

    /// What the server says of its quota holds for the calls after this one.
    fn learn(&self, status: u16, headers: &Headers) {
        let shared = self.run.shared;
        let Some(limiter) = &shared.limiter else {
            return;
        };
        let wait = (status == 429).then(|| retry_after(headers)).flatten();
        let feedback = Feedback::of(headers).or_wait(wait);
        if feedback.says_something() {
            limiter.observe(&self.run.call.operation, &feedback, shared.clock.now());
        }
    }

    /// The request of an attempt, and what links see of it.
    fn request(
        &self,
        made: Option<TransportRequest>,
    ) -> Result<(TransportRequest, Option<Arc<Sent>>), Box<Failure>> {
        let (call, shared, draft) = (self.run.call, self.run.shared, self.draft);
        let request = made.map_or_else(|| draft.request(call), Ok);
        let mut request = request.map_err(|reason| self.invalid(reason))?;
        // What hooks see and change has no credential yet, and a signature covers what they changed.
        for hooks in [Some(&shared.hooks), call.hooks.as_deref()] {
            let changed = hooks.map(|hooks| hooks.change(&call.operation, &mut request));
            changed.transpose().map_err(|reason| self.invalid(reason))?;
        }
        if let Some(bodies) = &shared.bodies {
            let media_type = request.headers.get("Content-Type");
            let body = request.body.as_bytes();
            bodies.write(&call.operation, None, media_type, body.as_deref());
        }
        // What links see has none either.
        let kept = call.operation.has_links;
        let kept = kept.then(|| Arc::new(Sent::of(call, &request)));
        let mut authorized = Ok(());
        let mut signature = None;
        let chosen = credentials(call, &draft.place, &mut |grant| {
            if let Grant::Signature(found) = grant {
                signature = Some(found.clone());
            }
            if authorized.is_ok() {
                authorized = authorize(&mut request, grant, &self.run.tokens);
            }
        });
        chosen.map_err(|reason| self.unsent(FailureKind::MissingCredential(reason)))?;
        authorized.map_err(|reason| self.invalid(reason))?;
        if let Some(signature) = signature {
            let signed = signature.sign(&mut request, shared.clock.unix_time());
            signed.map_err(|reason| self.invalid(reason))?;
        }
        Ok((request, kept))
    }

    /// Reads the body of an answer to its end, before the deadline. What arrived is kept, also when the rest did not.
    async fn read(&mut self, answer: &mut Answer, body: ResponseBody) -> Result<(), FailureKind> {
        let run = self.run;
        let mut collected = Collected::new(run.shared.body_limit);
        let read = {
            let reading = pin!(collected.read(body));
            run.deadline.before(&mut self.timer, reading).await
        };
        answer.set_body(collected.into_bytes());
        match read {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => Err(FailureKind::Transport(error)),
            None => Err(FailureKind::Timeout(run.deadline.timeout())),
        }
    }

    fn timed_out(&self) -> Box<Failure> {
        self.failed(FailureKind::Timeout(self.run.deadline.timeout()))
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

/// Gives what is sent to prove who the client is.
pub(super) fn credentials(
    call: &Call,
    place: &Place<'_>,
    give: &mut dyn FnMut(Grant<'_>),
) -> Result<(), String> {
    let shared = call.client.shared();
    let own = shared.credentials.as_slice();
    let wallet = Wallet {
        schemes: shared.api.security_schemes,
        given: &call.credentials,
        own: if place.is_own { own } else { &[] },
        allow_anonymous: shared.allow_anonymous,
    };
    let chosen = match &call.schemes {
        // What the description says of all operations is only a guess at what this one takes.
        None if call.operation.free().is_some() && !wallet.given.is_empty() => {
            choose(call.operation.security, &wallet, give).or_else(|_| choose(&[], &wallet, give))
        }
        None => choose(call.operation.security, &wallet, give),
        Some(schemes) => {
            let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
            choose(&[&schemes], &wallet, give)
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

//! One attempt of a call: a request on the wire, and its answer.

use std::pin::pin;
use std::sync::Arc;

use super::Call;
use super::assemble::{Draft, authorize};
use super::deadline::Deadline;
use super::path::{Arrived, Run};
use super::target::Place;
use crate::credential::{Grant, Wallet, choose};
use crate::error::{Failure, FailureKind};
use crate::limit::Feedback;
use crate::links::Sent;
use crate::response::{Answer, Collected, decoded};
use crate::retry::retry_after;
use crate::transport::{BoxFuture, Headers, ResponseBody, TransportError};
use crate::transport::{TransportRequest, TransportResponse};

impl Run<'_> {
    /// One request on the wire, and its answer.
    pub(super) async fn attempt(
        &mut self,
        draft: &Draft<'_>,
        made: &mut Option<TransportRequest>,
        whole: bool,
    ) -> Result<Arrived, Box<Failure>> {
        let (request, kept) = self.request(draft, made.take())?;
        let limit = self.call.attempt_timeout.or(self.shared.attempt_timeout);
        let clock = &*self.shared.clock;
        let deadline = limit.map(|limit| Deadline::begin(clock, limit));
        let exchanged = {
            // In one place, since it is big.
            let sending = self.shared.transport.send(request);
            let exchange = pin!(self.exchange(sending, kept, whole));
            match deadline {
                None => Some(exchange.await),
                Some(mut deadline) => deadline.before(exchange).await,
            }
        };
        let limit = limit.unwrap_or_default();
        exchanged.unwrap_or_else(|| Err(self.failed(FailureKind::AttemptTimeout(limit))))
    }

    async fn exchange(
        &mut self,
        sending: BoxFuture<'_, Result<TransportResponse, TransportError>>,
        kept: Option<Arc<Sent>>,
        whole: bool,
    ) -> Result<Arrived, Box<Failure>> {
        let sent = self.deadline.before(sending).await;
        let response = sent
            .ok_or_else(|| self.timed_out())?
            .map_err(|error| self.failed(FailureKind::Transport(error)))?;
        let TransportResponse {
            status,
            headers,
            body,
        } = response;
        let operation = &self.call.operation;
        self.learn(status, &headers);
        let has_body = operation.method != "HEAD" && !matches!(status, 204 | 304);
        let body = match has_body {
            true => decoded(&headers, body),
            false => body,
        };
        let mut answer = Answer::new(operation.clone(), status, headers, self.attempts);
        answer.set_sent(kept);
        match whole || !answer.is_success() {
            true => match self.read(&mut answer, body).await {
                Ok(()) => Ok((answer, None)),
                Err(kind) => {
                    answer.set_elapsed(self.deadline.elapsed());
                    Err(Box::new(Failure::interrupted(answer, kind)))
                }
            },
            false => Ok((answer, Some(body))),
        }
    }

    /// What the server says of its quota holds for the calls after this one.
    fn learn(&self, status: u16, headers: &Headers) {
        let Some(limiter) = &self.shared.limiter else {
            return;
        };
        let wait = (status == 429).then(|| retry_after(headers)).flatten();
        let feedback = Feedback::of(headers).or_wait(wait);
        if feedback.says_something() {
            limiter.observe(&self.call.operation, &feedback, self.shared.clock.now());
        }
    }

    /// The request of an attempt, and what links see of it.
    fn request(
        &self,
        draft: &Draft<'_>,
        made: Option<TransportRequest>,
    ) -> Result<(TransportRequest, Option<Arc<Sent>>), Box<Failure>> {
        let (call, shared) = (self.call, self.shared);
        let request = made.map_or_else(|| draft.request(call), Ok);
        let mut request = request.map_err(|reason| self.invalid(reason))?;
        // What hooks see and change has no credential yet, and a signature covers what they changed.
        for hooks in [Some(&shared.hooks), call.hooks.as_deref()] {
            let changed = hooks.map(|hooks| hooks.change(&call.operation, &mut request));
            changed.transpose().map_err(|reason| self.invalid(reason))?;
        }
        // What links see has none either.
        let kept = call.operation.has_links;
        let kept = kept.then(|| Arc::new(Sent::of(call, &request)));
        let mut authorized = Ok(());
        let chosen = credentials(call, &draft.place, &mut |grant| {
            if authorized.is_ok() {
                authorized = authorize(&mut request, grant);
            }
        });
        chosen.map_err(|reason| self.unsent(FailureKind::MissingCredential(reason)))?;
        authorized.map_err(|reason| self.invalid(reason))?;
        Ok((request, kept))
    }

    /// Reads the body of an answer to its end, before the deadline. What arrived is kept, also when the rest did not.
    async fn read(&mut self, answer: &mut Answer, body: ResponseBody) -> Result<(), FailureKind> {
        let mut collected = Collected::new(self.shared.body_limit);
        let read = self.deadline.before(collected.read(body)).await;
        answer.set_body(collected.into_bytes());
        match read {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => Err(FailureKind::Transport(error)),
            None => Err(FailureKind::Timeout(self.deadline.timeout())),
        }
    }
}

/// Gives what is sent to prove who the client is.
fn credentials(
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

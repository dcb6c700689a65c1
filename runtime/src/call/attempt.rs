//! One attempt of a call: a request on the wire, and its answer.

use super::Call;
use super::assemble::{Draft, authorize};
use super::path::{Arrived, Run, before};
use crate::credential::{Grant, Wallet, choose};
use crate::error::{Failure, FailureKind};
use crate::limit::Feedback;
use crate::links::Sent;
use crate::response::{Answer, Collected, decoded};
use crate::retry::retry_after;
use crate::transport::{Headers, ResponseBody, TransportRequest, TransportResponse};

impl Run<'_> {
    /// One request on the wire, and its answer.
    pub(super) async fn attempt(
        &mut self,
        draft: &Draft,
        whole: bool,
    ) -> Result<Arrived, Box<Failure>> {
        let limit = self.call.attempt_timeout.or(self.shared.attempt_timeout);
        let Some(limit) = limit else {
            return self.exchange(draft, whole).await;
        };
        let mut sleep = self.shared.clock.sleep(limit);
        let exchanged = before(&mut sleep, self.exchange(draft, whole)).await;
        exchanged.unwrap_or_else(|| Err(self.failed(FailureKind::AttemptTimeout(limit))))
    }

    async fn exchange(&mut self, draft: &Draft, whole: bool) -> Result<Arrived, Box<Failure>> {
        let (request, kept) = self.request(draft)?;
        let sent = before(&mut self.deadline, self.shared.transport.send(request)).await;
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
        let (attempts, elapsed) = (self.attempts, self.elapsed());
        let mut answer = Answer::new(operation.clone(), status, headers, attempts, elapsed);
        if let Some(kept) = kept {
            answer.set_sent(kept);
        }
        match whole || !answer.is_success() {
            true => self.read(answer, body).await.map(|answer| (answer, None)),
            false => Ok((answer, Some(body))),
        }
    }

    /// What the server says of its quota holds for the calls after this one.
    fn learn(&self, status: u16, headers: &Headers) {
        let Some(limiter) = &self.shared.limiter else {
            return;
        };
        let feedback = Feedback::of(headers);
        let wait = (status == 429).then(|| retry_after(headers)).flatten();
        let now = self.shared.clock.now();
        let operation = &self.call.operation;
        limiter.observe(operation, &feedback, wait, now);
    }

    /// The request of an attempt, and what links see of it.
    fn request(&self, draft: &Draft) -> Result<(TransportRequest, Option<Sent>), Box<Failure>> {
        let (call, shared) = (self.call, self.shared);
        // What hooks see and change has no credential yet, and a signature covers what they changed.
        let mut request = draft.request();
        for hooks in [Some(&shared.hooks), call.hooks.as_deref()] {
            let changed = hooks.map(|hooks| hooks.change(&call.operation, &mut request));
            changed.transpose().map_err(|reason| self.invalid(reason))?;
        }
        // What links see has none either.
        let kept = call.operation.has_links;
        let kept = kept.then(|| Sent::of(call, &request));
        let grants = credentials(call, draft)
            .map_err(|reason| self.unsent(FailureKind::MissingCredential(reason)))?;
        authorize(&mut request, &grants).map_err(|reason| self.invalid(reason))?;
        Ok((request, kept))
    }

    /// Reads the body of an answer to its end, before the deadline. What arrived is kept, also when the rest did not.
    async fn read(
        &mut self,
        mut answer: Answer,
        body: ResponseBody,
    ) -> Result<Answer, Box<Failure>> {
        let mut collected = Collected::new(self.shared.body_limit);
        let read = before(&mut self.deadline, collected.read(body)).await;
        answer.set_body(collected.into_bytes(), self.elapsed());
        let kind = match read {
            Some(Ok(())) => return Ok(answer),
            Some(Err(error)) => FailureKind::Transport(error),
            None => FailureKind::Timeout(self.timeout),
        };
        Err(Box::new(Failure::interrupted(answer, kind)))
    }
}

/// What is sent to prove who the client is.
fn credentials(call: &Call, draft: &Draft) -> Result<Vec<Grant>, String> {
    let shared = call.client.shared();
    let own = shared.credentials.as_slice();
    let wallet = Wallet {
        schemes: shared.api.security_schemes,
        given: &call.credentials,
        own: if draft.is_own { own } else { &[] },
        allow_anonymous: shared.allow_anonymous,
    };
    let chosen = match &call.schemes {
        // What the description says of all operations is only a guess at what this one takes.
        None if call.operation.free().is_some() && !wallet.given.is_empty() => {
            choose(call.operation.security, &wallet).or_else(|_| choose(&[], &wallet))
        }
        None => choose(call.operation.security, &wallet),
        Some(schemes) => {
            let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
            choose(&[&schemes], &wallet)
        }
    };
    chosen.map_err(|reason| match draft.is_own || own.iter().all(Vec::is_empty) {
        true => reason,
        false => format!(
            "{reason}; the client's own credentials are not sent to {} unless `trusted_base_url` says so",
            draft.base_url.origin()
        ),
    })
}

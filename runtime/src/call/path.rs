//! The call path: every call of every operation goes through one function.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use tracing::Instrument;

use super::assemble::assemble;
use super::assemble::{Draft, authorize};
use super::{Call, span};
use crate::client::Shared;
use crate::credential::{Grant, Wallet, choose};
use crate::error::{Failure, FailureKind};
use crate::links::Sent;
use crate::response::{Answer, Collected, decoded};
use crate::transport::{BoxFuture, ResponseBody, TransportResponse};

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
        let (answer, body) = run.drive().await?;
        let answer = run.read(answer, body).await?;
        show(&call, &answer);
        Ok(answer)
    };
    let result: Result<Answer, Box<Failure>> = whole.instrument(span.clone()).await;
    span::end(&span, result.as_ref().map_err(|failure| &**failure));
    result
}

/// Carries a call out to the head of its answer; the span ends there.
pub(super) async fn begin(call: Call) -> Result<Arrival, Box<Failure>> {
    let span = span::begin(&call);
    let head = async {
        let mut run = Run::begin(&call);
        let (answer, body) = run.drive().await?;
        let arrival = match answer.is_success() {
            true => Arrival::Success(answer, body),
            false => Arrival::Refused(run.read(answer, body).await?),
        };
        let (Arrival::Success(answer, _) | Arrival::Refused(answer)) = &arrival;
        show(&call, answer);
        Ok(arrival)
    };
    let result: Result<Arrival, Box<Failure>> = head.instrument(span.clone()).await;
    let outcome = result.as_ref().map_err(|failure| &**failure);
    span::end(
        &span,
        outcome.map(|arrival| match arrival {
            Arrival::Success(answer, _) | Arrival::Refused(answer) => answer,
        }),
    );
    result
}

/// One call on its way.
struct Run<'c> {
    call: &'c Call,
    shared: &'c Shared,
    started: Instant,
    timeout: Duration,
    deadline: BoxFuture<'static, ()>,
}

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
        }
    }

    /// The straight path. The order of its stages, also of those to come, is settled here:
    ///
    /// 1. the deadline has begun, and the request is assembled;
    /// 2. cache, coalescing and admission, which cost the server nothing;
    /// 3. for each attempt: breaker, limiter, request hooks, credential (tokens age while waiting), sending,
    ///    feedback to all of them, and whether there is another attempt.
    ///
    /// Decoding comes after the path, since it alone depends on the operation.
    async fn drive(&mut self) -> Result<(Answer, ResponseBody), Box<Failure>> {
        let (call, shared) = (self.call, self.shared);
        let draft =
            assemble(call).map_err(|reason| self.failed(0, FailureKind::InvalidRequest(reason)))?;

        // What hooks see and change has no credential yet, and a signature covers what they changed.
        let mut request = draft.request();
        let invalid = |reason| self.failed(0, FailureKind::InvalidRequest(reason));
        for hooks in [Some(&shared.hooks), call.hooks.as_deref()] {
            let changed = hooks.map(|hooks| hooks.change(&call.operation, &mut request));
            changed.transpose().map_err(invalid)?;
        }
        // What links see has none either.
        let kept = call.operation.has_links;
        let kept = kept.then(|| Sent::of(call, &request));
        let grants = credentials(call, &draft)
            .map_err(|reason| self.failed(0, FailureKind::MissingCredential(reason)))?;
        authorize(&mut request, &grants).map_err(invalid)?;
        let sent = before(&mut self.deadline, shared.transport.send(request)).await;
        let response = sent
            .ok_or_else(|| self.failed(1, FailureKind::Timeout(self.timeout)))?
            .map_err(|error| self.failed(1, FailureKind::Transport(error)))?;

        let TransportResponse {
            status,
            headers,
            body,
        } = response;
        let has_body = call.operation.method != "HEAD" && !matches!(status, 204 | 304);
        let body = match has_body {
            true => decoded(&headers, body),
            false => body,
        };
        let elapsed = self.elapsed();
        let mut answer = Answer::new(call.operation.clone(), status, headers, 1, elapsed);
        if let Some(kept) = kept {
            answer.set_sent(kept);
        }
        Ok((answer, body))
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

    fn failed(&self, attempts: u32, kind: FailureKind) -> Box<Failure> {
        let operation = self.call.operation.clone();
        Box::new(Failure::new(operation, kind, attempts, self.elapsed()))
    }

    fn elapsed(&self) -> Duration {
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

/// Waits for `future`, but gives it up when `deadline` comes first.
async fn before<T>(
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

//! The call path: every call of every operation goes through one function.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use tracing::Instrument;

use super::assemble::assemble;
use super::{Call, span};
use crate::client::Shared;
use crate::credential::choose;
use crate::error::{Failure, FailureKind};
use crate::response::Answer;
use crate::transport::{BoxFuture, TransportResponse};

/// Carries a call out, whatever the status of its answer, inside a span of its own.
pub(super) async fn carry_out(call: Call) -> Result<Answer, Box<Failure>> {
    let span = span::begin(&call);
    let result = drive(&call).instrument(span.clone()).await;
    span::end(&span, &result);
    result
}

/// The straight path. The order of its stages, also of those to come, is settled here:
///
/// 1. the deadline begins, and the request is assembled;
/// 2. cache, coalescing and admission, which cost the server nothing;
/// 3. for each attempt: breaker, limiter, credential (tokens age while waiting), sending,
///    feedback to all of them, and whether there is another attempt.
///
/// Decoding comes after the path, since it alone depends on the operation.
async fn drive(call: &Call) -> Result<Answer, Box<Failure>> {
    let shared = call.client.shared();
    let started = shared.clock.now();
    let failed = |attempts: u32, kind: FailureKind| {
        Box::new(Failure::new(
            call.operation,
            kind,
            attempts,
            elapsed(shared, started),
        ))
    };

    let timeout = call.timeout.unwrap_or(shared.timeout);
    let deadline = shared.clock.sleep(timeout);
    let draft = assemble(call).map_err(|reason| failed(0, FailureKind::InvalidRequest(reason)))?;

    let grants = choose(
        call.operation.security,
        shared.api.security_schemes,
        &shared.credentials,
        shared.allow_anonymous,
    )
    .map_err(|reason| failed(0, FailureKind::MissingCredential(reason)))?;
    let request = draft
        .authorized(&grants)
        .map_err(|reason| failed(0, FailureKind::InvalidRequest(reason)))?;
    let sent = before(deadline, shared.transport.send(request)).await;
    let response = sent
        .ok_or_else(|| failed(1, FailureKind::Timeout(timeout)))?
        .map_err(|error| failed(1, FailureKind::Transport(error)))?;

    let TransportResponse {
        status,
        headers,
        body,
    } = response;
    Ok(Answer::new(
        call.operation,
        status,
        headers,
        body,
        1,
        elapsed(shared, started),
    ))
}

/// Waits for `future`, but gives it up when `deadline` comes first.
async fn before<T>(mut deadline: BoxFuture<'_, ()>, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => deadline.as_mut().poll(context).map(|()| None),
    })
    .await
}

fn elapsed(shared: &Shared, started: Instant) -> Duration {
    shared.clock.now().saturating_duration_since(started)
}

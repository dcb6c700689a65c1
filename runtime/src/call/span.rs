//! What tracing sees of a call: names of the OpenTelemetry conventions, and never a value of the
//! caller's or the server's.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use tracing::Span;
use tracing::field::Empty;

use super::Call;
use super::arrived::Outcome;
use super::outcome::ErrorType;
use super::target::Place;
use crate::error::Failure;
use crate::response::Answer;

/// Begins the span of a call; fields that are empty are filled in at its end.
pub(super) fn begin(call: &Call, place: Option<&Place<'_>>) -> Span {
    let url = place.map_or(&call.client.shared().base_url, |place| &*place.base_url);
    tracing::info_span!(
        "attache.call",
        "attache.operation" = call.operation.id(),
        "http.request.method" = call.operation.method(),
        "url.template" = call.operation.path(),
        "server.address" = url.host(),
        "server.port" = url.port(),
        "http.response.status_code" = Empty,
        "error.type" = Empty,
    )
}

/// Begins the span of an attempt, inside that of its call: what OpenTelemetry takes for the span of a client.
pub(super) fn attempt(call: &Call, number: u32) -> Span {
    let operation = &call.operation;
    tracing::debug_span!(
        "attache.attempt",
        "otel.kind" = "client",
        "otel.name" = format_args!("{} {}", operation.method(), operation.path()),
        "http.request.method" = operation.method(),
        "url.template" = operation.path(),
        "http.request.resend_count" = (number > 1).then(|| number - 1),
        "attache.key" = Empty,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
    )
}

/// Notes what came of an attempt.
pub(super) fn end_attempt(span: &Span, outcome: &Outcome) {
    match outcome {
        Ok(arrived) => note(span, Some(arrived.answer.status()), None),
        Err(failure) => note(span, None, Some(failure)),
    }
}

fn note(span: &Span, status: Option<u16>, failure: Option<&Failure>) {
    if span.is_disabled() {
        return;
    }
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    if let Some(error) = ErrorType::of(failure, status).as_str() {
        span.record("error.type", error);
    }
}

/// Does something inside a span, where it is, since it is big.
pub(super) fn inside<F: Future>(
    span: &Span,
    mut future: Pin<&mut F>,
) -> impl Future<Output = F::Output> {
    poll_fn(move |context| {
        let _entered = span.enter();
        future.as_mut().poll(context)
    })
}

/// Notes the outcome of a call: a status, or the kind of a failure.
pub(super) fn end(span: &Span, outcome: Result<&Answer, &Failure>) {
    let elapsed = match outcome {
        Ok(answer) => {
            note(span, Some(answer.status()), None);
            answer.elapsed()
        }
        Err(failure) => {
            note(span, None, Some(failure));
            failure.elapsed
        }
    };
    span.in_scope(|| tracing::debug!(?elapsed, "call ended"));
}

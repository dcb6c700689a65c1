//! What tracing sees of a call: names of the OpenTelemetry conventions, and never a value of the
//! caller's or the server's.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use tracing::Span;
use tracing::field::Empty;

use super::Call;
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

/// Does something inside a span, where it is, since it is big.
pub(super) async fn inside<F: Future>(span: &Span, mut future: Pin<&mut F>) -> F::Output {
    poll_fn(|context| {
        let _entered = span.enter();
        future.as_mut().poll(context)
    })
    .await
}

/// Notes the outcome of a call: a status, or the kind of a failure.
pub(super) fn end(span: &Span, outcome: Result<&Answer, &Failure>) {
    let elapsed = match outcome {
        Ok(answer) => {
            span.record("http.response.status_code", answer.status());
            if answer.status() >= 400 {
                span.record("error.type", answer.status().to_string());
            }
            answer.elapsed()
        }
        Err(failure) => {
            span.record("error.type", failure.kind.name());
            failure.elapsed
        }
    };
    span.in_scope(|| tracing::debug!(?elapsed, "call ended"));
}

//! What an attempt, and a call, came to: for the breaker, for the retry policy, for the counts.

use super::Call;
use super::path::Arrived;
use crate::breaker::Outcome;
use crate::error::{Failure, FailureKind};
use crate::response::Answer;
use crate::retry::{Event, Hint, Trace};
use crate::transport::TransportErrorKind;
use crate::usage::Ended;

/// Whether the server is to blame for what came of an attempt.
pub(super) fn blame(outcome: &Result<Arrived, Box<Failure>>) -> Outcome {
    match outcome {
        Ok((answer, _)) if answer.status() >= 500 => Outcome::Fault,
        Ok(_) => Outcome::Well,
        Err(failure) => match &failure.kind {
            FailureKind::Transport(error) if error.kind() == TransportErrorKind::BodyTooLarge => {
                Outcome::Well
            }
            FailureKind::Transport(_)
            | FailureKind::Timeout(_)
            | FailureKind::AttemptTimeout(_) => Outcome::Fault,
            _ => Outcome::Unknown,
        },
    }
}

/// What another attempt may better; none for a success, and for what no attempt betters.
pub(super) fn event(outcome: &Result<Arrived, Box<Failure>>) -> Option<Event> {
    let kind = match outcome {
        Ok((answer, _)) if answer.is_success() => return None,
        Ok((answer, _)) => {
            return Some(Event::Answered(answer.status(), Hint::of(answer.headers())));
        }
        Err(failure) => &failure.kind,
    };
    match kind {
        FailureKind::AttemptTimeout(_) => Some(Event::TimedOut),
        FailureKind::Transport(error) => match error.kind() {
            TransportErrorKind::NotSent => Some(Event::NotSent),
            TransportErrorKind::MaybeSent => Some(Event::MaybeSent),
            TransportErrorKind::Timeout => Some(Event::TimedOut),
            TransportErrorKind::BodyBroken => Some(Event::BodyBroken),
            TransportErrorKind::BodyTooLarge => None,
        },
        _ => None,
    }
}

/// Counts a call by what came of it.
pub(super) fn count(call: &Call, outcome: Result<&Answer, &Failure>) {
    let waited = |trace: &Trace| trace.waited() + trace.waited_for_quota();
    let ended = match outcome {
        Ok(answer) => Ended {
            status: Some(answer.status()),
            attempts: answer.attempts(),
            bytes: answer.body().len(),
            waited: waited(answer.trace()),
            took: answer.elapsed(),
        },
        Err(failure) => Ended {
            status: None,
            attempts: failure.attempts,
            bytes: failure
                .answer
                .as_ref()
                .map_or(0, |answer| answer.body().len()),
            waited: waited(&failure.trace),
            took: failure.elapsed,
        },
    };
    let ledger = &call.client.shared().ledger;
    ledger.add(call.operation.id(), &ended);
}

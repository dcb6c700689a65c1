//! What an attempt, and a call, came to: for the breaker, for the retry policy, for the counts.

use std::time::Duration;

use smol_str::{SmolStr, format_smolstr};

use super::Call;
use super::arrived;
use super::attempt::Attempt;
use crate::breaker::Outcome;
use crate::error::{Failure, FailureKind};
use crate::meter::{AttemptRecord, CallRecord};
use crate::response::Answer;
use crate::retry::{Event, Hint};
use crate::transport::TransportErrorKind;
use crate::usage::Ended;

/// Whether the server is to blame for what came of an attempt.
pub(super) fn blame(outcome: &arrived::Outcome) -> Outcome {
    match outcome {
        Ok(arrived) if arrived.answer.status() >= 500 => Outcome::Fault,
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
pub(super) fn event(outcome: &arrived::Outcome) -> Option<Event> {
    let kind = match outcome {
        Ok(arrived) if arrived.answer.is_success() => return None,
        Ok(arrived) => {
            let answer = &arrived.answer;
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

/// Counts a call by what came of it, and measures it.
pub(super) fn count(call: &Call, outcome: Result<&Answer, &Failure>) {
    let (answer, trace) = match outcome {
        Ok(answer) => (Some(answer), answer.trace()),
        Err(failure) => (failure.answer.as_ref(), &failure.trace),
    };
    let ended = Ended {
        status: outcome.ok().map(Answer::status),
        attempts: outcome.map_or_else(|failure| failure.attempts, Answer::attempts),
        bytes: answer.map_or(0, |answer| answer.body().len()),
        waited: trace.waited() + trace.waited_for_quota(),
        took: outcome.map_or_else(|failure| failure.elapsed, Answer::elapsed),
    };
    let shared = call.client.shared();
    call.station.counters.add(&ended);
    if let Some(meter) = &shared.meter {
        let status = answer.map(Answer::status);
        meter.call(&CallRecord {
            operation: &call.operation,
            status,
            error: ErrorType::of(outcome.err(), status).as_str(),
            attempts: ended.attempts,
            waited: ended.waited,
            took: ended.took,
        });
    }
}

/// Measures an attempt.
pub(super) fn measure(attempt: &Attempt<'_, '_>, outcome: &arrived::Outcome, took: Duration) {
    let Some(meter) = &attempt.run.shared.meter else {
        return;
    };
    let server = &attempt.draft.place.base_url;
    let (status, failure) = match outcome {
        Ok(arrived) => (Some(arrived.answer.status()), None),
        Err(failure) => (
            failure.answer.as_ref().map(Answer::status),
            Some(&**failure),
        ),
    };
    meter.attempt(&AttemptRecord {
        operation: &attempt.run.call.operation,
        address: server.host(),
        port: server.port(),
        number: attempt.number,
        status,
        error: ErrorType::of(failure, status).as_str(),
        took,
    });
}

/// What OpenTelemetry calls `error.type`: a status of 400 and above, or the name of a failure.
pub(super) enum ErrorType {
    None,
    Name(&'static str),
    Status(SmolStr),
}

impl ErrorType {
    pub(super) fn of(failure: Option<&Failure>, status: Option<u16>) -> Self {
        match (failure, status) {
            (Some(failure), _) => ErrorType::Name(failure.kind.name()),
            (None, Some(status @ 400..)) => ErrorType::Status(format_smolstr!("{status}")),
            (None, _) => ErrorType::None,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            ErrorType::None => None,
            ErrorType::Name(name) => Some(name),
            ErrorType::Status(status) => Some(status),
        }
    }
}

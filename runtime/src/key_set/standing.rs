//! The policy: whether a key is sent, by what servers have answered to it.

use std::time::{Duration, Instant};

/// How long a refused key is left alone at first; it doubles each time that it is refused again.
const FIRST_PAUSE: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// What is known of a key.
#[derive(Debug, Default)]
pub(super) struct Standing {
    refusal: Option<Refusal>,
    /// When the last request was sent that it got in with.
    got_in: Option<Instant>,
}

#[derive(Debug)]
pub(super) struct Refusal {
    /// The operation that it is known for; none where that is all of them.
    operation: Option<String>,
    pub(super) status: u16,
    pub(super) since: Instant,
    until: Instant,
    pause: Duration,
}

/// Whether a key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Good,
    /// It was refused, and one call may try it again.
    Due,
    /// It is left alone for so long.
    Refused(Duration),
}

impl Standing {
    pub(super) fn of(&self, operation: &str, now: Instant) -> Use {
        match &self.refusal {
            Some(refusal) if refusal.is_of(operation) => match refusal.until {
                until if until <= now => Use::Due,
                until => Use::Refused(until - now),
            },
            _ => Use::Good,
        }
    }

    /// What it was refused with, for an operation or for all.
    pub(super) fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// It is tried again, by nobody else for as long as it has been left alone.
    pub(super) fn try_again(&mut self, now: Instant) {
        if let Some(refusal) = &mut self.refusal {
            refusal.until = now + refusal.pause;
        }
    }

    /// A request was refused that was sent at a time.
    pub(super) fn refuse(&mut self, operation: &str, status: u16, sent: Instant, now: Instant) {
        if self.has_got_in_after(sent) {
            return;
        }
        let Some(refusal) = &mut self.refusal else {
            self.refusal = Some(Refusal::new(Some(operation), status, now));
            return;
        };
        let was_known = refusal.is_of(operation);
        if !was_known {
            // What two operations say holds for all.
            refusal.operation = None;
        }
        // Those that were under way at the time say nothing new.
        if sent > refusal.since && was_known {
            refusal.pause = (refusal.pause * 2).min(LONGEST_PAUSE);
            refusal.until = now + refusal.pause;
            refusal.since = now;
        }
    }

    /// Another key got in with the request that was refused to this one, sent at a time.
    pub(super) fn lose(&mut self, status: u16, sent: Instant, now: Instant) {
        if self.has_got_in_after(sent) {
            return;
        }
        let new = || Refusal::new(None, status, now);
        self.refusal.get_or_insert_with(new).operation = None;
    }

    /// Another key got in with an operation; what this one was refused for that holds for all.
    pub(super) fn lose_where_refused(&mut self, operation: &str) {
        if let Some(refusal) = &mut self.refusal
            && refusal.is_of(operation)
        {
            refusal.operation = None;
        }
    }

    /// It got in with a request that was sent at a time.
    pub(super) fn get_in(&mut self, sent: Instant) {
        self.got_in = self.got_in.max(Some(sent));
        // What was sent before it was refused got in before.
        if self.refusal.as_ref().is_some_and(|it| sent >= it.since) {
            self.refusal = None;
        }
    }

    fn has_got_in_after(&self, sent: Instant) -> bool {
        self.got_in.is_some_and(|got_in| got_in > sent)
    }
}

impl Refusal {
    fn new(operation: Option<&str>, status: u16, now: Instant) -> Self {
        Self {
            operation: operation.map(str::to_owned),
            status,
            since: now,
            until: now + FIRST_PAUSE,
            pause: FIRST_PAUSE,
        }
    }

    pub(super) fn is_of(&self, operation: &str) -> bool {
        self.operation.as_deref().is_none_or(|it| it == operation)
    }

    /// Whether it is known for all operations.
    pub(super) fn is_for_all(&self) -> bool {
        self.operation.is_none()
    }

    /// For how long nobody tries it.
    pub(super) fn left(&self, now: Instant) -> Duration {
        self.until.saturating_duration_since(now)
    }
}

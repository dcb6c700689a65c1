//! Keys of a call: chosen for each attempt, and exchanged for others where the server refuses them.

use std::pin::pin;
use std::time::Instant;

use super::Call;
use super::arrived::Outcome;
use super::assemble::Draft;
use super::attempt::credentials;
use super::path::Run;
use super::target::Place;
use crate::credential::{Grant, fit};
use crate::error::{Failure, FailureKind};
use crate::key_set::{HeldKey, KeyError, KeySet, Need, Refused};
use crate::limit::{Buckets, Feedback, Quota};
use crate::response::Answer;
use crate::retry::{Event, Hint, Tried, retry_after};

/// What a call knows of its keys.
#[derive(Debug, Default)]
pub(super) struct Keys {
    sets: Vec<KeySet>,
    /// What the attempt sends, one of each set.
    held: Vec<HeldKey>,
    refused: Vec<Refused>,
}

impl<'c> Run<'c> {
    /// Whether an attempt may send keys of sets; most send none.
    pub(super) fn has_keys(&self) -> bool {
        let own = &self.call.overrides().credentials;
        self.shared.has_keys || own.iter().any(|credential| credential.keys().is_some())
    }

    /// Waits until there are keys for the next attempt; those that there are cost no time.
    pub(super) async fn ready_keys(&mut self, draft: &Draft<'c>) -> Result<(), Box<Failure>> {
        let mut sets = Vec::new();
        let chosen = credentials(self.call, &draft.place, &mut |grant| {
            if let Grant::Keys(keys, _) = grant {
                sets.push(keys.clone());
            }
        });
        chosen.map_err(|reason| self.failed(FailureKind::MissingCredential(reason)))?;
        if sets.is_empty() {
            return Ok(());
        }
        // What the first attempt was made with may be old by now.
        self.is_fresh = false;
        let mut keys = self.keys.take().unwrap_or_default();
        for set in &sets {
            let need = self.need(draft, &keys.refused);
            let ready = pin!(set.ready(&need, &self.shared.connection));
            let ready = self.deadline.before(&mut self.timer, ready).await;
            let ready = ready.ok_or_else(|| self.timed_out())?;
            ready.map_err(|error| self.failed(FailureKind::NoKey(error)))?;
        }
        keys.sets = sets;
        self.keys = Some(keys);
        Ok(())
    }

    /// Chooses the keys of an attempt, by what their quotas let through.
    pub(super) fn choose_keys(
        &mut self,
        draft: &Draft<'_>,
        now: Instant,
    ) -> Result<(), Box<Failure>> {
        let Some(mut keys) = self.keys.take() else {
            return Ok(());
        };
        let need = self.need(draft, &keys.refused);
        let held = keys.sets.iter().map(|set| set.choose(&need, now));
        let held: Result<Vec<HeldKey>, KeyError> = held.collect();
        keys.held = held.map_err(|error| self.failed(FailureKind::NoKey(error)))?;
        self.keys = Some(keys);
        Ok(())
    }

    /// Whether a key was refused to others, or replaced, while the attempt waited for its turn.
    pub(super) fn has_stale_keys(&self) -> bool {
        let operation = &self.call.operation;
        let mut held = self.keys.iter().flat_map(|keys| &keys.held);
        held.any(|held| !held.is_sendable(operation))
    }

    /// The buckets of an attempt, those of its keys included.
    pub(super) fn with_keys<'l>(&self, mut buckets: Buckets<'l>) -> Buckets<'l> {
        let quota = self.quota();
        for held in self.keys.iter().flat_map(|keys| &keys.held) {
            let of_key = held.buckets(&self.call.operation, quota);
            buckets = buckets.with_key(of_key, held.has_own_quotas());
        }
        buckets
    }

    /// Gives what is sent to prove who the client is, with a key in the place of each set.
    pub(super) fn credentials(
        &self,
        place: &Place<'_>,
        give: &mut dyn FnMut(Grant<'_>),
    ) -> Result<(), String> {
        let Some(keys) = &self.keys else {
            return credentials(self.call, place, give).map(drop);
        };
        credentials(self.call, place, &mut |grant| {
            let Grant::Keys(set, kind) = grant else {
                return give(grant);
            };
            let held = keys.held.iter().find(|held| held.is_of(set));
            let key = held.and_then(|held| fit(kind, held.credential()));
            give(key.unwrap_or(grant));
        })
        .map(drop)
    }

    /// What a server says of quotas holds for the keys of the attempt alone, where it has any.
    pub(super) fn observe_for_keys(&self, feedback: &Feedback) -> bool {
        let Some(keys) = &self.keys else {
            return false;
        };
        for held in &keys.held {
            held.observe(&self.call.operation, feedback, self.shared.clock.now());
        }
        true
    }

    /// Takes note of keys that got in.
    pub(super) fn credit_keys(&self, outcome: &Outcome, sent: Instant, now: Instant) {
        let is_in = matches!(outcome, Ok(arrived) if arrived.answer.is_success());
        let keys = self.keys.as_ref().filter(|_| is_in);
        for held in keys.into_iter().flat_map(|keys| &keys.held) {
            let refused = self.keys.as_ref().map_or(&[][..], |keys| &keys.refused);
            held.get_in(&self.call.operation, refused, sent, now);
        }
    }

    /// What came of an attempt: a server that is tired of one key says nothing of another one, which may go at once.
    pub(super) fn event_for_keys(&self, draft: &Draft<'_>, event: Event) -> Event {
        let (Some(keys), Event::Answered(429, hint)) = (&self.keys, event) else {
            return event;
        };
        let now = self.shared.clock.now();
        let need = self.need(draft, &keys.refused);
        let mut sets = keys.sets.iter();
        match sets.all(|set| set.has_one_at_once(&need, now)) {
            true => Event::Answered(429, Hint { wait: None, ..hint }),
            false => event,
        }
    }

    /// Whether the server refuses the keys, and the call is sent again with others: once with each, if it may be sent so
    /// often.
    pub(super) fn falls_over(
        &mut self,
        draft: &Draft<'c>,
        tried: &Tried,
        outcome: &Outcome,
        sent: Instant,
    ) -> bool {
        let Ok(arrived) = outcome else {
            return false;
        };
        let status = refusal(&arrived.answer);
        let (Some(status), Some(mut keys)) = (status, self.keys.take()) else {
            return false;
        };
        let need = self.need(draft, &[]);
        let has_others = keys.refuse(&need, status, sent, self.shared.clock.now());
        self.keys = Some(keys);
        has_others && self.may_go_again(tried)
    }

    /// Ends where no key is left: the answer that refused the last one says more, unless a source should have had another.
    pub(super) fn end_without_key(
        &mut self,
        last: Option<Outcome>,
        failure: Box<Failure>,
    ) -> Outcome {
        let outcome = match (last, failure.kind) {
            (Some(Ok(mut arrived)), FailureKind::NoKey(error))
                if arrived.answer.status() == 401 && error.is_of_source() =>
            {
                arrived.answer.set_elapsed(self.deadline.elapsed());
                Err(Box::new(Failure::without_key(arrived.answer, error)))
            }
            (Some(last), _) => Ok(last?),
            (None, kind) => Err(self.failed(kind)),
        };
        self.finish(outcome)
    }

    fn need<'n>(&self, draft: &Draft<'_>, refused: &'n [Refused]) -> Need<'n>
    where
        'c: 'n,
    {
        let call: &'c Call = self.call;
        let has_attempts = self.attempts + 1 < self.settled.retry.most_attempts();
        Need {
            operation: &call.operation,
            weight: self.settled.weight,
            quota: self.quota(),
            may_try: has_attempts && draft.is_repeatable(),
            refused,
        }
    }

    fn quota(&self) -> Option<Quota> {
        let limiter = self.shared.limiter.as_ref();
        limiter.and_then(|limiter| limiter.quota(&self.call.operation))
    }
}

impl Keys {
    /// The names of the keys of the attempt.
    pub(super) fn names(&self) -> String {
        let names: Vec<&str> = self.held.iter().map(HeldKey::name).collect();
        names.join(", ")
    }

    /// Takes note of keys that are refused, and says whether there are others, or may be soon.
    fn refuse(&mut self, need: &Need<'_>, status: u16, sent: Instant, now: Instant) -> bool {
        let held = std::mem::take(&mut self.held);
        if status == 403 && !held.iter().all(|held| held.set().doubts(now)) {
            self.held = held;
            return false;
        }
        let has_other = |held: &HeldKey| {
            let mut refused = self.refused.clone();
            refused.push(held.refused(status, sent));
            let need = Need {
                refused: &refused,
                ..*need
            };
            held.set().has_other(&need, now)
        };
        let have_other: Vec<bool> = held.iter().map(has_other).collect();
        let any_has_other = have_other.contains(&true);
        let mut has_others = any_has_other;
        for (held, has_other) in held.iter().zip(have_other) {
            // Of several, it is the one that can be exchanged; where that is not so, the next answer says so.
            if any_has_other && !has_other {
                continue;
            }
            tell(held, status);
            if status == 403 && !has_other && !self.refused.is_empty() {
                held.set().stop_doubting(now);
            }
            held.refuse(need.operation, status, sent, now);
            self.refused.push(held.refused(status, sent));
            has_others |= held.set().may_bring_others(now);
            // There is no other one, and the error says why.
            has_others |= status == 401 && held.set().is_failing();
        }
        self.held = held;
        has_others
    }
}

/// The status of an answer that refuses a key, or may do so.
fn refusal(answer: &Answer) -> Option<u16> {
    let (status, headers) = (answer.status(), answer.headers());
    if !matches!(status, 401 | 403) {
        return None;
    }
    // Another key would have no more scopes.
    if answer.insufficient_scope().is_some() {
        return None;
    }
    // Some servers say so that there were too many requests.
    let is_of_quota = retry_after(headers).is_some() || Feedback::of(headers).is_empty();
    (status == 401 || !is_of_quota).then_some(status)
}

fn tell(held: &HeldKey, status: u16) {
    let name = held.name();
    match status {
        401 => tracing::warn!(
            "attache.key" = name,
            "http.response.status_code" = status,
            "a key was refused"
        ),
        _ => tracing::debug!(
            "attache.key" = name,
            "http.response.status_code" = status,
            "a key may have been refused"
        ),
    }
}

//! The keys of a set with what is known of them: plain data, and what changes it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::choice::{Candidate, choose};
use super::kind::Make;
use super::pause::Pause;
use super::standing::{Standing, Use};
use super::{Key, KeyRole, Member};
use crate::call::OperationMeta;
use crate::limit::Quota;
use crate::usage::KeyHealth;

/// What a request needs a key for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need<'n> {
    pub(crate) operation: &'n OperationMeta,
    /// As how many requests it counts.
    pub(crate) weight: u32,
    /// The quota of the operation, which each key may have for itself.
    pub(crate) quota: Option<Quota>,
    /// It can be sent again with another key.
    pub(crate) may_try: bool,
    /// The keys that have been refused to the call.
    pub(crate) refused: &'n [Refused],
}

/// A key that was refused to a call.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(super) member: Arc<Member>,
    pub(super) status: u16,
    /// When the request was sent.
    pub(super) sent: Instant,
}

#[derive(Debug, Default)]
pub(super) struct Roster {
    entries: Vec<Entry>,
    /// In it, answers of 403 are taken as they are, after no other key got in either.
    pause: Option<Pause>,
}

#[derive(Debug)]
struct Entry {
    member: Arc<Member>,
    role: KeyRole,
    standing: Standing,
    sent: u64,
    refused: u64,
}

impl Roster {
    /// Takes the keys of a source, and says whether they are others than it gave before: then nothing is held against
    /// them, and their roles are those that it gives.
    pub(super) fn replace(
        &mut self,
        keys: &[Key],
        given: &[Key],
        make: &Make,
        now: Instant,
    ) -> Result<bool, String> {
        let are_same = |(key, given): (&Key, &Key)| key.is(given) && key.role == given.role;
        if keys.len() == given.len() && keys.iter().zip(given).all(are_same) {
            return Ok(false);
        }
        let known = |key: &Key| self.entries.iter().find(|entry| entry.member.is(key));
        let entry = |key: &Key| {
            let (member, sent, refused) = match known(key) {
                Some(entry) => (entry.member.clone(), entry.sent, entry.refused),
                None => (Arc::new(Member::new(key.clone(), make, now)?), 0, 0),
            };
            Ok(Entry {
                member,
                role: key.role,
                standing: Standing::default(),
                sent,
                refused,
            })
        };
        let entries: Result<Vec<Entry>, String> = keys.iter().map(entry).collect();
        (self.entries, self.pause) = (entries?, None);
        Ok(true)
    }

    /// Chooses the key of a request.
    pub(super) fn choose(&mut self, need: &Need<'_>, now: Instant) -> Option<Arc<Member>> {
        let place = self.find(need, now)?;
        let entry = &mut self.entries[place];
        if entry.standing.of(need.operation.id(), now) == Use::Due {
            entry.standing.try_again(now);
        }
        entry.sent += 1;
        Some(entry.member.clone())
    }

    /// Whether there is a key for a request.
    pub(super) fn has_one(&self, need: &Need<'_>, now: Instant) -> bool {
        self.find(need, now).is_some()
    }

    /// Whether there is a key whose quota lets a request through at once.
    pub(super) fn has_one_at_once(&self, need: &Need<'_>, now: Instant) -> bool {
        let place = self.find(need, now);
        place.is_some_and(|place| self.wait(&self.entries[place], need, now).0.is_zero())
    }

    /// Whether a key may be sent still that was chosen at a time: it is known, and has not been refused since.
    pub(super) fn is_sendable(
        &self,
        member: &Arc<Member>,
        operation: &OperationMeta,
        chosen: Instant,
    ) -> bool {
        let entry = self.entry(member).map(|place| &self.entries[place]);
        entry.is_some_and(|entry| {
            let refusal = entry.standing.refusal();
            refusal.is_none_or(|refusal| refusal.since < chosen || !refusal.is_of(operation.id()))
        })
    }

    fn find(&self, need: &Need<'_>, now: Instant) -> Option<usize> {
        let is_refused = |entry: &Entry| {
            let mut refused = need.refused.iter();
            refused.any(|refused| Arc::ptr_eq(&refused.member, &entry.member))
        };
        let entries = self.entries.iter();
        let candidates = entries.map(|entry| {
            let (wait, left) = self.wait(entry, need, now);
            Candidate {
                role: entry.role,
                standing: match is_refused(entry) {
                    true => Use::Refused(Duration::ZERO),
                    false => entry.standing.of(need.operation.id(), now),
                },
                wait,
                left,
                sent: entry.sent,
            }
        });
        choose(candidates, need.may_try)
    }

    fn wait(&self, entry: &Entry, need: &Need<'_>, now: Instant) -> (Duration, Option<f64>) {
        let quotas = &entry.member.quotas;
        quotas.wait(need.operation, need.quota, need.weight, now)
    }

    /// A key was refused.
    pub(super) fn refuse(
        &mut self,
        member: &Arc<Member>,
        operation: &OperationMeta,
        status: u16,
        sent: Instant,
        now: Instant,
    ) {
        if let Some(place) = self.entry(member) {
            let entry = &mut self.entries[place];
            entry.refused += 1;
            entry.standing.refuse(operation.id(), status, sent, now);
        }
    }

    /// A key got in; returns its name where it has become current by that.
    pub(super) fn get_in(
        &mut self,
        member: &Arc<Member>,
        operation: &OperationMeta,
        refused: &[Refused],
        sent: Instant,
        now: Instant,
    ) -> Option<&str> {
        let place = self.entry(member)?;
        self.entries[place].standing.get_in(sent);
        for (other, entry) in self.entries.iter_mut().enumerate() {
            let is_it = |refused: &&Refused| Arc::ptr_eq(&refused.member, &entry.member);
            if other == place {
                continue;
            }
            if let Some(refused) = refused.iter().find(is_it) {
                entry.refused += u64::from(refused.status != 401);
                entry.standing.lose(refused.status, refused.sent, now);
            }
            entry.standing.lose_where_refused(operation.id());
        }
        if refused.iter().any(|refused| refused.status == 403) {
            self.pause = None;
        }
        self.promote(place)
    }

    /// Makes a key that is next current, where all that are have been refused.
    fn promote(&mut self, place: usize) -> Option<&str> {
        let is_lost = |entry: &Entry| entry.standing.refusal().is_some_and(|it| it.is_for_all());
        let current = |entry: &&mut Entry| entry.role == KeyRole::Current;
        let is_next = self.entries[place].role == KeyRole::Next;
        let mut all = self
            .entries
            .iter()
            .filter(|entry| entry.role == KeyRole::Current);
        if !is_next || !all.all(is_lost) {
            return None;
        }
        for entry in self.entries.iter_mut().filter(current) {
            entry.role = KeyRole::Retiring;
        }
        self.entries[place].role = KeyRole::Current;
        Some(self.entries[place].member.name())
    }

    /// Whether an answer of 403 may be about the key.
    pub(super) fn doubts(&self, now: Instant) -> bool {
        self.pause.is_none_or(|pause| pause.is_over(now))
    }

    /// Answers of 403 were not about the key.
    pub(super) fn stop_doubting(&mut self, now: Instant) {
        self.pause = Some(Pause::after(self.pause, now));
    }

    /// Says of each key when it was refused.
    pub(super) fn refusals(&self, now: Instant) -> String {
        let refusals = self.entries.iter().filter_map(|entry| {
            let refusal = entry.standing.refusal()?;
            let (name, status) = (entry.member.name(), refusal.status);
            let since = now.saturating_duration_since(refusal.since).as_secs();
            Some(format!("{name:?} was refused with {status} {since} s ago"))
        });
        let refusals: Vec<String> = refusals.collect();
        match refusals.is_empty() {
            true => "there is none".to_owned(),
            false => refusals.join(", "),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.member.name())
    }

    pub(super) fn health(&self, now: Instant) -> Vec<KeyHealth> {
        let health = |entry: &Entry| {
            let refusal = entry.standing.refusal();
            let left = refusal.map(|refusal| refusal.left(now));
            let wait = entry.member.quotas.longest_wait(now);
            KeyHealth {
                key: entry.member.name().to_owned(),
                role: entry.role.as_str().to_owned(),
                sent: entry.sent,
                refused: entry.refused,
                refused_for_ms: left.map(|left| left.as_secs_f64() * 1e3),
                next_in_ms: wait.as_secs_f64() * 1e3,
            }
        };
        self.entries.iter().map(health).collect()
    }

    fn entry(&self, member: &Arc<Member>) -> Option<usize> {
        let mut entries = self.entries.iter();
        entries.position(|entry| Arc::ptr_eq(&entry.member, member))
    }
}

//! What a server does with each of its requests.

use std::collections::VecDeque;
use std::time::Duration;

use super::Act;
use crate::random::{Random, SeededRandom};

/// What a server does with each of its requests: some acts in turn, and then always the same, or what chance wants.
///
/// ```
/// use attache_runtime::testing::{Act, FaultPlan};
///
/// let resets_first = FaultPlan::answering(200, r#"{"id":"p_1"}"#).first([Act::ResetBeforeHeaders]);
/// let bad_day = FaultPlan::answering(200, "{}").by_chance(7, 0.2);
/// # let _ = (resets_first, bad_day);
/// ```
#[derive(Debug)]
pub struct FaultPlan {
    first: VecDeque<Act>,
    then: Act,
    chance: Option<(SeededRandom, f64)>,
}

impl FaultPlan {
    /// Answers all requests with JSON.
    pub fn answering(status: u16, body: impl Into<String>) -> Self {
        Self {
            first: VecDeque::new(),
            then: Act::Answer(status, body.into()),
            chance: None,
        }
    }

    /// Does these first, one with each request.
    pub fn first(mut self, acts: impl IntoIterator<Item = Act>) -> Self {
        self.first.extend(acts);
        self
    }

    /// Does something else with this share of the requests, from 0 to 1: each of the faults is as likely, and the same
    /// seed gives the same faults in the same order of requests.
    pub fn by_chance(mut self, seed: u64, share: f64) -> Self {
        self.chance = Some((SeededRandom::new(seed), share));
        self
    }

    /// What to do with the next request.
    pub(super) fn next(&mut self) -> Act {
        if let Some(act) = self.first.pop_front() {
            return act;
        }
        let Some((random, share)) = &self.chance else {
            return self.then.clone();
        };
        // 53 bits are as many as such a number has.
        let part = (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
        if part >= *share {
            return self.then.clone();
        }
        let faults = faults();
        let at = random.next() % faults.len() as u64;
        faults[at as usize].clone()
    }
}

fn faults() -> [Act; 11] {
    let text = "{}".to_owned();
    [
        Act::Answer(503, text.clone()),
        Act::Answer(429, text.clone()),
        Act::AnswerAndClose(200, text.clone()),
        Act::ResetBeforeHeaders,
        Act::ResetInHeaders,
        Act::ResetInBody(10),
        Act::CloseInBody(10),
        Act::HalfClose,
        Act::Drip(Duration::from_millis(1), 200, text.clone()),
        Act::WrongLength(1_000, text),
        Act::Garbage,
    ]
}

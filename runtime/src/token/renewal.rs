//! The policy: which token is used, and when another one is fetched.

use std::time::{Duration, Instant};

use super::TokenError;
use crate::random::{Random, part_of};

/// A token is renewed so long before it expires, or a fifth of its lifetime, whichever is less.
const WINDOW: Duration = Duration::from_secs(300);
/// The first wait after a failure; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// No more than one token is given up in this time because a server refuses it.
const BETWEEN_REFUSALS: Duration = Duration::from_secs(10);

/// What is known of a token; `T` is what is sent.
#[derive(Debug)]
pub(super) struct Renewal<T> {
    current: Option<Current<T>>,
    /// How many tokens there have been.
    version: u64,
    is_running: bool,
    /// When a server refused a token last.
    refused: Option<Instant>,
    failure: Option<Pause>,
}

#[derive(Debug)]
struct Current<T> {
    token: T,
    expires: Option<Instant>,
    renewed_from: Option<Instant>,
}

#[derive(Debug)]
struct Pause {
    error: TokenError,
    until: Instant,
    length: Duration,
}

/// What to do about a token.
#[derive(Debug)]
pub(super) enum Step<T> {
    Use(T, u64),
    /// Use it, and fetch the next one meanwhile.
    Renew(T, u64),
    /// There is none that is valid: fetch one, and wait for it.
    Fetch,
    /// Wait for the one that is being fetched.
    Wait,
    Fail(TokenError),
}

impl<T> Default for Renewal<T> {
    fn default() -> Self {
        Self {
            current: None,
            version: 0,
            is_running: false,
            refused: None,
            failure: None,
        }
    }
}

impl<T: Clone> Renewal<T> {
    /// Says what to do; where that is to fetch a token, it is taken for done.
    pub(super) fn step(&mut self, now: Instant) -> Step<T> {
        let pauses = self.failure.as_ref();
        let pauses = pauses.filter(|pause| now < pause.until);
        if let Some(current) = self.valid(now) {
            let is_due = current.renewed_from.is_some_and(|from| now >= from);
            let (token, version) = (current.token.clone(), self.version);
            if !is_due || self.is_running || pauses.is_some() {
                return Step::Use(token, version);
            }
            self.is_running = true;
            return Step::Renew(token, version);
        }
        if self.is_running {
            return Step::Wait;
        }
        if let Some(pause) = pauses {
            return Step::Fail(pause.error.clone());
        }
        self.is_running = true;
        Step::Fetch
    }

    /// A token has come, which was asked for at a time.
    pub(super) fn succeed(
        &mut self,
        token: T,
        asked: Instant,
        lifetime: Option<Duration>,
        random: &dyn Random,
    ) {
        self.is_running = false;
        self.failure = None;
        self.version += 1;
        let expires = lifetime.and_then(|lifetime| asked.checked_add(lifetime));
        let window = lifetime.map(window);
        // Many processes that began together do not renew together.
        let early = window.map(|window| window + part_of(window / 2, random));
        self.current = Some(Current {
            token,
            expires,
            renewed_from: expires
                .zip(early)
                .and_then(|(at, early)| at.checked_sub(early)),
        });
    }

    /// There is no new token; the one that there is stays.
    pub(super) fn fail(&mut self, error: TokenError, now: Instant) {
        self.is_running = false;
        let before = self.failure.take().map(|pause| pause.length * 2);
        // Also what is final is asked again: servers have been wrong about it.
        let length = match error.is_final() {
            true => LONGEST_PAUSE,
            false => before.unwrap_or(FIRST_PAUSE).min(LONGEST_PAUSE),
        };
        self.failure = Some(Pause {
            until: now + length,
            error,
            length,
        });
    }

    /// Whoever fetched it has gone without an outcome.
    pub(super) fn give_up(&mut self) {
        self.is_running = false;
    }

    /// A server refuses a token; says whether there will be another one, or is already.
    ///
    /// A server that refuses all of them is not given one after the other.
    pub(super) fn refuse(&mut self, version: u64, now: Instant) -> bool {
        // Another call has given it up already; the next one may not have come yet.
        if self.version != version || self.current.is_none() {
            return true;
        }
        if self.refused.is_some_and(|at| now < at + BETWEEN_REFUSALS) {
            return false;
        }
        self.refused = Some(now);
        self.current = None;
        true
    }

    /// The token that was the so many-th, while it has not been replaced.
    pub(super) fn current(&self, version: u64) -> Option<&T> {
        let current = self.current.as_ref().filter(|_| self.version == version);
        current.map(|current| &current.token)
    }

    fn valid(&self, now: Instant) -> Option<&Current<T>> {
        let current = self.current.as_ref();
        current.filter(|current| current.expires.is_none_or(|at| now < at))
    }
}

/// So long before a token expires it is renewed at the latest.
pub(crate) fn window(lifetime: Duration) -> Duration {
    (lifetime / 5).min(WINDOW)
}

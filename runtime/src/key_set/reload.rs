//! The policy: when a source is asked for its keys.

use std::time::{Duration, Instant};

use super::KeyError;
use super::pause::{LONGEST, Pause};

/// What is known of a source.
#[derive(Debug)]
pub(super) struct Reload {
    /// How often it is asked; none where asking once is enough.
    interval: Option<Duration>,
    is_loaded: bool,
    is_running: bool,
    /// Somebody waits for other keys.
    is_needed: bool,
    due: Option<Instant>,
    /// In it nothing is asked, after a failure, or after all keys were refused and no others came.
    pause: Option<Pause>,
    failure: Option<(KeyError, Instant)>,
}

/// What to do where a key is needed, and there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Load,
    /// Wait for those that are being loaded.
    Wait,
    Fail,
}

impl Reload {
    pub(super) fn new(interval: Option<Duration>) -> Self {
        Self {
            interval,
            is_loaded: false,
            is_running: false,
            is_needed: false,
            due: None,
            pause: None,
            failure: None,
        }
    }

    /// Another interval, where there is one.
    pub(super) fn set_interval(&mut self, interval: Duration) {
        if let Some(known) = &mut self.interval {
            *known = interval;
        }
    }

    /// Whether it is time to ask, while there are keys; it is taken for done.
    pub(super) fn is_due(&mut self, now: Instant) -> bool {
        let is_due = self.due.is_some_and(|due| due <= now);
        let begins = is_due && !self.is_running && !self.is_paused(now);
        if begins {
            (self.is_running, self.is_needed) = (true, false);
        }
        begins
    }

    /// What to do where there is no key left; where that is to load, it is taken for done.
    pub(super) fn need(&mut self, now: Instant) -> Step {
        if self.is_running {
            self.is_needed = true;
            return Step::Wait;
        }
        if !self.may_bring_others(now) {
            return Step::Fail;
        }
        (self.is_running, self.is_needed) = (true, true);
        Step::Load
    }

    /// Whether there may be other keys soon.
    pub(super) fn may_bring_others(&self, now: Instant) -> bool {
        let is_asked = !self.is_loaded || self.interval.is_some();
        self.is_running || (is_asked && !self.is_paused(now))
    }

    /// Keys have come, other ones than before or the same.
    pub(super) fn succeed(&mut self, are_others: bool, now: Instant) {
        self.is_running = false;
        self.is_loaded = true;
        self.failure = None;
        self.due = self.interval.map(|interval| now + interval);
        match are_others {
            true => self.pause = None,
            false if self.is_needed => self.pause(now),
            false => {}
        }
    }

    /// No keys have come; the ones that there are stay.
    pub(super) fn fail(&mut self, error: KeyError, now: Instant) {
        self.is_running = false;
        let since = self.failure.take().map_or(now, |(_, since)| since);
        self.failure = Some((error, since));
        self.pause(now);
    }

    /// Whoever asked has gone without an outcome.
    pub(super) fn give_up(&mut self) {
        self.is_running = false;
    }

    pub(super) fn failure(&self) -> Option<&KeyError> {
        self.failure.as_ref().map(|(error, _)| error)
    }

    /// For how long the source has been failing.
    pub(super) fn failing_for(&self, now: Instant) -> Option<Duration> {
        let since = self.failure.as_ref().map(|(_, since)| *since);
        since.map(|since| now.saturating_duration_since(since))
    }

    fn pause(&mut self, now: Instant) {
        // What has been well for long begins anew.
        let before = self.pause.filter(|pause| now < pause.until + LONGEST);
        self.pause = Some(Pause::after(before, now));
    }

    fn is_paused(&self, now: Instant) -> bool {
        self.pause.is_some_and(|pause| !pause.is_over(now))
    }
}

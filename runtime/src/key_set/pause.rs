//! The policy: how long something is left alone that came to nothing.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_secs(1);
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// A time in which something is left alone; each is twice as long as the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pause {
    pub(super) until: Instant,
    length: Duration,
}

impl Pause {
    pub(super) fn after(before: Option<Self>, now: Instant) -> Self {
        let length = before.map_or(FIRST, |before| before.length * 2);
        let length = length.min(LONGEST);
        Self {
            until: now + length,
            length,
        }
    }

    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.until <= now
    }
}

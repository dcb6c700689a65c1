//! How often all calls of a client may be tried again.

use crate::sync::atomic::{AtomicU32, Ordering};

/// Tokens that retries pay with, shared by all calls of a client.
///
/// When a server fails for everyone, the tokens run out, and calls fail after their first attempt: retries then never
/// multiply the load by more than calls that succeed pay for. Each call that succeeds at its first attempt adds one
/// token, and one that succeeds later gives back what its last retry cost.
#[derive(Debug)]
pub struct Budget {
    capacity: u32,
    tokens: AtomicU32,
}

impl Budget {
    /// Begins with all tokens that there can be.
    pub fn new(capacity: u32) -> Self {
        Self {
            capacity,
            tokens: AtomicU32::new(capacity),
        }
    }

    /// Returns how many tokens are left.
    pub fn left(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Takes what a retry costs; false, and nothing, when there is less.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let taken = |tokens: u32| tokens.checked_sub(cost);
        let (set, fetch) = (Ordering::AcqRel, Ordering::Acquire);
        self.tokens.fetch_update(set, fetch, taken).is_ok()
    }

    /// Gives tokens back, up to the capacity.
    pub(crate) fn give(&self, tokens: u32) {
        // The usual case costs a read: nothing is missing.
        if self.left() >= self.capacity {
            return;
        }
        let given = |left: u32| Some(left.saturating_add(tokens).min(self.capacity));
        let (set, fetch) = (Ordering::AcqRel, Ordering::Acquire);
        let _ = self.tokens.fetch_update(set, fetch, given);
    }
}

//! The policy: how many at once, and how many may wait.

/// How many requests are under way at once, and how many calls may wait to send theirs.
///
/// ```
/// use attache_runtime::Admission;
///
/// let few = Admission::at_once(8).waiting(100);
/// # let _ = few;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    at_once: usize,
    waiting: usize,
}

/// Who goes first where calls wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody is watching.
    Interactive,
    /// As all others.
    #[default]
    Normal,
    /// Whenever there is room.
    Background,
}

impl Admission {
    /// Lets so many requests be under way at once, at least one; any number of calls may wait.
    pub const fn at_once(requests: usize) -> Self {
        Self {
            at_once: if requests == 0 { 1 } else { requests },
            waiting: usize::MAX,
        }
    }

    /// Lets so many calls wait; one more fails at once.
    pub const fn waiting(mut self, calls: usize) -> Self {
        self.waiting = calls;
        self
    }

    pub(super) fn limit(&self) -> usize {
        self.at_once
    }

    /// Whether one more may wait behind these.
    pub(super) fn has_room(&self, waiting: usize) -> bool {
        waiting < self.waiting
    }
}

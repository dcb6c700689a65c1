//! The policy: settings, and what they say of an attempt.

use std::time::Duration;

use super::{Hint, RetryClass};
use crate::random::{Random, part_of};

/// How calls are tried again.
///
/// ```
/// use attache_runtime::Retry;
/// use std::time::Duration;
///
/// let patient = Retry::new().attempts(5).longest_wait(Duration::from_secs(300));
/// # let _ = (patient, Retry::off());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Retry {
    attempts: u32,
    base: Duration,
    throttled_base: Duration,
    cap: Duration,
    longest_wait: Duration,
}

impl Retry {
    /// Returns the defaults, version 1: three attempts, waits of up to 50, 100 and more milliseconds.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(50),
            throttled_base: Duration::from_secs(1),
            cap: Duration::from_secs(20),
            longest_wait: Duration::from_secs(120),
        }
    }

    /// Never tries again.
    pub const fn off() -> Self {
        Self::new().attempts(1)
    }

    /// Sets how often a call is sent at the most, the first time included.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest wait before the second attempt; it doubles with each further one.
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the same for answers that ask for fewer requests.
    pub const fn throttled_base(mut self, base: Duration) -> Self {
        self.throttled_base = base;
        self
    }

    /// Sets how long such a wait becomes at the most, unless the server asks for longer.
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Sets for how long a server may ask to wait; a call of which it asks more fails at once, and carries the time.
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// What came of an attempt that was no success.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Event {
    /// The server cannot have seen it.
    NotSent,
    /// The server may have acted on it.
    MaybeSent,
    /// The attempt took longer than it may.
    TimedOut,
    /// The answer began, and its body broke off.
    BodyBroken,
    /// An answer of this status.
    Answered(u16, Hint),
}

/// The attempt, and what is left of the call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tried {
    pub(crate) event: Event,
    /// Which one it was, from 1.
    pub(crate) attempt: u32,
    pub(crate) class: RetryClass,
    /// The body can be sent again.
    pub(crate) is_repeatable: bool,
    /// Until the deadline of the call.
    pub(crate) left: Duration,
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    /// Wait, pay, and try again.
    Again {
        wait: Duration,
        cost: u32,
    },
    GiveUp(GivenUp),
}

/// Why a call is not tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum GivenUp {
    /// Another attempt would come to the same.
    Final,
    /// The server says so.
    Forbidden,
    /// It has been tried as often as it may.
    Attempts,
    /// The server may have acted on it, and the operation is none to send twice.
    Class,
    /// The body was there once.
    Body,
    /// The server asks for more time than anyone wants to wait.
    Wait(Duration),
    /// The deadline comes before the end of the wait.
    Deadline(Duration),
    /// Other calls have used up the budget.
    Budget,
    /// The server is left alone for so long.
    Circuit(Duration),
    /// The quota lets nothing through for so long.
    Quota(Duration),
    /// So many calls wait already.
    Crowded(usize),
}

/// Kinds of faults, which differ in what a retry costs and how long it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Transient,
    Throttled,
}

/// What a retry pays after a fault, and a second request beside one that takes long.
pub(crate) const TRANSIENT_COST: u32 = 14;
const THROTTLED_COST: u32 = 5;

impl Retry {
    pub(crate) fn most_attempts(&self) -> u32 {
        self.attempts
    }

    /// Settles what to do; what it depends on is in the arguments, chance included.
    pub(crate) fn decide(&self, tried: &Tried, random: &dyn Random) -> Decision {
        let fault = match tried.fault() {
            Ok(fault) => fault,
            Err(reason) => return Decision::GiveUp(reason),
        };
        if tried.attempt >= self.attempts {
            return Decision::GiveUp(GivenUp::Attempts);
        }
        if !tried.is_repeatable {
            return Decision::GiveUp(GivenUp::Body);
        }
        let backoff = part_of(self.ceiling(fault, tried.attempt), random);
        let wait = match tried.event {
            Event::Answered(
                _,
                Hint {
                    wait: Some(wait), ..
                },
            ) if wait > self.longest_wait => {
                return Decision::GiveUp(GivenUp::Wait(wait));
            }
            Event::Answered(
                _,
                Hint {
                    wait: Some(wait), ..
                },
            ) => wait.max(backoff),
            _ => backoff,
        };
        if wait >= tried.left {
            return Decision::GiveUp(GivenUp::Deadline(wait));
        }
        let cost = match fault {
            Fault::Transient => TRANSIENT_COST,
            Fault::Throttled => THROTTLED_COST,
        };
        Decision::Again { wait, cost }
    }

    /// The longest wait after an attempt: it doubles each time, up to the cap.
    fn ceiling(&self, fault: Fault, attempt: u32) -> Duration {
        let base = match fault {
            Fault::Transient => self.base,
            Fault::Throttled => self.throttled_base,
        };
        let factor = 2_u32.checked_pow(attempt.saturating_sub(1));
        let longer = factor.and_then(|factor| base.checked_mul(factor));
        longer.unwrap_or(self.cap).min(self.cap)
    }
}

impl Tried {
    /// `Err` says why nothing is to be gained, or too much to be lost, by another attempt.
    fn fault(&self) -> Result<Fault, GivenUp> {
        let careful = |fault| match self.class.is_repeatable() {
            true => Ok(fault),
            false => Err(GivenUp::Class),
        };
        match self.event {
            Event::NotSent => Ok(Fault::Transient),
            Event::MaybeSent | Event::TimedOut | Event::BodyBroken => careful(Fault::Transient),
            Event::Answered(
                _,
                Hint {
                    should: Some(false),
                    ..
                },
            ) => Err(GivenUp::Forbidden),
            // The server has turned it away.
            Event::Answered(429, _) => Ok(Fault::Throttled),
            Event::Answered(
                _,
                Hint {
                    should: Some(true), ..
                },
            ) => Ok(Fault::Transient),
            Event::Answered(503, Hint { wait: Some(_), .. }) => careful(Fault::Throttled),
            Event::Answered(408 | 425 | 500 | 502 | 503 | 504, _) => careful(Fault::Transient),
            // A call with the same key is under way, if it is worth waiting; any other conflict stays one.
            Event::Answered(409, Hint { wait: Some(_), .. })
                if self.class == RetryClass::IdempotentWithKey =>
            {
                Ok(Fault::Throttled)
            }
            Event::Answered(..) => Err(GivenUp::Final),
        }
    }
}

//! What happened on the way of a call.

use std::fmt;
use std::time::Duration;

use super::{Event, GivenUp};

/// What happened on the way of a call: what came of each attempt that was no success, how long was waited after it,
/// and why there was no further one.
///
/// `Display` says it in one line: `attempt 1: 503 after 12ms, waited 31ms; attempt 2: 429 after 9ms, gave up: …`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace(Option<Box<Way>>);

/// On the heap, since hardly any call has one.
#[derive(Clone, Debug, Default, PartialEq)]
struct Way {
    steps: Vec<Step>,
    /// In all.
    for_quota: Duration,
    /// How many requests were sent beside others.
    hedged: u32,
    is_shared: bool,
    end: Option<GivenUp>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    event: Event,
    took: Duration,
    waited: Option<Duration>,
}

impl Trace {
    /// Returns how long was waited between attempts in all.
    pub fn waited(&self) -> Duration {
        self.steps().iter().filter_map(|step| step.waited).sum()
    }

    /// Returns how long was waited in all because of quotas.
    pub fn waited_for_quota(&self) -> Duration {
        self.way().map_or(Duration::ZERO, |way| way.for_quota)
    }

    /// Returns true if the first attempt was a success, and at once.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the server may have seen any of the attempts.
    pub(crate) fn was_sent(&self) -> bool {
        let mut steps = self.steps().iter();
        steps.any(|step| step.event != Event::NotSent)
    }

    pub(crate) fn waits_for_quota(&mut self, wait: Duration) {
        self.happened().for_quota += wait;
    }

    pub(crate) fn hedges(&mut self, is_hedged: bool) {
        if is_hedged {
            self.happened().hedged += 1;
        }
    }

    pub(crate) fn shares(&mut self) {
        self.happened().is_shared = true;
    }

    /// Returns true if the request was that of another call; see [`coalesce`](crate::coalesce).
    pub fn is_shared(&self) -> bool {
        self.way().is_some_and(|way| way.is_shared)
    }

    /// Returns how many requests were sent beside others that took long; see [`Hedge`](crate::Hedge).
    pub fn hedged(&self) -> u32 {
        self.way().map_or(0, |way| way.hedged)
    }

    pub(crate) fn waits(&mut self, event: Event, took: Duration, wait: Duration) {
        self.happened().steps.push(Step {
            event,
            took,
            waited: Some(wait),
        });
    }

    pub(crate) fn ends(&mut self, event: Event, took: Duration, reason: GivenUp) {
        self.happened().steps.push(Step {
            event,
            took,
            waited: None,
        });
        self.happened().end = Some(reason);
    }

    /// Ends after a wait.
    pub(crate) fn gives_up(&mut self, reason: GivenUp) {
        self.happened().end = Some(reason);
    }

    /// How long the server asked to wait, where nobody was ready to.
    pub(crate) fn asked(&self) -> Option<Duration> {
        match self.way()?.end {
            Some(GivenUp::Wait(wait)) => Some(wait),
            _ => None,
        }
    }

    fn way(&self) -> Option<&Way> {
        self.0.as_deref()
    }

    fn steps(&self) -> &[Step] {
        self.way().map_or(&[], |way| &way.steps)
    }

    fn happened(&mut self) -> &mut Way {
        self.0.get_or_insert_default()
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(way) = self.way() else {
            return f.write_str("attempt 1: a success");
        };
        if !way.for_quota.is_zero() {
            write!(f, "waited {:?} for the quota; ", way.for_quota)?;
        }
        if way.is_shared {
            f.write_str("shared the request of another call; ")?;
        }
        if way.hedged > 0 {
            write!(f, "sent {} more beside what took long; ", way.hedged)?;
        }
        if way.steps.is_empty() {
            return f.write_str("attempt 1: a success");
        }
        for (at, step) in way.steps.iter().enumerate() {
            let between = if at == 0 { "" } else { "; " };
            write!(
                f,
                "{between}attempt {}: {} after {:?}",
                at + 1,
                step.event,
                step.took
            )?;
            if let Some(wait) = step.waited {
                write!(f, ", waited {wait:?}")?;
            }
        }
        match way.end {
            Some(reason) => write!(f, ", gave up: {reason}"),
            None => write!(f, "; attempt {}: a success", way.steps.len() + 1),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::NotSent => f.write_str("not sent"),
            Event::MaybeSent => f.write_str("no answer"),
            Event::TimedOut => f.write_str("timed out"),
            Event::BodyBroken => f.write_str("the body broke off"),
            Event::Answered(status, _) => write!(f, "{status}"),
        }
    }
}

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GivenUp::Final => f.write_str("another attempt would come to the same"),
            GivenUp::Forbidden => f.write_str("the server asks not to try again"),
            GivenUp::Attempts => f.write_str("no attempts are left"),
            GivenUp::Class => {
                f.write_str("the server may have acted, and the operation must not be sent twice")
            }
            GivenUp::Body => f.write_str("the body can be sent once only"),
            GivenUp::Wait(wait) => {
                write!(
                    f,
                    "the server asks to wait {wait:?}, which is longer than calls wait"
                )
            }
            GivenUp::Deadline(wait) => write!(f, "a wait of {wait:?} would pass the deadline"),
            GivenUp::Circuit(wait) => write!(f, "the server is left alone for {wait:?}"),
            GivenUp::Quota(wait) => write!(f, "the quota would let it through in {wait:?}"),
            GivenUp::Crowded(waiting) => write!(f, "{waiting} calls wait already"),
            GivenUp::Budget => f.write_str("other calls have used up the budget for retries"),
        }
    }
}

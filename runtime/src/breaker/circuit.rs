//! One circuit.

use std::time::Duration;

use super::window::Window;
use super::{Breaker, Outcome};

/// Times are from the making of the client.
#[derive(Debug, Default)]
pub(super) struct Circuit {
    state: State,
    /// Grows with each change of state.
    generation: u64,
    /// How often it has been opened in a row.
    opened: u32,
}

#[derive(Debug)]
enum State {
    Closed(Window),
    Open {
        until: Duration,
    },
    /// Requests are let through one by one, as many as there are probes.
    Probing {
        running: u32,
        well: u32,
    },
}

impl Default for State {
    fn default() -> Self {
        State::Closed(Window::default())
    }
}

impl Circuit {
    /// Lets a request through, under the generation that it belongs to; `Err` says for how long none is.
    ///
    /// Only an open circuit asks for the time.
    pub(super) fn admit(
        &mut self,
        policy: &Breaker,
        now: impl FnOnce() -> Duration,
    ) -> Result<u64, Duration> {
        if let State::Open { until } = self.state {
            let left = until.saturating_sub(now());
            if !left.is_zero() {
                return Err(left);
            }
            self.turn(State::Probing {
                running: 0,
                well: 0,
            });
        }
        if let State::Probing { running, well } = &mut self.state {
            if *running + *well >= policy.probe_count() {
                // Those that run will tell; nobody knows when.
                return Err(policy.open_time(1));
            }
            *running += 1;
        }
        Ok(self.generation)
    }

    /// Takes note of what came of a request.
    pub(super) fn record(
        &mut self,
        policy: &Breaker,
        generation: u64,
        outcome: Outcome,
        now: Duration,
    ) {
        if generation != self.generation {
            return;
        }
        match &mut self.state {
            State::Closed(window) => {
                if outcome == Outcome::Unknown {
                    return;
                }
                let second = now.as_secs();
                window.add(second, outcome == Outcome::Fault);
                // Without a fault it stays closed, and the usual request need not count.
                if window.has_faults(second) && policy.opens(window.counts(second)) {
                    self.open(policy, now);
                }
            }
            State::Probing { running, well } => {
                *running = running.saturating_sub(1);
                match outcome {
                    Outcome::Unknown => {}
                    Outcome::Fault => self.open(policy, now),
                    Outcome::Well => {
                        *well += 1;
                        if *well >= policy.probe_count() {
                            self.opened = 0;
                            self.turn(State::default());
                        }
                    }
                }
            }
            State::Open { .. } => {}
        }
    }

    /// Its state in a word, and for how long it is open.
    pub(super) fn state(&self, now: Duration) -> (&'static str, Option<Duration>) {
        match self.state {
            State::Closed(_) => ("closed", None),
            State::Open { until } => ("open", Some(until.saturating_sub(now))),
            State::Probing { .. } => ("probing", None),
        }
    }

    fn open(&mut self, policy: &Breaker, now: Duration) {
        self.opened = self.opened.saturating_add(1);
        let until = now + policy.open_time(self.opened);
        self.turn(State::Open { until });
    }

    fn turn(&mut self, state: State) {
        self.state = state;
        self.generation += 1;
    }
}

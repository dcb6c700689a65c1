//! The gate that requests go through.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::{Admission, Priority};
use crate::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Permits, and those who wait for one.
#[derive(Debug)]
pub(crate) struct Gate {
    policy: Admission,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    /// By priority.
    queues: [VecDeque<Arc<Waiter>>; 3],
}

#[derive(Debug, Default)]
struct Waiter(Mutex<Turn>);

#[derive(Debug, Default)]
struct Turn {
    has_come: bool,
    waker: Option<Waker>,
}

/// The right to have a request under way.
#[derive(Debug)]
pub(crate) struct Permit<'g> {
    gate: &'g Gate,
}

/// A call that waits for its turn.
#[derive(Debug)]
pub(crate) struct Entering<'g> {
    gate: &'g Gate,
    turn: Place,
}

#[derive(Debug)]
enum Place {
    /// The turn has come at once.
    Come,
    Queued(Arc<Waiter>),
    /// Its permit has been handed out.
    Past,
}

impl Gate {
    pub(crate) fn new(policy: Admission) -> Self {
        Self {
            policy,
            state: Mutex::new(State {
                free: policy.limit(),
                queues: Default::default(),
            }),
        }
    }

    /// Asks for a permit; `Err` says how many wait already where there is no room for one more.
    pub(crate) fn enter(&self, priority: Priority) -> Result<Entering<'_>, usize> {
        let mut state = self.state();
        let waiting = state.waiting();
        let turn = if state.free > 0 && waiting == 0 {
            state.free -= 1;
            Place::Come
        } else if self.policy.has_room(waiting) {
            let waiter = Arc::new(Waiter::default());
            state.queues[priority as usize].push_back(waiter.clone());
            Place::Queued(waiter)
        } else {
            return Err(waiting);
        };
        Ok(Entering { gate: self, turn })
    }

    /// Takes a permit that nobody waits for.
    pub(crate) fn enter_at_once(&self) -> Option<Permit<'_>> {
        let mut state = self.state();
        if state.free == 0 || state.waiting() > 0 {
            return None;
        }
        state.free -= 1;
        drop(state);
        Some(Permit { gate: self })
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.state().waiting()
    }

    /// Hands a permit on to whoever is next, or keeps it.
    fn give_back(&self) {
        let mut state = self.state();
        let next = state.queues.iter_mut().find_map(VecDeque::pop_front);
        let Some(next) = next else {
            state.free += 1;
            return;
        };
        let mut turn = next.turn();
        turn.has_come = true;
        let waker = turn.waker.take();
        drop(turn);
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn free(&self) -> usize {
        self.state().free
    }
}

impl State {
    fn waiting(&self) -> usize {
        self.queues.iter().map(VecDeque::len).sum()
    }
}

impl Waiter {
    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'g> Future for Entering<'g> {
    type Output = Permit<'g>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit<'g>> {
        let gate = self.gate;
        match &self.turn {
            Place::Come => {}
            Place::Queued(waiter) => {
                let mut turn = waiter.turn();
                if !turn.has_come {
                    turn.waker = Some(context.waker().clone());
                    return Poll::Pending;
                }
            }
            // There is one permit for each turn.
            Place::Past => return Poll::Pending,
        }
        self.turn = Place::Past;
        Poll::Ready(Permit { gate })
    }
}

/// Whoever gives up leaves the queue, or hands on the turn that has just come.
impl Drop for Entering<'_> {
    fn drop(&mut self) {
        let has_come = match &self.turn {
            Place::Past => false,
            Place::Come => true,
            Place::Queued(waiter) => {
                let mut state = self.gate.state();
                for queue in &mut state.queues {
                    queue.retain(|other| !Arc::ptr_eq(other, waiter));
                }
                waiter.turn().has_come
            }
        };
        if has_come {
            self.gate.give_back();
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.gate.give_back();
    }
}

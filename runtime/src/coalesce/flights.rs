//! Requests that are under way, and who waits for them.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Key;
use crate::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Requests that are under way, by what makes them the same; `T` is what comes of one.
#[derive(Debug)]
pub(crate) struct Flights<T> {
    flights: Mutex<HashMap<Key, Arc<Flight<T>>>>,
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self {
            flights: Mutex::default(),
        }
    }
}

#[derive(Debug)]
struct Flight<T>(Mutex<State<T>>);

#[derive(Debug)]
enum State<T> {
    /// Those who wait, by their numbers.
    Running(Vec<(u64, Waker)>, u64),
    Landed(T),
    /// Whoever sent it has given up.
    Abandoned,
}

/// A place: to send the request, or to wait for it.
pub(crate) enum Boarding<'f, T> {
    Lead(Lead<'f, T>),
    Join(Join<T>),
}

/// Sends the request for all; dropped before it [lands](Lead::land), it makes way for another one.
#[derive(Debug)]
pub(crate) struct Lead<'f, T> {
    flights: &'f Flights<T>,
    key: Key,
    flight: Arc<Flight<T>>,
}

/// Waits for what comes of the request; none where whoever sent it has given up.
#[derive(Debug)]
pub(crate) struct Join<T> {
    flight: Arc<Flight<T>>,
    number: Option<u64>,
}

impl<T: Clone> Flights<T> {
    pub(crate) fn board(&self, key: Key) -> Boarding<'_, T> {
        let mut flights = lock(&self.flights);
        if let Some(flight) = flights.get(&key) {
            return Boarding::Join(Join {
                flight: flight.clone(),
                number: None,
            });
        }
        let flight = Arc::new(Flight(Mutex::new(State::Running(Vec::new(), 0))));
        flights.insert(key.clone(), flight.clone());
        Boarding::Lead(Lead {
            flights: self,
            key,
            flight,
        })
    }
}

impl<T> Lead<'_, T> {
    /// Gives what came of the request to all who wait.
    pub(crate) fn land(self, outcome: T) {
        self.end(State::Landed(outcome));
    }

    fn end(&self, state: State<T>) {
        // Whoever comes now sends a request of their own.
        let mut flights = lock(&self.flights.flights);
        let is_own = flights
            .get(&self.key)
            .is_some_and(|flight| Arc::ptr_eq(flight, &self.flight));
        if is_own {
            flights.remove(&self.key);
        }
        drop(flights);
        let mut running = lock(&self.flight.0);
        if let State::Running(waiting, _) = &mut *running {
            let waiting = std::mem::take(waiting);
            *running = state;
            drop(running);
            waiting.into_iter().for_each(|(_, waker)| waker.wake());
        }
    }
}

impl<T> Drop for Lead<'_, T> {
    fn drop(&mut self) {
        self.end(State::Abandoned);
    }
}

impl<T: Clone> Future for Join<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let this = &mut *self;
        match &mut *lock(&this.flight.0) {
            State::Landed(outcome) => Poll::Ready(Some(outcome.clone())),
            State::Abandoned => Poll::Ready(None),
            State::Running(waiting, next) => {
                let number = *this.number.get_or_insert_with(|| {
                    *next += 1;
                    *next
                });
                let waker = context.waker().clone();
                match waiting.iter_mut().find(|(of, _)| *of == number) {
                    Some((_, known)) => *known = waker,
                    None => waiting.push((number, waker)),
                }
                Poll::Pending
            }
        }
    }
}

/// Whoever gives up is not woken.
impl<T> Drop for Join<T> {
    fn drop(&mut self) {
        if let (Some(number), State::Running(waiting, _)) =
            (self.number, &mut *lock(&self.flight.0))
        {
            waiting.retain(|(of, _)| *of != number);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

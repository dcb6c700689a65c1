use std::future::Future;
use std::task::{Context, Poll, Waker};

use super::gate::{Entering, Permit};
use super::{Admission, Gate, Priority};
use crate::random::{Random, SeededRandom};

fn poll<'g>(entering: &mut std::pin::Pin<Box<Entering<'g>>>) -> Option<Permit<'g>> {
    match entering
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(permit) => Some(permit),
        Poll::Pending => None,
    }
}

fn enter(gate: &Gate, priority: Priority) -> std::pin::Pin<Box<Entering<'_>>> {
    Box::pin(gate.enter(priority).expect("there is room"))
}

#[test]
fn priorities_go_first_and_equals_in_order() {
    let gate = Gate::new(Admission::at_once(1));
    let first = poll(&mut enter(&gate, Priority::Normal)).expect("it is free");
    let order = [
        Priority::Background,
        Priority::Normal,
        Priority::Interactive,
        Priority::Normal,
    ];
    let mut waiting: Vec<_> = order.map(|priority| enter(&gate, priority)).into();
    assert!(waiting.iter_mut().all(|it| poll(it).is_none()));
    let mut permit = first;
    for expected in [2, 1, 3, 0] {
        drop(permit);
        let come: Vec<_> = waiting
            .iter_mut()
            .enumerate()
            .filter_map(|(at, it)| Some((at, poll(it)?)))
            .collect();
        let [(at, next)]: [(usize, Permit<'_>); 1] = come.try_into().expect("one goes next");
        assert_eq!(at, expected);
        permit = next;
    }
    drop(permit);
    drop(waiting);
    assert_eq!(gate.free(), 1);
}

#[test]
fn too_many_are_turned_away() {
    let gate = Gate::new(Admission::at_once(1).waiting(1));
    let running = enter(&gate, Priority::Normal);
    let waiting = enter(&gate, Priority::Normal);
    assert_eq!(gate.enter(Priority::Interactive).err(), Some(1));
    drop(waiting);
    drop(running);
    assert!(poll(&mut enter(&gate, Priority::Background)).is_some());
}

/// Whatever is begun, finished and given up in whatever order: no permit is lost, and none is made.
#[test]
fn permits_are_conserved() {
    for seed in 0..500 {
        let random = SeededRandom::new(seed);
        let limit = 1 + usize::try_from(random.next() % 3).unwrap();
        let gate = Gate::new(Admission::at_once(limit));
        let (mut waiting, mut running) = (Vec::new(), Vec::new());
        for _ in 0..200 {
            let any = |count: usize| usize::try_from(random.next() % count as u64).unwrap();
            match random.next() % 5 {
                0 | 1 => {
                    let priorities = [
                        Priority::Interactive,
                        Priority::Normal,
                        Priority::Background,
                    ];
                    waiting.push(enter(&gate, priorities[any(3)]));
                }
                2 if !waiting.is_empty() => {
                    let at = any(waiting.len());
                    if let Some(permit) = poll(&mut waiting[at]) {
                        running.push(permit);
                        drop(waiting.swap_remove(at));
                    }
                }
                3 if !waiting.is_empty() => drop(waiting.swap_remove(any(waiting.len()))),
                4 if !running.is_empty() => drop(running.swap_remove(any(running.len()))),
                _ => {}
            }
            assert!(running.len() + gate.free() <= limit, "seed {seed}");
        }
        drop(waiting);
        drop(running);
        assert_eq!(gate.free(), limit, "seed {seed}");
    }
}

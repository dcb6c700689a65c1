use std::time::{Duration, Instant};

use super::circuit::Circuit;
use super::window::{Counts, Window};
use super::{Breaker, Circuits, Outcome};

const POLICY: Breaker = Breaker::new().minimum_calls(4).probes(2);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Sends a request and notes what came of it; false where the circuit is open.
fn send(circuit: &mut Circuit, outcome: Outcome, now: Duration) -> bool {
    let generation = circuit.admit(&POLICY, || now);
    let is_let_through = generation.is_ok();
    if let Ok(generation) = generation {
        circuit.record(&POLICY, generation, outcome, now);
    }
    is_let_through
}

#[test]
fn the_window_slides() {
    let mut window = Window::default();
    let counts = |calls, faults| Counts { calls, faults };
    window.add(0, true);
    window.add(0, false);
    window.add(9, true);
    assert_eq!(window.counts(9), counts(3, 2));
    assert_eq!(window.counts(10), counts(1, 1), "the first second is gone");
    window.add(10, false);
    assert_eq!(window.counts(10), counts(2, 1));
    assert_eq!(window.counts(1_000), counts(0, 0));
    window.add(1_000, true);
    assert_eq!(window.counts(1_000), counts(1, 1));
}

/// Ten thousand successes do not hide that a server fails now.
#[test]
fn a_long_success_hides_no_failure() {
    let mut circuit = Circuit::default();
    for number in 0..10_000 {
        assert!(send(
            &mut circuit,
            Outcome::Well,
            Duration::from_millis(number)
        ));
    }
    let mut faults = 0;
    while send(&mut circuit, Outcome::Fault, seconds(30)) {
        faults += 1;
    }
    assert_eq!(faults, 4);
}

#[test]
fn a_circuit_opens_probes_and_closes() {
    let mut circuit = Circuit::default();
    for _ in 0..4 {
        assert!(send(&mut circuit, Outcome::Fault, seconds(1)));
    }
    assert_eq!(circuit.admit(&POLICY, || seconds(3)), Err(seconds(3)));
    // Two probes at once, and no third.
    let first = circuit.admit(&POLICY, || seconds(6)).expect("a probe");
    let second = circuit.admit(&POLICY, || seconds(6)).expect("a probe");
    assert!(circuit.admit(&POLICY, || seconds(6)).is_err());
    circuit.record(&POLICY, first, Outcome::Well, seconds(6));
    assert!(
        circuit.admit(&POLICY, || seconds(6)).is_err(),
        "both are needed"
    );
    circuit.record(&POLICY, second, Outcome::Well, seconds(6));
    assert!(
        send(&mut circuit, Outcome::Well, seconds(6)),
        "it is closed"
    );
}

#[test]
fn a_failed_probe_opens_it_for_longer() {
    let mut circuit = Circuit::default();
    for _ in 0..4 {
        send(&mut circuit, Outcome::Fault, seconds(0));
    }
    let mut now = seconds(0);
    for open in [5, 10, 20, 40, 60, 60] {
        assert_eq!(circuit.admit(&POLICY, || now), Err(seconds(open)));
        now += seconds(open);
        assert!(send(&mut circuit, Outcome::Fault, now), "a probe");
    }
    // What is given up gives its place back.
    now += seconds(60);
    for _ in 0..5 {
        assert!(send(&mut circuit, Outcome::Unknown, now));
    }
    assert!(send(&mut circuit, Outcome::Well, now) && send(&mut circuit, Outcome::Well, now));
    for _ in 0..4 {
        assert!(
            send(&mut circuit, Outcome::Fault, now),
            "it is closed, and begins anew"
        );
    }
    assert_eq!(circuit.admit(&POLICY, || now), Err(seconds(5)));
}

#[test]
fn what_began_before_counts_for_nothing() {
    let mut circuit = Circuit::default();
    let late = circuit.admit(&POLICY, || seconds(0)).expect("it is closed");
    for _ in 0..4 {
        send(&mut circuit, Outcome::Fault, seconds(0));
    }
    let probe = circuit.admit(&POLICY, || seconds(5)).expect("a probe");
    circuit.record(&POLICY, late, Outcome::Fault, seconds(5));
    circuit.record(&POLICY, probe, Outcome::Well, seconds(5));
    assert!(
        send(&mut circuit, Outcome::Well, seconds(5)),
        "the late fault did not open it"
    );
}

#[test]
fn shares_and_minimum() {
    let opens = |calls, faults| Breaker::new().opens(Counts { calls, faults });
    assert!(!opens(19, 19) && opens(20, 10) && !opens(20, 9) && opens(1_000, 500));
    assert!(!Breaker::new().failure_rate(0.0).opens(Counts {
        calls: 50,
        faults: 0
    }));
    let slow = Breaker::new().slow_after(seconds(2));
    assert_eq!(slow.judged(Outcome::Well, seconds(3)), Outcome::Fault);
    assert_eq!(slow.judged(Outcome::Well, seconds(2)), Outcome::Well);
    assert_eq!(slow.judged(Outcome::Unknown, seconds(3)), Outcome::Unknown);
}

#[test]
fn circuits_are_apart_and_permits_come_back() {
    let now = Instant::now();
    let circuits = Circuits::new(now, POLICY);
    for _ in 0..4 {
        let permit = circuits
            .admit("https://a", "parcels", now)
            .unwrap()
            .expect("it is on");
        permit.record(Outcome::Fault, Duration::ZERO, now);
    }
    assert!(circuits.admit("https://a", "parcels", now).is_err());
    assert!(circuits.admit("https://a", "depots", now).is_ok());
    assert!(circuits.admit("https://b", "parcels", now).is_ok());
    let later = now + seconds(5);
    for _ in 0..10 {
        let probe = circuits.admit("https://a", "parcels", later);
        drop(probe.expect("a dropped probe gives its place back"));
    }
    let off = Circuits::new(now, Breaker::off());
    assert!(off.admit("https://a", "parcels", now).unwrap().is_none());
}

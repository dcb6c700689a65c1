use std::time::Duration;

use super::histogram::Histogram;
use super::{Ended, Ledger, Usage};

#[test]
fn percentiles_are_right_to_a_fifth() {
    let histogram = Histogram::new();
    assert_eq!(histogram.percentiles([0.5]), None);
    for milliseconds in 1..=1_000 {
        histogram.add(Duration::from_millis(milliseconds));
    }
    let [p50, p95, p99] = histogram
        .percentiles([0.5, 0.95, 0.99])
        .expect("there are calls");
    for (found, exact) in [(p50, 0.5), (p95, 0.95), (p99, 0.99)] {
        let found = found.as_secs_f64();
        assert!(
            found >= exact * 0.999 && found <= exact * 1.21,
            "{found} for {exact}"
        );
    }
    // The shortest and the longest have a place too.
    histogram.add(Duration::ZERO);
    histogram.add(Duration::MAX);
}

#[test]
fn calls_are_counted_by_what_came_of_them() {
    let ledger = Ledger::default();
    let ended = |status, attempts| Ended {
        status,
        attempts,
        bytes: 10,
        waited: Duration::from_millis(5),
        took: Duration::from_millis(100),
    };
    for call in [
        ended(Some(200), 1),
        ended(Some(201), 3),
        ended(Some(404), 1),
        ended(Some(429), 2),
        ended(Some(503), 3),
        ended(None, 1),
        ended(None, 0),
    ] {
        ledger.counters("get").add(&call);
    }
    ledger.counters("other").add(&ended(Some(200), 1));
    ledger.counters("unused");
    let usage = ledger.snapshot();
    assert_eq!(usage.operations.len(), 2);
    let get = &usage.operations[0];
    assert_eq!((get.operation.as_str(), get.calls), ("get", 7));
    assert_eq!((get.successes, get.refused, get.failed), (2, 2, 1));
    assert_eq!((get.unsent, get.unanswered, get.throttled), (1, 1, 1));
    assert_eq!((get.attempts, get.retries, get.bytes), (11, 5, 70));
    assert_eq!(get.waited_ms, 35.0);
    let text = crate::json::to_string(&usage);
    let read: Usage = crate::json::from_str(&text).expect("it is JSON");
    assert_eq!(read, usage);
}

use std::time::{Duration, Instant};

use loom::thread;

use super::{Breaker, Circuits, Outcome};
use crate::sync::Arc;

/// After its time an open circuit lets one probe through, whoever asks at once; and a probe that is given up makes way.
#[test]
fn one_probe_at_a_time() {
    let begun = Instant::now();
    loom::model(move || {
        let policy = Breaker::new().minimum_calls(1).probes(1);
        let circuits = Arc::new(Circuits::new(begun, policy));
        let permit = circuits.admit("https://a", "", begun).unwrap().unwrap();
        permit.record(Outcome::Fault, Duration::ZERO, begun);
        assert!(
            circuits.admit("https://a", "", begun).is_err(),
            "it is open"
        );

        let later = begun + Duration::from_secs(6);
        let probe = |circuits: &Arc<Circuits>| {
            let circuits = circuits.clone();
            thread::spawn(move || match circuits.admit("https://a", "", later) {
                Ok(Some(permit)) => {
                    permit.record(Outcome::Fault, Duration::ZERO, later);
                    1
                }
                _ => 0,
            })
        };
        let probes = [probe(&circuits), probe(&circuits)];
        let let_through: u32 = probes.map(|it| it.join().unwrap()).iter().sum();
        assert_eq!(let_through, 1);
        assert!(
            circuits.admit("https://a", "", later).is_err(),
            "it is open again"
        );
    });
}

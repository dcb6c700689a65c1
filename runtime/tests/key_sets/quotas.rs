//! The choice among equal keys, in simulated time.

use std::time::Duration;

use attache_runtime::key_set::{Key, KeySet};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::{Clock, OperationMeta, Quota};

use super::{GET, Server, client, pool, status};

static SLOW: OperationMeta = OperationMeta::new("slow", "GET", "/slow")
    .security(&[&["key"]])
    .quota(Quota::per_second(0.1, 2));

/// When each of several calls at once ends, in seconds, and with which keys they are sent.
fn ends(keys: KeySet, operation: &'static OperationMeta, count: usize) -> (Vec<u64>, [usize; 2]) {
    let (server, clock) = (Server::default(), SimulatedClock::new());
    let client = client(keys, &server, clock.clone());
    let begun = clock.now();
    let call = |_| async {
        assert_eq!(status(&client, operation).await, Some(200));
        (clock.now() - begun).as_secs()
    };
    let ends = clock.run_all((0..count).map(call));
    (ends, ["k1", "k2"].map(|key| server.count(key)))
}

#[test]
fn equal_keys_are_chosen_by_their_quotas() {
    assert_eq!(
        ends(KeySet::api_keys(pool()), &GET, 6),
        (vec![0; 6], [3, 3])
    );
    let limited = |rates: [f64; 2]| {
        let keys = pool().into_iter().zip(rates);
        let keys = keys.map(|(key, rate)| key.quota(Quota::per_second(rate, 2)));
        KeySet::api_keys(keys.collect::<Vec<_>>())
    };
    assert_eq!(
        ends(limited([1.0, 1.0]), &GET, 6),
        (vec![0, 0, 0, 0, 1, 1], [3, 3])
    );
    // One that is slower gets fewer.
    assert_eq!(
        ends(limited([0.1, 1.0]), &GET, 7),
        (vec![0, 0, 0, 0, 1, 2, 3], [2, 5])
    );
    // The one that has the most left comes first.
    let keys = [
        Key::current("small", "k1").quota(Quota::per_second(1.0, 2)),
        Key::current("big", "k2").quota(Quota::per_second(1.0, 10)),
    ];
    assert_eq!(ends(KeySet::api_keys(keys), &GET, 8), (vec![0; 8], [0, 8]));
}

#[test]
fn quotas_of_operations_are_those_of_all_keys_unless_they_are_of_several_accounts() {
    let (times, _) = ends(KeySet::api_keys(pool()), &SLOW, 4);
    assert_eq!(times, [0, 0, 10, 20]);
    let own = KeySet::api_keys(pool()).with_own_quotas();
    assert_eq!(ends(own, &SLOW, 6), (vec![0, 0, 0, 0, 10, 10], [3, 3]));
}

#[test]
fn what_a_server_says_of_the_quota_of_one_key_holds_for_no_other() {
    let (server, clock) = (Server::default(), SimulatedClock::new());
    let client = client(KeySet::api_keys(pool()), &server, clock.clone());
    let send = || clock.run(status(&client, &GET));
    // Longer than any call waits.
    server.answers_with("k1", "", (429, &[("Retry-After", "600")]));
    assert_eq!(send(), Some(200));
    assert_eq!(server.seen(), ["k1", "k2"]);
    assert!(
        clock.elapsed() < Duration::from_secs(2),
        "the other one need not wait"
    );
    for _ in 0..5 {
        assert_eq!(send(), Some(200));
    }
    assert_eq!(server.seen(), ["k2"; 5]);
    assert!(client.health().key_sets[0].keys[0].next_in_ms > 590_000.0);
    assert_eq!(client.health().key_sets[0].keys[0].refused, 0);
    // Nothing remaining, without a refusal.
    server.answers_with("k2", "", (200, &[("RateLimit", "\"default\";r=0;t=900")]));
    server.answers("k1", 200);
    assert_eq!(send(), Some(200));
    server.seen();
    clock.run(clock.sleep(Duration::from_secs(600)));
    assert_eq!((send(), server.seen()), (Some(200), vec!["k1".to_owned()]));
}

//! Calls under quotas: in simulated time, against a script.

mod timed;
mod world;

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use attache_runtime::limit::{buffered_by_quota, paced};
use attache_runtime::transport::TransportResponse;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    Bytes, CallSettings, Clock, Headers, OperationMeta, Quota, Retry, Undocumented,
};
use futures_core::Stream;
use timed::Timed;
use world::World;

static FREE: OperationMeta = OperationMeta::new("free", "GET", "/free");
static SLOW: OperationMeta =
    OperationMeta::new("slow", "GET", "/slow").quota(Quota::per_second(0.1, 2));

fn answers(count: usize) -> Replay {
    (0..count).fold(Replay::new(), |replay, _| replay.json(200, "1"))
}

/// When each of several calls at once ends, in seconds.
fn ends(world: &World, operation: &'static OperationMeta, count: usize) -> Vec<u64> {
    let begun = world.clock.now();
    let call = |_| async {
        let call = world.client.call(operation);
        call.send_full::<Bytes, Undocumented, ()>()
            .await
            .expect("there is time");
        (world.clock.now() - begun).as_secs()
    };
    world.clock.run_all((0..count).map(call))
}

#[test]
fn calls_wait_for_their_turn() {
    let world = World::new(answers(6), |builder| {
        builder.quota(Quota::per_second(1.0, 2))
    });
    assert_eq!(ends(&world, &FREE, 6), [0, 0, 1, 2, 3, 4]);
}

#[test]
fn the_description_limits_an_operation() {
    let slow = World::new(answers(5), |builder| builder);
    assert_eq!(ends(&slow, &SLOW, 4), [0, 0, 10, 20]);
    let response = slow.send(&FREE).expect("no other operation waits");
    assert!(response.trace().is_empty());

    // The settings come first.
    let fast = Quota::per_second(1.0, 1);
    let world = World::new(answers(3), |builder| {
        builder.for_operation("slow", CallSettings::new().quota(fast))
    });
    assert_eq!(ends(&world, &SLOW, 3), [0, 1, 2]);
}

#[test]
fn what_would_be_too_late_fails_at_once() {
    let world = World::new(answers(3), |builder| {
        builder.timeout(Duration::from_secs(5))
    });
    ends(&world, &SLOW, 2);
    let begun = world.clock.now();
    let error = world
        .send(&SLOW)
        .expect_err("there are 5 seconds, and it takes 10");
    assert_eq!(world.clock.now(), begun);
    assert!(error.is_over_quota() && error.is_retryable() && !error.was_sent());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(10)));
    assert_eq!(
        error.to_string(),
        "slow (GET /slow) was not sent: the quota would let it through in 10s, and the call has 5s left (attempt 0)"
    );
    assert_eq!(world.sent(), 2);
}

#[test]
fn a_server_that_turns_one_away_is_left_alone_by_all() {
    let headers = Headers::from_iter([("Retry-After", "7")]);
    let busy = TransportResponse::new(429, headers, "");
    let replay = Replay::new().answer(busy).json(200, "1").json(200, "1");
    let world = World::new(replay, |builder| builder.retry(Retry::off()));
    world.send(&FREE).expect_err("it is busy");
    let response = world.send(&FREE).expect("it waits");
    assert_eq!(response.trace().waited_for_quota(), Duration::from_secs(7));
    assert_eq!(
        response.trace().to_string(),
        "waited 7s for the quota; attempt 1: a success"
    );
}

#[test]
fn nothing_left_is_heeded_before_it_is_refused() {
    let headers = [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "3")];
    let last = TransportResponse::new(200, Headers::from_iter(headers), "1");
    let world = World::new(Replay::new().answer(last).json(200, "1"), |builder| builder);
    world.send(&FREE).expect("the last one");
    let response = world.send(&FREE).expect("it waits");
    assert_eq!(response.trace().waited_for_quota(), Duration::from_secs(3));
}

#[test]
fn retries_pay_the_quota_too() {
    let replay = Replay::new().json(503, "").json(200, "1").json(200, "1");
    let world = World::new(replay, |builder| builder.quota(Quota::per_second(0.5, 1)));
    let response = world.send(&FREE).expect("the second time");
    assert_eq!(response.attempts(), 2);
    let whole = response.trace().waited() + response.trace().waited_for_quota();
    assert_eq!(whole, Duration::from_secs(2));
}

/// Drives a stream to its end.
async fn collect<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
    let mut items = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        items.push(item);
    }
    items
}

#[test]
fn many_calls_go_at_the_pace_of_their_quota() {
    let timeout = Duration::from_secs(1);
    let world = World::new(answers(60), |builder| builder.timeout(timeout));
    let call = |_| world.client.call(&SLOW).send::<Bytes, Undocumented>();
    // Without, those fail at once that would have to wait for longer than they have.
    let outcomes = world.clock.run_all((0..4).map(call));
    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 2);

    let begun = world.clock.elapsed();
    let all = collect(buffered_by_quota(paced((0..50).map(call)), 8));
    let outcomes = world.clock.run(all);
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(outcomes.len(), 50);
    // Two had been sent at once already, and one comes every ten seconds.
    let took = world.clock.elapsed() - begun;
    assert_eq!(took.as_secs(), 500);
}

#[test]
fn no_more_calls_are_under_way_than_asked_for_and_they_keep_their_order() {
    let script: Vec<(u64, u16)> = (0..40).map(|at| (100 - at, 200)).collect();
    let timed = Timed::new(&script, |builder| builder);
    let call = |_| timed.client.call(&FREE).send::<Bytes, Undocumented>();
    let all = collect(buffered_by_quota(paced((0..40).map(call)), 4));
    let bodies: Vec<_> = timed
        .clock
        .run(all)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let expected: Vec<String> = (0..40).map(|at| (100 - at).to_string()).collect();
    assert!(
        bodies
            .iter()
            .map(|it| &**it)
            .eq(expected.iter().map(|it| it.as_bytes()))
    );
    let sent = timed.sent();
    let at_once = |at: usize| sent.iter().filter(|time| **time == sent[at]).count();
    assert!((0..40).all(|at| at_once(at) <= 4), "{sent:?}");
    assert!(timed.clock.elapsed() > Duration::from_millis(700));
    assert_eq!(timed.answered(), 40);
}

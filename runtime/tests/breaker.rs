//! A server that fails is left alone: in simulated time, against a script.

mod world;

use std::time::Duration;

use attache_runtime::transport::replay::Replay;
use attache_runtime::{Breaker, Bytes, Clock, OperationMeta, Retry, Undocumented};
use world::World;

static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels").group("parcels");
static DEPOT: OperationMeta = OperationMeta::new("depot", "GET", "/depots").group("depots");

fn world(replay: Replay) -> World {
    let breaker = Breaker::new().minimum_calls(3).probes(1);
    World::new(replay, |builder| {
        builder.retry(Retry::off()).breaker(breaker)
    })
}

fn rest(world: &World, seconds: u64) {
    let rest = Clock::sleep(&world.clock, Duration::from_secs(seconds));
    world.clock.run(rest);
}

#[test]
fn calls_fail_at_once_until_the_server_is_back() {
    let down = |script: Replay| script.json(500, "").json(503, "").json(502, "");
    let world = world(
        down(Replay::new())
            .json(200, "1")
            .json(200, "1")
            .json(200, "1"),
    );
    for _ in 0..3 {
        assert!(!world.send(&GET).expect_err("it is down").is_circuit_open());
    }
    let error = world.send(&GET).expect_err("it is left alone");
    assert!(error.is_circuit_open() && !error.was_sent() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    assert_eq!(
        error.to_string(),
        "get (GET /parcels) was not sent: the server has been failing, and is left alone for 5s (attempt 0)"
    );
    world
        .send(&DEPOT)
        .expect("other operations are not concerned");
    assert_eq!(world.sent(), 4);
    rest(&world, 5);
    world.send(&GET).expect("the probe");
    world.send(&GET).expect("it is closed");
}

#[test]
fn a_call_that_is_tried_again_keeps_its_last_answer() {
    let world = world(Replay::new().json(500, "").json(500, "").json(503, "why"));
    for _ in 0..2 {
        world.send(&GET).expect_err("it is down");
    }
    let mut call = world.client.call(&GET);
    call.retry(Retry::new());
    let error = world
        .clock
        .run(call.send::<Bytes, Undocumented>())
        .expect_err("it is down");
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
    let trace = error.trace().to_string();
    assert!(
        trace.contains("gave up: the server is left alone for 4.9"),
        "{trace}"
    );
}

#[test]
fn refusals_do_not_count() {
    let script = (0..10).fold(Replay::new(), |script, _| {
        script.json(404, "").json(429, "")
    });
    let world = world(script);
    for _ in 0..20 {
        assert!(!world.send(&GET).expect_err("refused").is_circuit_open());
    }
}

#[test]
fn what_is_given_up_does_not_count() {
    let script = (0..5)
        .fold(Replay::new(), |script, _| script.hang())
        .json(200, "1");
    let world = world(script);
    for _ in 0..5 {
        // Given up by its caller after a second, long before its deadline.
        let call = world.client.call(&GET).send::<Bytes, Undocumented>();
        let mut call = Box::pin(call);
        world.clock.run(async {
            let clock = world.clock.clone();
            let mut patience = attache_runtime::Clock::sleep(&clock, Duration::from_secs(1));
            std::future::poll_fn(|context| {
                assert!(call.as_mut().poll(context).is_pending());
                patience.as_mut().poll(context)
            })
            .await;
        });
    }
    world.send(&GET).expect("the circuit is closed");
}

//! Calls that are tried again, and calls that must not be: in simulated time, against a script.

mod world;

use std::time::Duration;

use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{TransportErrorKind, TransportResponse};
use attache_runtime::{
    Admission, Body, Bytes, ClientBuilder, Clock, Headers, OperationMeta, Retry, RetryClass,
    Undocumented,
};
use world::World;

static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");
static PUT: OperationMeta = OperationMeta::new("put", "PUT", "/parcels");
static POST: OperationMeta = OperationMeta::new("post", "POST", "/parcels");
static WITH_KEY: OperationMeta =
    OperationMeta::new("withKey", "POST", "/parcels").retry_class(RetryClass::IdempotentWithKey);

fn world(replay: Replay) -> World {
    World::new(replay, |builder| builder)
}

fn asking(status: u16, header: &str, value: &str) -> TransportResponse {
    TransportResponse::new(status, Headers::from_iter([(header, value)]), "busy")
}

#[test]
fn a_server_that_comes_back_is_reached() {
    let world = world(Replay::new().json(503, "{}").json(502, "{}").json(200, "1"));
    let begun = world.clock.now();
    let response = world.send(&GET).expect("the third time");
    assert_eq!((response.attempts(), world.sent()), (3, 3));
    let waited = response.trace().waited();
    assert!(
        waited > Duration::ZERO && waited < Duration::from_millis(150),
        "{waited:?}"
    );
    assert_eq!(world.clock.now() - begun, waited);
    let trace = response.trace().to_string();
    assert!(
        trace.starts_with("attempt 1: 503 after 0ns, waited "),
        "{trace}"
    );
    assert!(trace.ends_with("; attempt 3: a success"), "{trace}");
}

#[test]
fn what_may_have_been_done_is_not_done_twice() {
    for (operation, kind, sent) in [
        (&POST, TransportErrorKind::NotSent, 2),
        (&POST, TransportErrorKind::MaybeSent, 1),
        (&POST, TransportErrorKind::BodyBroken, 1),
        (&PUT, TransportErrorKind::MaybeSent, 2),
        (&GET, TransportErrorKind::BodyBroken, 2),
        (&WITH_KEY, TransportErrorKind::MaybeSent, 2),
    ] {
        let world = world(Replay::new().fail(kind).json(200, "1"));
        let outcome = world.send(operation);
        assert_eq!(world.sent(), sent, "{} {kind:?}", operation.id());
        assert_eq!(outcome.is_ok(), sent == 2);
    }
    let world = world(
        Replay::new()
            .fail(TransportErrorKind::MaybeSent)
            .json(200, "1"),
    );
    let error = world.send(&POST).expect_err("it may have been done");
    assert_eq!(
        error.trace().to_string(),
        "attempt 1: no answer after 0ns, gave up: the server may have acted, and the operation must not be sent twice"
    );
}

#[test]
fn a_call_keeps_its_key() {
    let world = world(
        Replay::new()
            .json(503, "")
            .answer(asking(409, "Retry-After", "1"))
            .json(200, "1")
            .json(200, "1"),
    );
    world.send(&WITH_KEY).expect("the third time");
    world.send(&WITH_KEY).expect("at once");
    let requests = world.replay.requests();
    let keys = requests
        .iter()
        .map(|it| it.headers.get("idempotency-key").map(str::to_owned));
    let keys: Vec<_> = keys.collect();
    assert!(
        keys[0].as_ref().is_some_and(|key| key.len() == 36),
        "{keys:?}"
    );
    assert!(
        keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3],
        "{keys:?}"
    );

    // A key of the caller's makes any operation one that can be repeated.
    let world = self::world(
        Replay::new()
            .fail(TransportErrorKind::MaybeSent)
            .json(200, "1"),
    );
    let mut call = world.client.call(&POST);
    call.idempotency_key("mine");
    world.run(call).expect("the second time");
    let requests = world.replay.requests();
    assert!(
        requests
            .iter()
            .all(|it| it.headers.get("Idempotency-Key") == Some("mine"))
    );
}

#[test]
fn a_server_is_given_the_time_it_asks_for() {
    let patient = world(
        Replay::new()
            .answer(asking(429, "Retry-After", "7"))
            .json(200, "1"),
    );
    let response = patient.send(&POST).expect("it was turned away first");
    assert_eq!(response.trace().waited(), Duration::from_secs(7));

    // More than the deadline allows, or than anyone waits: the error says how long.
    for (seconds, reason) in [
        ("40", "a wait of 40s would pass the deadline"),
        (
            "121",
            "the server asks to wait 121s, which is longer than calls wait",
        ),
    ] {
        let world = world(
            Replay::new()
                .answer(asking(429, "Retry-After", seconds))
                .json(200, "1"),
        );
        let begun = world.clock.now();
        let error = world.send(&GET).expect_err("it is too long");
        assert_eq!((world.sent(), world.clock.now()), (1, begun));
        assert!(
            error.trace().to_string().ends_with(reason),
            "{}",
            error.trace()
        );
        assert_eq!(
            error.retry_after(),
            seconds.parse().map(Duration::from_secs).ok()
        );
    }
}

#[test]
fn calls_share_a_budget() {
    let script = (0..40).fold(Replay::new(), |script, _| script.json(503, ""));
    let world = World::new(script, |builder| builder.retry_budget(30));
    let attempts: Vec<u32> = (0..4)
        .map(|_| world.send(&GET).expect_err("it is down").attempts())
        .collect();
    // Two retries of 14 tokens each, and then none.
    assert_eq!(attempts, [3, 1, 1, 1]);
    let error = world.send(&GET).expect_err("it is down");
    assert!(
        error
            .trace()
            .to_string()
            .ends_with("used up the budget for retries")
    );
}

#[test]
fn successes_fill_the_budget() {
    let mut script = Replay::new().json(503, "").json(503, "").json(503, "");
    for _ in 0..12 {
        script = script.json(200, "");
    }
    let script = script.json(503, "").json(200, "");
    let world = World::new(script, |builder| builder.retry_budget(30));
    world.send(&GET).expect_err("it is down");
    for _ in 0..12 {
        world.send(&GET).expect("it is up");
    }
    assert_eq!(
        world
            .send(&GET)
            .expect("14 tokens are there again")
            .attempts(),
        2
    );
}

#[test]
fn nothing_is_sent_after_the_deadline() {
    let script = (0..200).fold(Replay::new(), |script, _| script.json(429, ""));
    let world = World::new(script, |builder| {
        builder
            .retry(Retry::new().attempts(100))
            .timeout(Duration::from_secs(10))
    });
    let begun = world.clock.now();
    let error = world.send(&GET).expect_err("it is busy");
    assert!(world.clock.now() - begun < Duration::from_secs(10));
    assert!(
        error
            .trace()
            .to_string()
            .contains("would pass the deadline"),
        "{}",
        error.trace()
    );
}

#[test]
fn an_attempt_that_hangs_is_given_up() {
    let hung = || Replay::new().hang().json(200, "1");
    let limited = |builder: ClientBuilder| builder.attempt_timeout(Duration::from_secs(5));
    let world = World::new(hung(), limited);
    let response = world.send(&GET).expect("the second time");
    assert_eq!(response.attempts(), 2);
    let trace = response.trace().to_string();
    assert!(
        trace.starts_with("attempt 1: timed out after 5s, waited "),
        "{trace}"
    );

    let world = World::new(hung(), limited);
    let error = world.send(&POST).expect_err("it may have been done");
    assert!(error.is_timeout() && world.sent() == 1);
    assert_eq!(
        error.to_string(),
        "post (POST /parcels) got no answer to an attempt within 5s (attempt 1)"
    );
}

#[test]
fn a_call_may_wait_for_its_turn_to_the_end() {
    let replay = Replay::new().hang().json(200, "1");
    let world = World::new(replay, |builder| builder.admission(Admission::at_once(1)));
    let call = |seconds| {
        let mut call = world.client.call(&POST);
        call.timeout(Duration::from_secs(seconds));
        call.send_full::<Bytes, Undocumented, ()>()
    };
    let outcomes = world.clock.run_all([call(30), call(10)]);
    let errors: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    let [hung, waited] = &errors[..] else {
        panic!("{errors:?}");
    };
    assert!(hung.is_timeout() && hung.was_sent() && !hung.is_retryable());
    assert!(waited.is_timeout() && !waited.was_sent() && waited.is_retryable());
    assert_eq!(
        waited.to_string(),
        "post (POST /parcels) was not sent: it waited for its turn for 10s (attempt 0)"
    );
}

#[test]
fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    let replay = Replay::new()
        .fail(TransportErrorKind::MaybeSent)
        .fail(TransportErrorKind::NotSent)
        .fail(TransportErrorKind::NotSent);
    let error = world(replay).send(&PUT).expect_err("it fails three times");
    assert!(error.is_connect() && error.was_sent());
}

#[test]
fn a_body_that_is_there_once_is_sent_once() {
    let world = world(
        Replay::new()
            .fail(TransportErrorKind::MaybeSent)
            .json(200, "1"),
    );
    let mut call = world.client.call(&PUT);
    call.bytes("text/plain", Body::reader(&b"once"[..], 4));
    let error = world.run(call).expect_err("it cannot be sent again");
    assert_eq!(world.sent(), 1);
    assert!(
        error
            .trace()
            .to_string()
            .ends_with("the body can be sent once only")
    );
}

#[test]
fn a_call_may_be_tried_in_its_own_way() {
    let world = world(Replay::new().json(503, "").json(200, "1"));
    let mut call = world.client.call(&GET);
    call.retry(Retry::off());
    assert_eq!(world.run(call).expect_err("once only").attempts(), 1);
    let world = self::world(Replay::new().answer(asking(503, "x-should-retry", "false")));
    let error = world.send(&GET).expect_err("the server says so");
    assert!(
        error
            .trace()
            .to_string()
            .ends_with("the server asks not to try again")
    );
}

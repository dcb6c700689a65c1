//! What a server refuses: which answers count, for whom, and for how long.

use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::key_set::{Key, KeySet};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::{Admission, Bytes, ClientBuilder, Clock, Quota, Retry, Undocumented};

use super::{API, Answer, CREATE, GET, OTHER, Server, call, client, roles, rotation, status};

#[tokio::test]
async fn the_next_key_takes_the_place_of_one_that_is_refused() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let client = client(KeySet::api_keys(rotation()), &server, clock);
    assert_eq!(status(&client, &GET).await, Some(200));
    server.answers("k1", 401);
    // What was refused for its key has not been done, whatever it does.
    assert_eq!(status(&client, &CREATE).await, Some(200));
    assert_eq!(server.seen(), ["k1", "k1", "k2"]);
    for operation in [&GET, &CREATE, &OTHER] {
        assert_eq!(status(&client, operation).await, Some(200));
    }
    assert_eq!(
        server.seen(),
        ["k2", "k2", "k2"],
        "it is known from then on"
    );
    let expected = [("old", "retiring"), ("new", "current")];
    assert_eq!(
        roles(&client),
        expected.map(|(key, role)| (key.to_owned(), role.to_owned()))
    );
    let health = client.health();
    let old = &health.key_sets[0].keys[0];
    assert_eq!((old.sent, old.refused), (2, 1));
    assert_eq!(old.refused_for_ms, Some(10_000.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_send_a_refused_key_no_more_often_than_were_under_way() {
    let server = Server::default();
    server.answers("k1", 401);
    let builder = ClientBuilder::new(&API).transport(server.clone());
    let builder = builder.auth(KeySet::api_keys(rotation()));
    let builder = builder.admission(Admission::at_once(8));
    let client = builder.build().expect("the settings are valid");
    let calls = (0..1_000).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { status(&client, &CREATE).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("no panic"), Some(200));
    }
    let burnt = server.count("k1");
    assert!(
        (1..=8).contains(&burnt),
        "{burnt} requests with a refused key"
    );
    assert_eq!(server.count("k2"), 1_000);
}

#[tokio::test]
async fn a_call_is_sent_once_with_each_key_and_no_more_often_than_it_may() {
    let keys = [
        Key::current("a", "k1"),
        Key::next("b", "k2"),
        Key::retiring("c", "k3"),
    ];
    let server = Server::default();
    for key in ["k1", "k2"] {
        server.answers(key, 401);
    }
    let three = client(KeySet::api_keys(keys.clone()), &server, ManualClock::new());
    assert_eq!(status(&three, &CREATE).await, Some(200));
    assert_eq!(server.seen(), ["k1", "k2", "k3"]);
    server.answers("k3", 401);
    let all = client(KeySet::api_keys(keys), &server, ManualClock::new());
    assert_eq!(status(&all, &GET).await, Some(401));
    assert_eq!(server.seen(), ["k1", "k2", "k3"]);

    let once = client(KeySet::api_keys(rotation()), &server, ManualClock::new());
    server.answers("k2", 200);
    let mut call = once.call(&GET);
    call.retry(Retry::off());
    let error = call.send::<Bytes, Undocumented>().await.expect_err("401");
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
    assert_eq!(status(&once, &GET).await, Some(200), "its successor knows");
    assert_eq!(server.seen(), ["k1", "k2"]);
}

#[tokio::test]
async fn what_is_forbidden_refuses_a_key_only_where_another_one_gets_in() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let keys = client(KeySet::api_keys(rotation()), &server, clock.clone());
    // The user must not do it: so both keys say.
    server.answers_with("k1", "/y", (403, &[]));
    server.answers_with("k2", "/y", (403, &[]));
    assert_eq!(status(&keys, &OTHER).await, Some(403));
    assert_eq!(server.seen(), ["k1", "k2"]);
    for _ in 0..3 {
        assert_eq!(status(&keys, &OTHER).await, Some(403));
    }
    assert_eq!(
        server.seen(),
        ["k1", "k1", "k1"],
        "it is not asked twice each time"
    );
    assert_eq!(status(&keys, &GET).await, Some(200));
    assert_eq!(server.seen(), ["k1"], "and nothing is held against the key");
    for (wait, expected) in [(1, 2), (1, 1), (1, 2), (3, 1)] {
        clock.advance(Duration::from_secs(wait));
        assert_eq!(status(&keys, &OTHER).await, Some(403));
        assert_eq!(server.seen().len(), expected, "the pause doubles");
    }
    // A key that is gone.
    clock.advance(Duration::from_secs(60));
    server.answers("k1", 403);
    assert_eq!(status(&keys, &CREATE).await, Some(200));
    assert_eq!(status(&keys, &GET).await, Some(200));
    assert_eq!(server.seen(), ["k1", "k2", "k2"]);
}

#[tokio::test]
async fn some_refusals_are_not_about_the_key() {
    let scope: Answer = (
        401,
        &[("WWW-Authenticate", "Bearer error=\"insufficient_scope\"")],
    );
    let forbidden: Answer = (
        403,
        &[("WWW-Authenticate", "Bearer error=\"insufficient_scope\"")],
    );
    let crowded: Answer = (403, &[("Retry-After", "7")]);
    let empty: Answer = (
        403,
        &[("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "7")],
    );
    for answer in [scope, forbidden, crowded, empty] {
        let server = Server::default();
        server.answers_with("k1", "", answer);
        let client = client(KeySet::api_keys(rotation()), &server, ManualClock::new());
        assert_eq!(status(&client, &GET).await, Some(answer.0));
        assert_eq!(server.seen(), ["k1"], "{answer:?}");
        assert_eq!(client.health().key_sets[0].keys[0].refused, 0);
    }
}

#[tokio::test]
async fn one_operation_takes_no_key_from_the_others() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let keys = KeySet::api_keys([Key::current("only", "k1")]);
    let client = client(keys, &server, clock.clone());
    server.answers_with("k1", "/y", (401, &[]));
    assert_eq!(status(&client, &OTHER).await, Some(401));
    let error = call(&client, &OTHER)
        .await
        .expect_err("no key is left for it");
    assert!(error.is_no_key() && !error.was_sent(), "{error}");
    assert_eq!(
        status(&client, &GET).await,
        Some(200),
        "it is no other operation's"
    );
    assert_eq!(server.seen(), ["k1", "k1"]);
    // A second operation says that it is the key.
    server.answers("k1", 401);
    assert_eq!(
        status(&client, &OTHER).await,
        Some(401),
        "it has got in since"
    );
    assert_eq!(status(&client, &GET).await, Some(401));
    let error = call(&client, &CREATE).await.expect_err("no key is left");
    assert!(error.is_no_key(), "{error}");
}

#[tokio::test]
async fn without_a_key_nothing_is_sent_and_one_call_at_a_time_tries_again() {
    let (server, clock) = (Server::default(), ManualClock::new());
    for key in ["k1", "k2"] {
        server.answers(key, 401);
    }
    let client = client(KeySet::api_keys(rotation()), &server, clock.clone());
    assert_eq!(status(&client, &GET).await, Some(401));
    server.seen();
    clock.advance(Duration::from_secs(3));
    let error = call(&client, &GET).await.expect_err("all keys are refused");
    assert!(error.is_no_key() && !error.was_sent() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "get (GET /x) was not sent, since it has no key left: \"old\" was refused with 401 3 s ago, \
         \"new\" was refused with 401 3 s ago (attempt 0)"
    );
    clock.advance(Duration::from_secs(7));
    for _ in 0..5 {
        call(&client, &GET).await.expect_err("all keys are refused");
    }
    assert_eq!(server.seen(), ["k1", "k2"], "each is tried once");
    clock.advance(Duration::from_secs(19));
    call(&client, &GET).await.expect_err("all keys are refused");
    assert!(server.seen().is_empty(), "the pause is twice as long");
    server.answers("k1", 200);
    clock.advance(Duration::from_secs(1));
    for _ in 0..5 {
        assert_eq!(status(&client, &GET).await, Some(200));
    }
    assert_eq!(server.seen(), ["k1"; 5]);
}

#[test]
fn of_many_calls_at_once_one_tries_a_refused_key_again() {
    let (server, clock) = (Server::default(), SimulatedClock::new());
    server.answers("k1", 401);
    let keys = KeySet::api_keys([Key::current("only", "k1")]);
    let client = client(keys, &server, clock.clone());
    assert_eq!(clock.run(status(&client, &GET)), Some(401));
    clock.run(clock.sleep(Duration::from_secs(10)));
    server.seen();
    let outcomes = clock.run_all((0..5).map(|_| status(&client, &GET)));
    assert_eq!(outcomes, [Some(401), None, None, None, None]);
    assert_eq!(server.seen(), ["k1"]);
}

#[test]
fn who_waits_for_a_turn_takes_the_key_that_is_good_by_then() {
    let (server, clock) = (Server::default(), SimulatedClock::new());
    server.answers("k1", 401);
    let builder = ClientBuilder::new(&API).transport(server.clone());
    let builder = builder
        .clock(clock.clone())
        .quota(Quota::per_second(1.0, 1));
    let client = builder.auth(KeySet::api_keys(rotation())).build();
    let client = client.expect("the settings are valid");
    let outcomes = clock.run_all((0..5).map(|_| status(&client, &GET)));
    assert_eq!(outcomes, [Some(200); 5]);
    assert_eq!((server.count("k1"), server.count("k2")), (1, 5));
}

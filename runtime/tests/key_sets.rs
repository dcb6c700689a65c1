//! Keys that take turns: fall-over when a server refuses one, the choice among equals by their quotas, and sources that
//! give others while the client runs.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::key_set::{Key, KeyError, KeySet, KeySource, KeyVariables};
use attache_runtime::signing::{RequestSigner, Signature};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::token::TokenConnection;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    Admission, ApiMeta, Bytes, Client, ClientBuilder, Clock, Credential, Environment, Error,
    Headers, OperationMeta, Quota, Retry, Secret, SecurityScheme, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com").security_schemes(&[
    SecurityScheme::api_key_header("key", "X-Key"),
    SecurityScheme::bearer("bearer"),
    SecurityScheme::basic("basic"),
    SecurityScheme::other("signed", "http hmac"),
]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["key"]]);
static CREATE: OperationMeta = OperationMeta::new("create", "POST", "/x").security(&[&["key"]]);
static OTHER: OperationMeta = OperationMeta::new("other", "GET", "/y").security(&[&["key"]]);
static SLOW: OperationMeta = OperationMeta::new("slow", "GET", "/slow")
    .security(&[&["key"]])
    .quota(Quota::per_second(0.1, 2));

type Answer = (u16, &'static [(&'static str, &'static str)]);

/// Answers 200, but to some keys as it is told; keeps which keys it was sent.
#[derive(Clone, Default)]
struct Server {
    answers: Arc<Mutex<BTreeMap<(String, String), Answer>>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Transport for Server {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let header = |name| request.headers.get(name);
        let key = header("X-Key").or_else(|| header("Authorization"));
        let key = key.unwrap_or_default().to_owned();
        let path = request.url.path().to_owned();
        self.seen.lock().expect("no panic").push(key.clone());
        Box::pin(async move {
            tokio::task::yield_now().await;
            let (status, headers) = {
                let answers = self.answers.lock().expect("no panic");
                let found = answers.get(&(key.clone(), path));
                let found = found.or_else(|| answers.get(&(key, String::new())));
                found.copied().unwrap_or((200, &[]))
            };
            let headers = Headers::from_iter(headers.iter().copied());
            Ok(TransportResponse::new(status, headers, Bytes::new()))
        })
    }
}

impl Server {
    /// Answers a key so from now on.
    fn answers(&self, key: &str, status: u16) {
        self.answers_with(key, "", (status, &[]));
    }

    fn answers_with(&self, key: &str, path: &str, answer: Answer) {
        let mut answers = self.answers.lock().expect("no panic");
        answers.insert((key.to_owned(), path.to_owned()), answer);
    }

    /// Which keys it was sent since this was asked last.
    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().expect("no panic"))
    }

    fn count(&self, key: &str) -> usize {
        let seen = self.seen.lock().expect("no panic");
        seen.iter().filter(|seen| *seen == key).count()
    }
}

/// Gives what it is told to, and counts how often it is asked.
#[derive(Clone, Debug)]
struct Source {
    keys: Arc<Mutex<Result<Vec<Key>, &'static str>>>,
    asked: Arc<AtomicU32>,
    hangs: Arc<Mutex<bool>>,
}

impl Source {
    fn of(keys: &[Key]) -> Self {
        Self {
            keys: Arc::new(Mutex::new(Ok(keys.to_vec()))),
            asked: Arc::default(),
            hangs: Arc::default(),
        }
    }

    fn gives(&self, keys: Result<Vec<Key>, &'static str>) {
        *self.keys.lock().expect("no panic") = keys;
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl KeySource for Source {
    fn load<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            if *self.hangs.lock().expect("no panic") {
                std::future::pending::<()>().await;
            }
            tokio::task::yield_now().await;
            self.keys
                .lock()
                .expect("no panic")
                .clone()
                .map_err(KeyError::new)
        })
    }
}

fn rotation() -> [Key; 2] {
    [Key::current("old", "k1"), Key::next("new", "k2")]
}

fn pool() -> [Key; 2] {
    [Key::current("one", "k1"), Key::current("two", "k2")]
}

fn client(keys: impl Into<Credential>, server: &Server, clock: impl Clock) -> Client {
    let builder = ClientBuilder::new(&API).transport(server.clone());
    let builder = builder.clock(clock).auth(keys);
    builder.build().expect("the settings are valid")
}

async fn call(
    client: &Client,
    operation: &'static OperationMeta,
) -> Result<u16, Error<Undocumented>> {
    let call = client.call(operation);
    let outcome = call.send_full::<Bytes, Undocumented, ()>().await;
    outcome.map(|response| response.status())
}

async fn status(client: &Client, operation: &'static OperationMeta) -> Option<u16> {
    call(client, operation)
        .await
        .map_or_else(|error| error.status(), Some)
}

fn roles(client: &Client) -> Vec<(String, String)> {
    let keys = &client.health().key_sets[0].keys;
    keys.iter()
        .map(|key| (key.key.clone(), key.role.clone()))
        .collect()
}

/// Lets tasks in the background go on.
async fn others_run() {
    for _ in 0..4 {
        tokio::task::yield_now().await;
    }
}

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

#[tokio::test]
async fn a_source_is_asked_at_an_interval_and_when_all_keys_are_refused() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let source = Source::of(&[Key::current("v1", "k1")]);
    let client = client(KeySet::api_keys(source.clone()), &server, clock.clone());
    let send = || async { status(&client, &GET).await };
    assert_eq!(send().await, Some(200));
    source.gives(Ok(vec![
        Key::current("v2", "k2"),
        Key::retiring("v1", "k1"),
    ]));
    clock.advance(Duration::from_secs(59));
    assert_eq!((send().await, source.asked()), (Some(200), 1));
    clock.advance(Duration::from_secs(1));
    // It waits for nothing, and lets the source be asked.
    assert_eq!(send().await, Some(200));
    others_run().await;
    assert_eq!((send().await, source.asked()), (Some(200), 2));
    assert_eq!(server.seen(), ["k1", "k1", "k1", "k2"]);

    // Within the interval, the call that is refused last gets what the source has by then.
    for key in ["k1", "k2"] {
        server.answers(key, 401);
    }
    source.gives(Ok(vec![Key::current("v3", "k3")]));
    assert_eq!(send().await, Some(200));
    assert_eq!(server.seen(), ["k2", "k1", "k3"]);
    assert_eq!(source.asked(), 3);

    // Where it has none, it is asked ever more rarely, and nothing is sent.
    server.answers("k3", 401);
    assert_eq!(send().await, Some(401));
    for _ in 0..20 {
        assert_eq!(send().await, None);
    }
    assert_eq!((server.seen(), source.asked()), (vec!["k3".to_owned()], 4));
    clock.advance(Duration::from_secs(1));
    assert_eq!((send().await, source.asked()), (None, 5));
    // A key that comes back with others is tried again at once.
    server.answers("k3", 200);
    source.gives(Ok(vec![Key::current("v3", "k3"), Key::next("v4", "k4")]));
    clock.advance(Duration::from_secs(2));
    assert_eq!(
        (send().await, server.seen()),
        (Some(200), vec!["k3".to_owned()])
    );
}

#[test]
fn a_thousand_calls_ask_a_source_once() {
    let (server, clock) = (Server::default(), SimulatedClock::new());
    let source = Source::of(&rotation());
    let client = client(KeySet::api_keys(source.clone()), &server, clock.clone());
    let outcomes = clock.run_all((0..1_000).map(|_| status(&client, &GET)));
    assert_eq!(outcomes, [Some(200); 1_000]);
    assert_eq!(source.asked(), 1);
}

#[tokio::test]
async fn a_source_that_fails_leaves_the_keys_that_there_are() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let source = Source::of(&[]);
    source.gives(Err("the vault is sealed"));
    let client = client(KeySet::api_keys(source.clone()), &server, clock.clone());
    let error = call(&client, &GET).await.expect_err("there is no key");
    assert!(error.is_no_key() && error.is_retryable() && !error.was_sent());
    assert_eq!(
        error.to_string(),
        "get (GET /x) was not sent, since it has no key left: there is none; their source has failed: the vault is \
         sealed (attempt 0)"
    );
    source.gives(Ok(vec![Key::current("v1", "k1")]));
    assert_eq!(
        status(&client, &GET).await,
        None,
        "it is left alone for a second"
    );
    clock.advance(Duration::from_secs(1));
    assert_eq!(status(&client, &GET).await, Some(200));

    source.gives(Err("the vault is sealed"));
    clock.advance(Duration::from_secs(60));
    for _ in 0..3 {
        assert_eq!(status(&client, &GET).await, Some(200));
        others_run().await;
    }
    assert_eq!(source.asked(), 3);
    clock.advance(Duration::from_millis(500));
    assert_eq!(
        client.health().key_sets[0].source_failing_for_ms,
        Some(500.0)
    );
    clock.advance(Duration::from_secs(1));
    server.answers("k1", 401);
    let error = call(&client, &GET).await.expect_err("the key is refused");
    assert!(error.is_no_key() && error.status() == Some(401) && error.was_sent());
    assert_eq!(
        error.to_string(),
        "get (GET /x) has no key left (\"v1\" was refused with 401 0 s ago; their source has failed: the vault is \
         sealed), and was answered with status 401 (attempt 1)"
    );
}

#[test]
fn a_source_that_hangs_holds_up_nobody_whose_key_is_good() {
    let (server, clock) = (Server::default(), SimulatedClock::new());
    let source = Source::of(&[Key::current("v1", "k1")]);
    let client = client(KeySet::api_keys(source.clone()), &server, clock.clone());
    let send = || clock.run(call(&client, &GET));
    let wait = |seconds| clock.run(clock.sleep(Duration::from_secs(seconds)));
    send().expect("200");
    *source.hangs.lock().expect("no panic") = true;
    wait(60);
    let begun = clock.now();
    for _ in 0..5 {
        send().expect("its key is good");
    }
    assert_eq!(clock.now(), begun);
    server.answers("k1", 401);
    let error = send().expect_err("the key is refused");
    assert!(
        error.to_string().contains("it has not answered in 10s"),
        "{error}"
    );
    assert_eq!(clock.now() - begun, Duration::from_secs(10));
}

#[tokio::test]
async fn keys_come_from_variables_that_change() {
    let variables = Arc::new(Mutex::new(BTreeMap::from([("PARCELS_KEY", "k1")])));
    let read = variables.clone();
    let environment = Environment::new(move |name| {
        let variables = read.lock().expect("no panic");
        let found = variables.get(name).map(|value| (*value).to_owned());
        found.ok_or(std::env::VarError::NotPresent)
    });
    let keys = KeyVariables::new("PARCELS_KEY").environment(environment);
    let server = Server::default();
    let client = client(KeySet::api_keys(keys), &server, ManualClock::new());
    assert_eq!(status(&client, &GET).await, Some(200));
    server.answers("k1", 401);
    variables
        .lock()
        .expect("no panic")
        .insert("PARCELS_KEY_NEXT", "k2");
    assert_eq!(status(&client, &GET).await, Some(200));
    assert_eq!(server.seen(), ["k1", "k1", "k2"], "once with each key");
    assert_eq!(roles(&client)[1].0, "PARCELS_KEY_NEXT");
    variables.lock().expect("no panic").clear();
    let error = ends_without_key(KeyVariables::new("NO_SUCH_KEY_AT_ALL")).await;
    assert!(error.contains("NO_SUCH_KEY_AT_ALL is not set"), "{error}");
}

async fn ends_without_key(source: impl KeySource) -> String {
    let client = client(
        KeySet::api_keys(source),
        &Server::default(),
        ManualClock::new(),
    );
    let error = call(&client, &GET).await.expect_err("there is no key");
    assert!(error.is_no_key());
    format!("{error} {error:?} {client:?}")
}

#[cfg(all(feature = "store", unix))]
#[tokio::test]
async fn keys_come_from_a_file_that_is_replaced() {
    use attache_runtime::key_set::KeyFile;
    use std::os::unix::fs::PermissionsExt;

    let path = std::env::temp_dir().join(format!("attache-key-set-{}", std::process::id()));
    let write = |text: &str, mode: u32| {
        let new = path.with_extension("new");
        std::fs::write(&new, text).expect("the folder can be written");
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&new, permissions).expect("it is ours");
        std::fs::rename(&new, &path).expect("the folder can be written");
    };
    let error = ends_without_key(KeyFile::new(&path)).await;
    assert!(error.contains("there is no such file"), "{error}");
    write("current 2026-11 CANARY\n", 0o644);
    let error = ends_without_key(KeyFile::new(&path)).await;
    assert!(
        error.contains("mode 644") && error.contains("chmod 600"),
        "{error}"
    );
    write("# monthly\n\ncurrent 2026-11\n", 0o600);
    let error = ends_without_key(KeyFile::new(&path)).await;
    assert!(error.contains("line 3 is no key"), "{error}");
    for text in [
        "old 2026-11 CANARY",
        "current CANARY CANARY",
        "current a CANARY\nnext a CANARY2",
        "# none",
    ] {
        write(text, 0o600);
        let error = ends_without_key(KeyFile::new(&path)).await;
        assert!(!error.contains("CANARY"), "{error}");
    }

    write("current 2026-11 k1\n", 0o600);
    let server = Server::default();
    let client = client(
        KeySet::api_keys(KeyFile::new(&path)),
        &server,
        ManualClock::new(),
    );
    assert_eq!(status(&client, &GET).await, Some(200));
    server.answers("k1", 401);
    write(
        "retiring 2026-11 k1\r\n  current\t2026-12   a key with spaces  \r\n",
        0o600,
    );
    assert_eq!(status(&client, &GET).await, Some(200));
    assert_eq!(server.seen(), ["k1", "k1", "a key with spaces"]);
    std::fs::remove_file(&path).expect("it is there");
}

/// Signs with its key, in clear.
#[derive(Debug)]
struct Signer(Secret);

impl RequestSigner for Signer {
    fn sign(&self, request: &mut TransportRequest, _: Duration) -> Result<(), String> {
        request
            .headers
            .set("Authorization", format!("signed by {}", self.0.expose()));
        Ok(())
    }
}

#[tokio::test]
async fn keys_are_tokens_users_and_signers_as_well() {
    static BEARER: OperationMeta = OperationMeta::new("b", "GET", "/b").security(&[&["bearer"]]);
    static BASIC: OperationMeta = OperationMeta::new("u", "GET", "/u").security(&[&["basic"]]);
    static SIGNED: OperationMeta = OperationMeta::new("s", "GET", "/s").security(&[&["signed"]]);
    let keys = || [Key::current("one", "a:1"), Key::next("two", "a:2")];
    let signed = KeySet::signatures(keys(), |key| {
        let (_, secret) = key.user_and_password()?;
        Ok(Signature::new(Signer(secret.into())))
    });
    for (set, operation, sent) in [
        (
            KeySet::bearer(keys()),
            &BEARER,
            ["Bearer a:1", "Bearer a:2"],
        ),
        (KeySet::basic(keys()), &BASIC, ["Basic YTox", "Basic YToy"]),
        (
            signed.for_scheme("signed"),
            &SIGNED,
            ["signed by 1", "signed by 2"],
        ),
    ] {
        let server = Server::default();
        server.answers(sent[0], 401);
        let client = client(set.clone(), &server, ManualClock::new());
        assert_eq!(status(&client, operation).await, Some(200));
        assert_eq!(server.seen(), sent);
        let error = call(&client, &GET)
            .await
            .expect_err("it is of another scheme");
        assert!(error.is_missing_credential(), "{error}");
        // For one call, in the place of the client's own.
        let other = ClientBuilder::new(&API).transport(server.clone()).build();
        let mut given = other.expect("it is valid").call(operation);
        given.auth(set);
        given.send::<Bytes, Undocumented>().await.expect("200");
        assert_eq!(server.seen(), sent[1..], "copies share what is learnt");
    }
    let error = {
        let keys = KeySet::basic([Key::current("one", "CANARY")]);
        let client = client(keys, &Server::default(), ManualClock::new());
        call(&client, &BASIC).await.expect_err("it is no user")
    };
    let error = error.to_string();
    assert!(
        error.contains("has to be `user:password`") && !error.contains("CANARY"),
        "{error}"
    );
}

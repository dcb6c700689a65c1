//! Where keys come from: asked once at a time, at an interval, and when all keys are refused.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::key_set::{Key, KeyError, KeySet, KeySource, KeyVariables};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::token::TokenConnection;
use attache_runtime::transport::BoxFuture;
use attache_runtime::{Clock, Environment, OperationMeta};

use super::{GET, Server, call, client, roles, rotation, status};

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

/// Lets tasks in the background go on.
async fn others_run() {
    for _ in 0..4 {
        tokio::task::yield_now().await;
    }
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

/// Keys that cannot be used are no better for being given again.
#[tokio::test]
async fn a_source_whose_keys_cannot_be_used_has_failed_each_time() {
    static BASIC: OperationMeta = OperationMeta::new("u", "GET", "/u").security(&[&["basic"]]);
    let (source, clock) = (Source::of(&[Key::current("one", "k1")]), ManualClock::new());
    let keys = KeySet::basic(source.clone());
    let client = client(keys, &Server::default(), clock.clone());
    for asked in 1..=2 {
        let error = call(&client, &BASIC).await.expect_err("it is no user");
        let error = error.to_string();
        assert!(error.contains("has to be `user:password`"), "{error}");
        assert_eq!(source.asked(), asked);
        clock.advance(Duration::from_secs(60));
    }
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

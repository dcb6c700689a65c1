//! A login that is kept in a store, and shared.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use attache_runtime::oauth::{AuthorizationServer, ClientIdentity, StoredLogin};
use attache_runtime::store::{MemoryStore, Record, RecordStore, StoreError};
use attache_runtime::token::{TokenConnection, TokenError, TokenSource};
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};

const KEY: &str = "parcels/ada";

fn login(store: impl RecordStore) -> StoredLogin {
    let server = AuthorizationServer::default()
        .token_url("https://login.example.com/token")
        .revocation_url("https://login.example.com/revoke");
    StoredLogin::new(ClientIdentity::public("shop"), store, KEY).server(server)
}

fn granted(number: u32) -> String {
    format!(
        r#"{{"access_token":"at{number}","refresh_token":"rt{number}","expires_in":3600,"scope":"read"}}"#
    )
}

async fn fetch(login: &StoredLogin, connection: &TokenConnection) -> Result<String, TokenError> {
    // The token itself is shown to nobody but the call path, and to those who ask by name.
    let token = login.clone().token().fetch(connection).await?;
    Ok(token.expose().to_owned())
}

fn sent(replay: &Replay) -> Vec<String> {
    let requests = replay.requests();
    let bodies = requests.iter().filter_map(|it| it.body.as_bytes());
    let forms = bodies.map(|it| String::from_utf8_lossy(&it).into_owned());
    let token = |form: &str| form.split('&').nth(1).unwrap_or_default().to_owned();
    forms.map(|form| token(&form)).collect()
}

#[tokio::test]
async fn what_one_has_got_the_others_take() {
    let replay = Replay::new().json(200, &granted(1)).json(200, &granted(2));
    let connection = TokenConnection::new(replay.clone());
    let store = Arc::new(MemoryStore::new());
    let (one, other) = (login(store.clone()), login(store.clone()));
    let one = one.or_refresh_token("rt0");
    assert_eq!(fetch(&one, &connection).await.expect("it is got"), "at1");
    assert_eq!(
        fetch(&other, &connection).await.expect("it is there"),
        "at1"
    );
    // Whoever has it already wants another one; the first takes that.
    assert_eq!(fetch(&other, &connection).await.expect("it is got"), "at2");
    assert_eq!(fetch(&one, &connection).await.expect("it is there"), "at2");
    assert_eq!(sent(&replay), ["refresh_token=rt0", "refresh_token=rt1"]);
    let status = one
        .status()
        .await
        .expect("the store is good")
        .expect("it is there");
    assert_eq!((status.renewals, status.is_renewable), (2, true));
    assert_eq!(
        (status.scopes, status.interrupted),
        (vec!["read".to_owned()], None)
    );
    let shown = format!("{one:?} {store:?}");
    assert!(!shown.contains("rt") && !shown.contains("at1"), "{shown}");
}

#[tokio::test]
async fn nobody_has_logged_in() {
    let connection = TokenConnection::new(Replay::new());
    let error = fetch(&login(MemoryStore::new()), &connection).await;
    let error = error.expect_err("there is no login");
    assert!(error.is_final());
    let expected = "nobody has logged in as parcels/ada";
    assert!(error.to_string().starts_with(expected), "{error}");
}

/// A server at which something happens while it is asked.
struct Meanwhile<F>(F, Replay);

impl<F: Fn(u32) -> BoxFuture<'static, ()> + Send + Sync + 'static> Transport for Meanwhile<F> {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let happening = (self.0)(self.1.requests().len() as u32);
        let answering = self.1.send(request);
        Box::pin(async move {
            happening.await;
            answering.await
        })
    }
}

/// Another process was faster, though it should not have been: its tokens are as good.
#[tokio::test]
async fn who_is_refused_takes_what_another_has_got() {
    let store = Arc::new(MemoryStore::new());
    let first = TokenConnection::new(Replay::new().json(200, &granted(1)));
    let one = login(store.clone()).or_refresh_token("rt0");
    assert_eq!(fetch(&one, &first).await.expect("it is got"), "at1");
    let replay = Replay::new().json(400, r#"{"error":"invalid_grant"}"#);
    let others = store.clone();
    let meanwhile = move |_| -> BoxFuture<'static, ()> {
        let store = others.clone();
        Box::pin(async move {
            let record = store.read(KEY).await.expect("it is there");
            let value = String::from_utf8(record.value.expect("it has a value"));
            let value = value.expect("it is JSON").replace("t1\"", "t9\"");
            let version = record.version;
            let written = store.write(KEY, version, Some(value.as_bytes())).await;
            assert!(written.expect("it is written"));
        })
    };
    let connection = TokenConnection::new(Meanwhile(meanwhile, replay.clone()));
    assert_eq!(fetch(&one, &connection).await.expect("it is there"), "at9");
    assert_eq!(sent(&replay), ["refresh_token=rt1"]);
}

/// A process died while it renewed.
#[tokio::test]
async fn a_renewal_without_an_end_is_told() {
    let store = Arc::new(MemoryStore::new());
    let hanging = TokenConnection::new(Replay::new().hang());
    let dying = login(store.clone()).or_refresh_token("rt0");
    let dying = dying.lease(Duration::from_millis(300));
    let died = tokio::time::timeout(Duration::from_millis(100), dying.fetch(&hanging)).await;
    assert!(died.is_err());
    let status = dying
        .status()
        .await
        .expect("the store is good")
        .expect("it is there");
    assert!(status.interrupted.is_some());
    // The next one waits until the lease has run out, and sends the token again.
    let replay = Replay::new().json(400, r#"{"error":"invalid_grant"}"#);
    let connection = TokenConnection::new(replay.clone());
    let error = fetch(&login(store.clone()), &connection).await;
    let error = error.expect_err("it is refused");
    assert_eq!(error.code(), Some("invalid_grant"));
    assert!(error.to_string().contains("did not end"), "{error}");
    assert_eq!(sent(&replay), ["refresh_token=rt0"]);
    // A server with some leeway gives tokens, and all is well.
    let replay = Replay::new().json(200, &granted(1));
    let connection = TokenConnection::new(replay);
    let token = fetch(&login(store.clone()), &connection).await;
    assert_eq!(token.expect("it is got"), "at1");
    let status = dying
        .status()
        .await
        .expect("the store is good")
        .expect("it is there");
    assert_eq!(status.interrupted, None);
}

/// While a server takes its time, the lease is prolonged.
#[tokio::test]
async fn a_slow_server_is_asked_once() {
    let store = Arc::new(MemoryStore::new());
    let replay = Replay::new().json(200, &granted(1));
    let slow =
        |_| -> BoxFuture<'static, ()> { Box::pin(tokio::time::sleep(Duration::from_millis(600))) };
    let connection = TokenConnection::new(Meanwhile(slow, replay.clone()));
    let logins: Vec<StoredLogin> = (0..20)
        .map(|_| {
            login(store.clone())
                .or_refresh_token("rt0")
                .lease(Duration::from_millis(150))
        })
        .collect();
    let fetching: Vec<_> = logins
        .into_iter()
        .map(|login| {
            let connection = connection.clone();
            tokio::spawn(async move { fetch(&login, &connection).await })
        })
        .collect();
    for fetched in fetching {
        assert_eq!(fetched.await.expect("no panic").expect("it is got"), "at1");
    }
    assert_eq!(sent(&replay), ["refresh_token=rt0"]);
}

/// A store that cannot be written for a while.
#[derive(Debug)]
struct Away {
    store: MemoryStore,
    /// How many writes come through before it is away, and how many after that do not.
    writes: AtomicU32,
    failures: std::ops::Range<u32>,
}

impl RecordStore for Away {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        self.store.read(key)
    }

    fn write<'s>(
        &'s self,
        key: &'s str,
        expected: u64,
        value: Option<&'s [u8]>,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        let number = self.writes.fetch_add(1, Ordering::Relaxed);
        if self.failures.contains(&number) {
            return Box::pin(async { Err(StoreError::unavailable("the disk is full")) });
        }
        self.store.write(key, expected, value)
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        self.store.keys()
    }

    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        self.store.lease(key, owner, ttl)
    }

    fn release<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
    ) -> BoxFuture<'s, Result<(), StoreError>> {
        self.store.release(key, owner)
    }
}

/// What the server gave is not lost: it is kept until it can be written.
#[tokio::test]
async fn what_cannot_be_written_is_written_later() {
    let replay = Replay::new().json(200, &granted(1));
    let connection = TokenConnection::new(replay.clone());
    let store = Away {
        store: MemoryStore::new(),
        writes: AtomicU32::new(0),
        failures: 1..7,
    };
    let login = login(store).or_refresh_token("rt0");
    let error = login.fetch(&connection).await.expect_err("it is away");
    assert!(!error.is_final(), "{error}");
    assert!(error.to_string().contains("cannot be written"), "{error}");
    // It is not asked for again: the token was in memory, and is written now.
    assert_eq!(fetch(&login, &connection).await.expect("it is kept"), "at1");
    assert_eq!(sent(&replay), ["refresh_token=rt0"]);
}

#[tokio::test]
async fn a_login_is_taken_back() {
    let replay = Replay::new().json(200, &granted(1)).json(200, "");
    let connection = TokenConnection::new(replay.clone());
    let login = login(MemoryStore::new()).or_refresh_token("rt0");
    fetch(&login, &connection).await.expect("it is got");
    login.revoke(&connection).await.expect("it is taken back");
    assert!(login.status().await.expect("the store is good").is_none());
    let form = replay.requests()[1]
        .body
        .as_bytes()
        .expect("it is in memory");
    let form = String::from_utf8_lossy(&form).into_owned();
    assert_eq!(
        form,
        "token=rt1&token_type_hint=refresh_token&client_id=shop"
    );
    // There is nothing left to take back.
    login.revoke(&connection).await.expect("it is gone");
}

//! Tokens that are fetched when they are needed: by one request for all calls, which no call that gives up stops, and
//! replaced once where the server refuses them.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::testing::SimulatedClock;
use attache_runtime::token::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Headers, OperationMeta, Retry, SecurityScheme,
    Undocumented,
};
use tokio::sync::Notify;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::bearer("oauth")]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["oauth"]]);
static CREATE: OperationMeta = OperationMeta::new("create", "POST", "/x").security(&[&["oauth"]]);

/// Gives `t1`, `t2` and so on.
#[derive(Clone, Debug, Default)]
struct Numbered {
    fetched: Arc<AtomicU32>,
    lifetime: Option<Duration>,
    /// What a fetch waits for, where it does.
    gate: Option<Arc<Notify>>,
    /// Fetches from this one on fail.
    failing_from: Option<u32>,
}

impl Numbered {
    fn count(&self) -> u32 {
        self.fetched.load(Ordering::SeqCst)
    }
}

impl TokenSource for Numbered {
    fn fetch<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            let number = self.fetched.fetch_add(1, Ordering::SeqCst) + 1;
            if let Some(gate) = &self.gate {
                gate.notified().await;
            }
            if self.failing_from.is_some_and(|from| number >= from) {
                return Err(TokenError::new("the login server is away"));
            }
            let token = Token::new(format!("t{number}"));
            Ok(match self.lifetime {
                Some(lifetime) => token.expires_in(lifetime),
                None => token,
            })
        })
    }
}

/// Answers 200, but 401 to the tokens that it refuses; keeps what it was sent.
#[derive(Clone, Default)]
struct Server {
    refused: Arc<Mutex<Vec<&'static str>>>,
    challenge: &'static str,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Transport for Server {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let token = request.headers.get("Authorization").unwrap_or_default();
        let token = token.trim_start_matches("Bearer ").to_owned();
        let is_refused = self.refused.lock().expect("no panic").contains(&&*token);
        self.seen.lock().expect("no panic").push(token);
        let headers = Headers::from_iter([("WWW-Authenticate", self.challenge)]);
        let status = if is_refused { 401 } else { 200 };
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(TransportResponse::new(status, headers, Bytes::new()))
        })
    }
}

impl Server {
    fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

fn client(source: &Numbered, server: &Server) -> Client {
    let builder = ClientBuilder::new(&API).transport(server.clone());
    let builder = builder.auth(AccessToken::new(source.clone()));
    builder.build().expect("the settings are valid")
}

async fn call(client: &Client, operation: &'static OperationMeta) -> Result<u16, String> {
    let call = client.call(operation);
    let outcome = call.send_full::<Bytes, Undocumented, ()>().await;
    outcome
        .map(|response| response.status())
        .map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_fetch_one_token() {
    let (source, server) = (Numbered::default(), Server::default());
    let client = client(&source, &server);
    let calls = (0..1_000).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client, &GET).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("no panic"), Ok(200));
    }
    assert_eq!(source.count(), 1);
    assert!(server.seen().iter().all(|token| token == "t1"));
}

/// All of them find out that the token is refused, and one more is fetched.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_replaced_once_for_all_calls() {
    let (source, server) = (Numbered::default(), Server::default());
    let client = client(&source, &server);
    call(&client, &GET).await.expect("200");
    server.refused.lock().expect("no panic").push("t1");
    let calls = (0..200).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client, &GET).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("no panic"), Ok(200));
    }
    assert_eq!(source.count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_gives_up_does_not_stop_the_fetch() {
    let gate = Arc::new(Notify::new());
    let source = Numbered {
        gate: Some(gate.clone()),
        ..Numbered::default()
    };
    let client = client(&source, &Server::default());
    let impatient = tokio::time::timeout(Duration::from_millis(50), call(&client, &GET)).await;
    assert!(impatient.is_err());
    gate.notify_one();
    assert_eq!(call(&client, &GET).await, Ok(200));
    assert_eq!(source.count(), 1, "what was asked for first has come");
}

#[tokio::test]
async fn a_fetch_that_hangs_holds_up_nobody_whose_token_is_valid() {
    let gate = Arc::new(Notify::new());
    let source = Numbered {
        gate: Some(gate.clone()),
        lifetime: Some(Duration::from_secs(100)),
        ..Numbered::default()
    };
    let (server, clock) = (Server::default(), ManualClock::new());
    let builder = ClientBuilder::new(&API).transport(server.clone());
    let builder = builder
        .clock(clock.clone())
        .auth(AccessToken::new(source.clone()));
    let client = builder.build().expect("the settings are valid");
    gate.notify_one();
    assert_eq!(call(&client, &GET).await, Ok(200));
    // It is to be renewed, which hangs, and is valid still.
    clock.advance(Duration::from_secs(85));
    for _ in 0..20 {
        assert_eq!(call(&client, &GET).await, Ok(200));
    }
    assert_eq!(source.count(), 2);
    assert!(server.seen().iter().all(|token| token == "t1"));
    clock.advance(Duration::from_secs(15));
    gate.notify_one();
    assert_eq!(call(&client, &GET).await, Ok(200));
    assert_eq!(server.seen().last().map(String::as_str), Some("t2"));
}

#[tokio::test]
async fn a_refused_request_is_sent_again_once_whatever_it_does() {
    let server = Server::default();
    *server.refused.lock().expect("no panic") = vec!["t1"];
    let source = Numbered::default();
    let client = client(&source, &server);
    assert_eq!(call(&client, &CREATE).await, Ok(200));
    assert_eq!(server.seen(), ["t1", "t2"]);
    // A server that refuses the next one as well is not given one after the other.
    server.refused.lock().expect("no panic").push("t2");
    for _ in 0..3 {
        let error = call(&client, &CREATE).await.expect_err("401");
        assert!(error.contains("401"), "{error}");
    }
    assert_eq!(server.seen(), ["t1", "t2", "t2", "t2", "t2"]);
    assert_eq!(source.count(), 2);
}

#[tokio::test]
async fn what_lacks_a_scope_gets_no_other_token() {
    let server = Server {
        challenge: "Bearer error=\"insufficient_scope\"",
        ..Server::default()
    };
    server.refused.lock().expect("no panic").push("t1");
    let source = Numbered::default();
    let client = client(&source, &server);
    call(&client, &GET).await.expect_err("401");
    assert_eq!((source.count(), server.seen().len()), (1, 1));
}

#[tokio::test]
async fn no_call_is_sent_more_often_than_it_may() {
    let server = Server::default();
    server.refused.lock().expect("no panic").push("t1");
    let client = client(&Numbered::default(), &server);
    let mut once = client.call(&GET);
    once.retry(Retry::off());
    let error = once.send::<Bytes, Undocumented>().await.expect_err("401");
    assert_eq!((error.attempts(), server.seen().len()), (1, 1));
    assert_eq!(
        call(&client, &GET).await,
        Ok(200),
        "its successor has another token"
    );
}

#[test]
fn tokens_are_renewed_in_time_and_failures_say_so() {
    let clock = SimulatedClock::new();
    let source = Numbered {
        lifetime: Some(Duration::from_secs(100)),
        failing_from: Some(3),
        ..Numbered::default()
    };
    let replay = (0..9).fold(Replay::new(), |replay, _| replay.json(200, "1"));
    let client = ClientBuilder::new(&API)
        .transport(replay.clone())
        .clock(clock.clone())
        .auth(AccessToken::new(source.clone()).for_scheme("oauth"))
        .build()
        .expect("the settings are valid");
    let call = || clock.run(client.call(&GET).send::<Bytes, Undocumented>());
    let wait = |seconds| {
        clock.run(attache_runtime::Clock::sleep(
            &clock,
            Duration::from_secs(seconds),
        ))
    };
    call().expect("it is answered");
    wait(60);
    call().expect("it is answered");
    assert_eq!(source.count(), 1);
    wait(41);
    call().expect("it is answered");
    assert_eq!(source.count(), 2, "the first one has expired");
    wait(101);
    let error = call().expect_err("there is no third one");
    assert!(error.is_no_token() && !error.was_sent() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "get (GET /x) was not sent, since it got no token: the login server is away (attempt 0)"
    );
    assert!(replay.requests().len() == 3 && !format!("{client:?} {error:?}").contains("t2"));
}

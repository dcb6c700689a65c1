//! Answers that are read while they arrive, over real connections.

#![cfg(feature = "transport-hyper")]

mod connection;

use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

use attache_runtime::stream::{EventShape, EventStream, StreamMeta};
use attache_runtime::{ApiMeta, Client, ClientBuilder, Json, OperationMeta, Undocumented};
use connection::{Connection, serve};

static API: ApiMeta = ApiMeta::new("streams", "/");
static FOLLOW: OperationMeta = OperationMeta::new("follow", "GET", "/events");
static CHAT: OperationMeta = OperationMeta::new("chat", "POST", "/chat");
static EVENTS: StreamMeta = StreamMeta::new("text/event-stream", EventShape::Event);
static TOKENS: StreamMeta = StreamMeta::new("text/event-stream", EventShape::Json).flag("stream");
static LINES: StreamMeta = StreamMeta::new("application/jsonl", EventShape::Json);

const EVENT_STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nconnection: close\r\n\r\n";

fn client(base_url: String) -> Client {
    ClientBuilder::new(&API)
        .base_url(base_url)
        .build()
        .expect("the configuration is valid")
}

async fn next(stream: &mut EventStream<Json, Undocumented>) -> String {
    match stream.next().await {
        Some(Ok(value)) => value.to_string(),
        Some(Err(error)) => error.to_string(),
        None => "the end".to_owned(),
    }
}

#[tokio::test]
async fn each_event_is_there_as_soon_as_it_was_sent() {
    let (go_on, wait) = mpsc::channel::<()>();
    let (base_url, server) = serve(vec![Box::new(move |connection: &mut Connection| {
        connection.send(EVENT_STREAM);
        connection.send(": hello\n\nevent: scan\nid: 7\ndata: {\"at\":");
        connection.send("\"Rome\"}\n\n");
        wait.recv().expect("the test goes on");
        connection.send("data: plain\r\n\r\n");
    })]);
    let mut events = client(base_url)
        .call(&FOLLOW)
        .stream::<Json, Undocumented>(&EVENTS);
    assert_eq!(
        next(&mut events).await,
        r#"{"data":{"at":"Rome"},"event":"scan","id":"7"}"#
    );
    assert_eq!(events.last_event_id(), Some("7"));
    go_on.send(()).expect("the server waits");
    assert_eq!(next(&mut events).await, r#"{"data":"plain"}"#);
    assert_eq!(next(&mut events).await, "the end");
    assert_eq!(next(&mut events).await, "the end");
    let requests = server.join().expect("the server does not panic");
    assert!(requests[0].contains("accept: text/event-stream\r\n"));
    assert!(requests[0].contains("accept-encoding: identity\r\n"));
}

#[tokio::test]
async fn a_chat_asks_for_a_stream_and_ends_when_it_is_done() {
    let (base_url, server) = serve(vec![Box::new(|connection: &mut Connection| {
        connection.send(EVENT_STREAM);
        connection.send("data: {\"token\":\"a\"}\n\ndata: oops\n\ndata: {\"token\":\"b\"}\n\n");
        connection.send("data: [DONE]\n\ndata: {}\n\n");
    })]);
    let mut call = client(base_url).call(&CHAT);
    call.json::<Json>(
        "application/json",
        Json::from_slice(br#"{"stream":false,"model":"m"}"#).unwrap(),
    );
    let mut tokens = call.stream::<Json, Undocumented>(&TOKENS);
    assert_eq!(next(&mut tokens).await, r#"{"token":"a"}"#);
    let error = tokens.next().await.expect("an item").expect_err("no JSON");
    assert_eq!(
        error.body().map(|body| body.to_vec()),
        Some(b"oops".to_vec())
    );
    assert!(error.is_decode());
    assert_eq!(next(&mut tokens).await, r#"{"token":"b"}"#);
    assert_eq!(next(&mut tokens).await, "the end");
    let requests = server.join().expect("the server does not panic");
    assert!(
        requests[0].ends_with(r#"{"stream":true,"model":"m"}"#),
        "{}",
        requests[0]
    );
}

#[tokio::test]
async fn a_broken_stream_goes_on_after_the_last_event() {
    let broken =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 1000\r\n\r\n";
    let (base_url, server) = serve(vec![
        Box::new(move |connection: &mut Connection| {
            connection.send(broken);
            connection.send("retry: 1\nid: a1\ndata: 1\n\ndata: lo");
        }),
        Box::new(move |connection: &mut Connection| {
            connection.send(broken);
            connection.send("id: a2\ndata: 2\n\n");
        }),
        Box::new(|connection: &mut Connection| {
            connection.send(EVENT_STREAM);
            connection.send("data: 3\n\n");
        }),
    ]);
    let call = client(base_url).call(&FOLLOW);
    let mut events = call.stream::<Json, Undocumented>(&TOKENS).reconnect(2);
    for expected in ["1", "2", "3", "the end"] {
        assert_eq!(next(&mut events).await, expected);
    }
    let requests = server.join().expect("the server does not panic");
    assert!(!requests[0].contains("last-event-id"));
    assert!(requests[1].contains("last-event-id: a1\r\n"));
    assert!(requests[2].contains("last-event-id: a2\r\n"));
}

#[tokio::test]
async fn nothing_is_repeated_unasked_or_for_a_call_that_changes_something() {
    let broken = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 1000\r\n\r\ndata: 1\n\n";
    for (operation, reconnects) in [(&FOLLOW, 0), (&CHAT, 5)] {
        let (base_url, server) = serve(vec![Box::new(move |connection: &mut Connection| {
            connection.send(broken)
        })]);
        let call = client(base_url).call(operation);
        let mut events = call
            .stream::<Json, Undocumented>(&TOKENS)
            .reconnect(reconnects);
        assert_eq!(next(&mut events).await, "1");
        let error = events.next().await.expect("an item").expect_err("broken");
        assert_eq!(error.status(), Some(200));
        assert!(
            error.to_string().contains("the answer broke off"),
            "{error}"
        );
        assert_eq!(next(&mut events).await, "the end");
        server.join().expect("the server does not panic");
    }
}

#[tokio::test]
async fn lines_refusals_and_servers_that_do_not_stream() {
    let (base_url, server) = serve(vec![
        Box::new(|connection: &mut Connection| {
            connection.send("HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n{\"a\":1}\n\n2");
        }),
        Box::new(|connection: &mut Connection| {
            connection.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{\n\"a\":1}");
        }),
        Box::new(|connection: &mut Connection| {
            connection
                .send("HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 2\r\n\r\nno");
        }),
    ]);
    let client = client(base_url);
    let stream = || client.call(&FOLLOW).stream::<Json, Undocumented>(&LINES);
    let mut lines = stream();
    for expected in [r#"{"a":1}"#, "2", "the end"] {
        assert_eq!(next(&mut lines).await, expected);
    }
    let mut whole = stream();
    for expected in [r#"{"a":1}"#, "the end"] {
        assert_eq!(next(&mut whole).await, expected);
    }
    let mut refused = stream();
    let error = refused.next().await.expect("an item").expect_err("404");
    assert_eq!(
        (error.status(), error.body().map(|body| body.to_vec())),
        (Some(404), Some(b"no".to_vec()))
    );
    assert_eq!(next(&mut refused).await, "the end");
    server.join().expect("the server does not panic");
}

#[tokio::test]
async fn a_server_that_falls_silent_or_talks_without_end() {
    let (go_on, wait) = mpsc::channel::<()>();
    let (base_url, server) = serve(vec![
        Box::new(move |connection: &mut Connection| {
            connection.send(EVENT_STREAM);
            connection.send("data: 1\n\n");
            wait.recv().expect("the test goes on");
        }),
        Box::new(|connection: &mut Connection| {
            connection.send(EVENT_STREAM);
            connection.send(&format!("data: {}", "x".repeat(2000)));
        }),
    ]);
    let client = ClientBuilder::new(&API)
        .base_url(base_url)
        .body_limit(1000)
        .build()
        .expect("the configuration is valid");
    let call = client.call(&FOLLOW);
    let mut events = call
        .stream::<Json, Undocumented>(&TOKENS)
        .idle_timeout(Duration::from_millis(20));
    assert_eq!(next(&mut events).await, "1");
    let error = events.next().await.expect("an item").expect_err("silence");
    assert!(error.is_timeout());
    assert!(
        error.to_string().contains("got nothing more within 20ms"),
        "{error}"
    );
    go_on.send(()).expect("the server waits");

    let mut endless = client.call(&FOLLOW).stream::<Json, Undocumented>(&TOKENS);
    let error = endless
        .next()
        .await
        .expect("an item")
        .expect_err("too large");
    assert!(
        error
            .to_string()
            .contains("one value of the stream has more than 1000 bytes"),
        "{error}"
    );
    server.join().expect("the server does not panic");
}

/// The connection is closed as soon as nobody listens any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_stream_lets_the_server_know() {
    let (base_url, server) = serve(vec![Box::new(|connection: &mut Connection| {
        connection.send(EVENT_STREAM);
        connection.send("data: 1\n\n");
        while connection.stream.write_all(b"data: 2\n\n").is_ok() {}
    })]);
    let mut events = client(base_url)
        .call(&FOLLOW)
        .stream::<Json, Undocumented>(&TOKENS);
    assert_eq!(next(&mut events).await, "1");
    drop(events);
    server
        .join()
        .expect("the server's writing fails, so it ends");
}

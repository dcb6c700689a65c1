//! Calls over real connections, against servers of a few lines on this machine.

#![cfg(feature = "transport-hyper")]

mod parcels;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use attache_runtime::{ApiKey, Bearer};
use parcels::types::NewParcel;
use parcels::{Client, ClientBuilder};

/// Listens, answers one connection per reply with these bytes, and returns the requests.
fn serve(replies: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let base_url = format!(
        "http://{}/v1",
        listener.local_addr().expect("the listener is bound")
    );
    let server = thread::spawn(move || {
        replies
            .into_iter()
            .map(|reply| {
                let (mut stream, _) = listener.accept().expect("a client connects");
                let request = read_request(&stream);
                stream
                    .write_all(reply.as_bytes())
                    .expect("the client reads");
                request
            })
            .collect()
    });
    (base_url, server)
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        let read = reader.read_line(&mut request).expect("the client writes");
        assert_ne!(read, 0, "the client went away: {request}");
    }
    let length = request
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader
        .read_exact(&mut body)
        .expect("the client writes its body");
    request + &String::from_utf8(body).expect("the body is text")
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn builder(base_url: &str) -> ClientBuilder {
    Client::builder()
        .base_url(base_url)
        .retry(attache_runtime::Retry::off())
        .auth(ApiKey::new("k"))
        .auth(Bearer::new("t"))
}

fn client(base_url: &str) -> Client {
    builder(base_url)
        .build()
        .expect("the configuration is valid")
}

#[tokio::test]
async fn a_request_and_its_answer() {
    let parcel = r#"{"id":"p_1","created":"2026-11-24T10:00:00Z"}"#;
    let (base_url, server) = serve(vec![
        reply("200 OK", "x-request-id: r1\r\n", parcel),
        reply("201 Created", "", parcel),
        reply("204 No Content", "", ""),
    ]);
    let client = client(&base_url);
    let response = client
        .parcels()
        .get("p/1")
        .ids([7])
        .trace("ü")
        .send_full()
        .await
        .expect("200");
    assert_eq!(
        (response.request_id(), response.body().id.as_str()),
        (Some("r1"), "p_1")
    );
    client
        .parcels()
        .create(NewParcel::new("Rome", None))
        .send()
        .await
        .expect("201");
    client.parcels().delete("p_1").send().await.expect("204");

    let requests = server.join().expect("the server does not panic");
    assert!(
        requests[0].starts_with("GET /v1/parcels/p%2F1?beta=true&ids=7 HTTP/1.1\r\n"),
        "{}",
        requests[0]
    );
    for line in [
        "x-api-key: k\r\n",
        "accept: application/json\r\n",
        "user-agent: parcels_client attache/",
        "x-trace: ü\r\n",
    ] {
        assert!(requests[0].contains(line), "{line}: {}", requests[0]);
    }
    assert!(requests[1].starts_with("POST /v1/parcels HTTP/1.1\r\n"));
    assert!(
        requests[1].contains("content-type: application/json\r\n")
            && requests[1].contains("authorization: Bearer t\r\n")
    );
    assert!(requests[1].ends_with("\r\n\r\n{\"city\":\"Rome\",\"insurance\":null}"));
    assert!(requests[2].starts_with("DELETE /v1/parcels/p_1?key=k HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    elsewhere
        .set_nonblocking(true)
        .expect("the listener can be polled");
    let location = format!(
        "location: http://{}/\r\n",
        elsewhere.local_addr().expect("bound")
    );
    let (base_url, server) = serve(vec![reply("307 Temporary Redirect", &location, "")]);
    let error = client(&base_url)
        .parcels()
        .delete("p")
        .send()
        .await
        .expect_err("a redirect is no success");
    assert_eq!(error.status(), Some(307));
    server.join().expect("the server does not panic");
    assert!(
        elsewhere.accept().is_err(),
        "nothing, and so no credential, went to the other server"
    );
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let base_url = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let error = client(&base_url)
        .parcels()
        .create(NewParcel::new("Rome", None))
        .send()
        .await
        .expect_err("refused");
    assert!(error.is_connect() && !error.was_sent() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "createParcel (POST /parcels) failed: cannot connect (attempt 1)"
    );
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn the_connection_breaks_before_the_answer() {
    let (base_url, server) = serve(vec![String::new()]);
    let error = client(&base_url)
        .parcels()
        .create(NewParcel::new("Rome", None))
        .send()
        .await
        .expect_err("closed");
    assert!(error.was_sent() && !error.is_connect() && !error.is_retryable());
    server.join().expect("the server does not panic");
}

#[tokio::test]
async fn the_answer_breaks_off() {
    let (base_url, server) = serve(vec![
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort".to_owned(),
    ]);
    let error = client(&base_url)
        .parcels()
        .label()
        .send()
        .await
        .expect_err("too short");
    assert!(
        error.was_sent() && error.is_retryable(),
        "a GET may be repeated"
    );
    assert_eq!(
        error.to_string(),
        "printLabel (GET /label) failed: the answer broke off in its body; the answer had begun, with status 200 and 5 bytes (attempt 1)"
    );
    server.join().expect("the server does not panic");
}

#[tokio::test]
async fn an_answer_that_is_too_large() {
    let (base_url, server) = serve(vec![
        reply("200 OK", "", "12345"),
        reply("200 OK", "", "123456"),
    ]);
    let client = builder(&base_url).body_limit(5).build().expect("valid");
    assert_eq!(
        &*client.parcels().label().send().await.expect("at the limit"),
        b"12345"
    );
    let error = client
        .parcels()
        .label()
        .send()
        .await
        .expect_err("over the limit");
    assert_eq!(
        error.to_string(),
        "printLabel (GET /label) failed: the body has more than 5 bytes; a larger `body_limit` lets it through, or `download` reads it \
         piece by piece; the answer had begun, with status 200 and 5 bytes (attempt 1)"
    );
    server.join().expect("the server does not panic");
}

#[tokio::test]
async fn a_server_without_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("bound").port();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        stream
            .write_all(&reply("200 OK", "", "").into_bytes())
            .expect("the client reads");
    });
    let client = client(&format!("https://127.0.0.1:{port}"));
    let error = client
        .parcels()
        .get("p")
        .send()
        .await
        .expect_err("no handshake");
    assert!(
        error.is_connect() && !error.was_sent(),
        "no request, and so no credential, was sent"
    );
    server.join().expect("the server does not panic");
}

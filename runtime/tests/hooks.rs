//! What one call does otherwise than the client, and what is called with every request and answer.

mod parcels;

use std::sync::{Arc, Mutex};

use attache_runtime::transport::replay::Replay;
use attache_runtime::{ApiKey, Json};
use parcels::Client;

const PARCEL: &str = r#"{"id":"p_1","created":"2026-11-24T10:00:00Z"}"#;

#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: impl Into<String>) {
        self.0.lock().expect("no writer panics").push(note.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no writer panics"))
    }
}

#[tokio::test]
async fn the_order_of_hooks() {
    let replay = Replay::new().json(200, PARCEL).json(404, "{}");
    let notes = Notes::default();
    let (requests, responses) = (notes.clone(), notes.clone());
    let client = Client::builder()
        .auth(ApiKey::new("s3cret").for_scheme("apiKey"))
        .on_request(move |operation, request| {
            let key = request.headers.get("X-Api-Key");
            requests.add(format!("client {} {key:?}", operation.id()));
            request.headers.set("X-Hook", "client");
        })
        .on_response(move |answer| responses.add(format!("client {}", answer.status())))
        .transport(replay.clone())
        .build()
        .expect("valid");
    let (requests, responses) = (notes.clone(), notes.clone());
    let call = client.parcels().get("p_1").sid("1").with(|call| {
        call.on_request(move |_, request| {
            requests.add(format!("call {:?}", request.headers.get("X-Hook")));
            request.headers.set("X-Hook", "call");
        });
        call.on_response(move |answer| responses.add(format!("call {}", answer.body().len())));
    });
    call.send().await.expect("200");
    assert_eq!(
        notes.take(),
        [
            "client getParcel None",
            "call Some(\"client\")",
            "client 200",
            "call 45"
        ]
    );
    let request = &replay.requests()[0];
    assert_eq!(request.headers.get("x-hook"), Some("call"));
    assert_eq!(request.headers.get("x-api-key"), Some("s3cret"));
    assert_eq!(request.headers.get("cookie"), Some("sid=1"));

    let refused = client.parcels().get("p_2").send().await;
    refused.expect_err("404");
    assert_eq!(notes.take(), ["client getParcel None", "client 404"]);
}

#[tokio::test]
async fn what_hooks_cannot_do() {
    let replay = Replay::new();
    let foreign = Replay::new().json(200, "1");
    let elsewhere = Client::builder()
        .base_url("https://evil.example.com")
        .transport(foreign.clone())
        .build()
        .expect("valid");
    let request = elsewhere.request("GET", "/").anonymous();
    request.send::<Json>().await.expect("200");
    let url = foreign.requests()[0].url.clone();

    let client = Client::builder()
        .auth(ApiKey::new("k").for_scheme("apiKey"))
        .transport(replay.clone())
        .build()
        .expect("valid");
    let redirected = client.parcels().get("p").with(|call| {
        call.on_request(move |_, request| request.url = url.clone());
    });
    let error = redirected.send().await.expect_err("another origin");
    assert!(error.is_invalid_request(), "{error}");
    assert!(
        error.to_string().contains("https://evil.example.com"),
        "{error}"
    );
    let broken = client.parcels().get("p").with(|call| {
        call.on_request(|_, request| request.headers.set("X-A", "1\r\nX-B: 2"));
    });
    assert!(
        broken
            .send()
            .await
            .expect_err("no header")
            .is_invalid_request()
    );
    assert_eq!(replay.requests().len(), 0);
}

#[tokio::test]
async fn keys_for_calls_that_are_sent_again() {
    let replay = Replay::new().json(204, "").json(204, "");
    let client = Client::builder()
        .auth(ApiKey::new("k").for_scheme("queryKey"))
        .transport(replay.clone())
        .build()
        .expect("valid");
    let delete = client.parcels().delete("p");
    let delete = delete.with(|call| call.idempotency_key("k1"));
    for _ in 0..2 {
        delete.clone().send().await.expect("204");
    }
    for request in replay.requests() {
        assert_eq!(request.headers.get("idempotency-key"), Some("k1"));
        assert_eq!(request.url.query(), Some("key=k"));
    }
}

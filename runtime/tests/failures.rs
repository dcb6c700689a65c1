//! Calls of a generated client that fail, and what their errors tell.

mod parcels;

use attache_runtime::transport::TransportErrorKind;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{ApiKey, Bearer};
use parcels::Client;
use parcels::api::GetParcelError;
use parcels::types::NewParcel;

fn client(replay: &Replay) -> Client {
    Client::builder()
        .retry(attache_runtime::Retry::off())
        .auth(ApiKey::new("k1").for_scheme("apiKey"))
        .auth(Bearer::new("t1"))
        .transport(replay.clone())
        .build()
        .expect("the configuration is valid")
}

#[tokio::test]
async fn documented_errors() {
    let problem = r#"{"title":"no such parcel"}"#;
    let replay = Replay::new()
        .json(404, problem)
        .json(410, "")
        .json(422, problem)
        .json(503, problem);
    let client = client(&replay);
    let mut errors = Vec::new();
    for _ in 0..4 {
        errors.push(
            client
                .parcels()
                .get("p")
                .send()
                .await
                .expect_err("the script has errors only"),
        );
    }
    assert!(
        matches!(errors[0].api(), Some(GetParcelError::NotFound(problem)) if problem.title == "no such parcel")
    );
    assert!(matches!(errors[1].api(), Some(GetParcelError::Gone)));
    assert!(matches!(
        errors[2].api(),
        Some(GetParcelError::ClientError(_))
    ));
    assert!(matches!(errors[3].api(), Some(GetParcelError::Default(_))));
    assert!(errors[0].is_client_error() && !errors[0].is_retryable());
    assert!(errors[3].is_server_error() && errors[3].is_retryable());
    assert_eq!(
        errors[0].body().map(|body| body.to_vec()),
        Some(problem.as_bytes().to_vec())
    );
    assert_eq!(
        errors[0].to_string(),
        "getParcel (GET /parcels/{id}) was answered with status 404 (attempt 1)"
    );
}

#[tokio::test]
async fn an_error_page_keeps_its_status_and_bytes() {
    let page = attache_runtime::transport::TransportResponse::new(
        502,
        attache_runtime::Headers::from_iter([
            ("Content-Type", "text/html; charset=utf-8"),
            ("X-Request-Id", "r1"),
        ]),
        "<html>",
    );
    let replay = Replay::new().answer(page);
    let error = client(&replay)
        .parcels()
        .get("p")
        .send()
        .await
        .expect_err("502");
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(502), Some("r1"))
    );
    assert_eq!(
        error.body().map(|body| body.to_vec()),
        Some(b"<html>".to_vec())
    );
    assert!(error.is_decode() && error.api().is_none() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "getParcel (GET /parcels/{id}) was answered with status 502, but the body cannot be read: expected an object, \
         found `<` (byte 0); the content type is text/html (attempt 1, request id r1)"
    );
}

#[tokio::test]
async fn a_success_that_is_not_what_was_promised() {
    let replay = Replay::new().json(200, r#"{"id":"p_1","created":"yesterday"}"#);
    let error = client(&replay)
        .parcels()
        .get("p")
        .send()
        .await
        .expect_err("not a date");
    assert!(error.is_decode() && !error.is_retryable() && error.was_sent());
    let decode_error = error.decode_error().expect("decoding failed");
    assert_eq!(
        decode_error.to_string(),
        "created: expected an RFC 3339 date-time, found another string (byte 22)"
    );
}

#[tokio::test]
async fn nothing_is_sent_when_the_arguments_are_wrong() {
    let replay = Replay::new();
    let client = client(&replay);
    for (call, reason) in [
        (
            client.parcels().get(""),
            "the path parameter \"id\" is empty, which would name another path",
        ),
        (
            client.parcels().get(".."),
            "a path parameter makes a segment `.` or `..`, which would name another path",
        ),
        (
            client.parcels().get("p").trace("a\nb"),
            "the value of header X-Trace holds a line break or another control character",
        ),
        (
            client.parcels().get("p").header("a b", "c"),
            "\"a b\" is not a header name",
        ),
    ] {
        let error = call.send().await.expect_err(reason);
        assert!(error.is_invalid_request() && !error.was_sent() && error.attempts() == 0);
        assert_eq!(
            error.to_string(),
            format!("getParcel (GET /parcels/{{id}}) was not sent: {reason}")
        );
    }
    assert!(replay.requests().is_empty());
}

#[tokio::test]
async fn transport_failures() {
    let replay = Replay::new()
        .fail(TransportErrorKind::NotSent)
        .fail(TransportErrorKind::MaybeSent);
    let client = client(&replay);
    let body = || NewParcel::new("Rome", None);
    let not_sent = client
        .parcels()
        .create(body())
        .send()
        .await
        .expect_err("scripted");
    assert!(not_sent.is_connect() && !not_sent.was_sent() && not_sent.is_retryable());
    let maybe_sent = client
        .parcels()
        .create(body())
        .send()
        .await
        .expect_err("scripted");
    assert!(maybe_sent.was_sent() && !maybe_sent.is_retryable());
    assert_eq!(
        maybe_sent.to_string(),
        "createParcel (POST /parcels) failed: scripted failure (attempt 1)"
    );
}

#[tokio::test]
async fn a_call_ends_when_its_time_is_up() {
    use std::time::Duration;

    let clock = attache_runtime::clock::ManualClock::new();
    let replay = Replay::new().hang();
    let client = Client::builder()
        .auth(ApiKey::new("k"))
        .transport(replay.clone())
        .clock(clock.clone())
        .build()
        .expect("valid");
    let call = tokio::spawn(
        client
            .parcels()
            .get("p")
            .timeout(Duration::from_secs(3))
            .send(),
    );
    while replay.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    clock.advance(Duration::from_millis(2_999));
    tokio::task::yield_now().await;
    assert!(!call.is_finished());
    clock.advance(Duration::from_millis(1));
    let error = call
        .await
        .expect("the task does not panic")
        .expect_err("the server hangs");
    assert!(error.is_timeout() && error.was_sent() && error.is_retryable());
    assert_eq!(error.elapsed(), Duration::from_secs(3));
    assert_eq!(
        error.to_string(),
        "getParcel (GET /parcels/{id}) got no answer within 3s (attempt 1)"
    );
}

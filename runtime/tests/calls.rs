//! Calls of a generated client, against scripted answers.

mod parcels;

use attache_runtime::transport::replay::Replay;
use attache_runtime::{ApiKey, Basic, Bearer};
use parcels::Client;
use parcels::api::{CreateParcelSuccess, GetParcelError};
use parcels::types::{NewParcel, Status};

const PARCEL: &str = r#"{"id":"p_1","created":"2026-11-24T10:00:00Z"}"#;

fn client(replay: &Replay) -> Client {
    Client::builder()
        .auth(ApiKey::new("k1").for_scheme("apiKey"))
        .auth(Bearer::new("t1"))
        .transport(replay.clone())
        .build()
        .expect("the configuration is valid")
}

#[tokio::test]
async fn a_request_with_everything() {
    let replay = Replay::new().json(200, PARCEL);
    let call = client(&replay)
        .parcels()
        .get("p/1 ü")
        .expand(["a b", "c"])
        .ids([1, 2])
        .trace("t")
        .sid("s;1");
    let parcel = call.send().await.expect("the answer is a parcel");
    assert_eq!(parcel.id, "p_1");

    let request = &replay.requests()[0];
    assert_eq!(
        (&*request.method, request.url.as_str()),
        (
            "GET",
            "https://api.example.com/v1/parcels/p%2F1%20%C3%BC?beta=true&expand=a%20b,c&ids=1&ids=2"
        )
    );
    assert_eq!(request.headers.get("x-trace"), Some("t"));
    assert_eq!(request.headers.get("cookie"), Some("sid=s%3B1"));
    assert_eq!(request.headers.get("x-api-key"), Some("k1"));
    assert_eq!(request.headers.get("accept"), Some("application/json"));
    assert_eq!(request.headers.get("authorization"), None);
}

#[tokio::test]
async fn what_one_call_does_otherwise() {
    let replay = Replay::new().json(200, PARCEL);
    let request = client(&replay).parcels().get("p_1");
    let request = request
        .expand(["a"])
        .extra_query("debug", "a&b")
        .extra_query("debug", "2");
    let request = request.base_url("http://127.0.0.1:8080/test/");
    let error = request.clone().send().await;
    let error = error.expect_err("the client's credentials stay with its server");
    assert_eq!(
        error.to_string(),
        "getParcel (GET /parcels/{id}) was not sent: the client has no credential for apiKey (`auth(ApiKey::new(…))`) \
         or bearer (`auth(Bearer::new(…))`) and session (`auth(ApiKey::new(…))`); \
         the client's own credentials are not sent to http://127.0.0.1:8080 unless `trusted_base_url` says so"
    );
    let request = request.auth(ApiKey::new("k2").for_scheme("apiKey"));
    request.send().await.expect("the answer is a parcel");
    assert_eq!(
        replay.requests()[0].url.as_str(),
        "http://127.0.0.1:8080/test/parcels/p_1?beta=true&expand=a&debug=a%26b&debug=2"
    );
    let request = client(&replay).parcels().get("p_1").base_url("nowhere");
    let error = request.send().await.expect_err("that is no URL");
    assert!(error.to_string().contains("nowhere"), "{error}");
    assert!(!error.was_sent());
}

#[tokio::test]
async fn a_body_and_several_successes() {
    let replay = Replay::new()
        .json(201, PARCEL)
        .json(202, "later")
        .json(200, "{}");
    let client = client(&replay);
    let body = || NewParcel::new("Rome", None).status(Status::Open);

    let created = client
        .parcels()
        .create(body())
        .send()
        .await
        .expect("201 is documented");
    assert!(matches!(created, CreateParcelSuccess::Created(parcel) if parcel.id == "p_1"));
    let accepted = client
        .parcels()
        .create(body())
        .send()
        .await
        .expect("202 is documented");
    assert_eq!(
        accepted,
        CreateParcelSuccess::Accepted(attache_runtime::Text("later".into()))
    );
    let error = client
        .parcels()
        .create(body())
        .send()
        .await
        .expect_err("200 is not documented");
    assert_eq!(
        error.to_string(),
        "createParcel (POST /parcels) was answered with status 200, which the API does not describe (attempt 1)"
    );

    let request = &replay.requests()[0];
    assert_eq!(
        &*request.body.as_bytes().expect("it is in memory"),
        br#"{"city":"Rome","status":"open","insurance":null}"#
    );
    assert_eq!(
        request.headers.get("content-type"),
        Some("application/json")
    );
    assert_eq!(request.headers.get("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn credentials_go_where_they_are_needed() {
    let replay = Replay::new().json(204, "").json(204, "").json(200, "label");
    let anonymous = Client::builder()
        .transport(replay.clone())
        .build()
        .expect("valid");
    anonymous
        .parcels()
        .delete("p")
        .send()
        .await
        .expect("anonymous is allowed");
    let with_key = Client::builder()
        .auth(ApiKey::new("k&1"))
        .transport(replay.clone())
        .build()
        .expect("valid");
    with_key
        .parcels()
        .delete("p")
        .send()
        .await
        .expect("with a key");
    with_key
        .parcels()
        .label()
        .send()
        .await
        .expect("no credential is needed");
    let urls: Vec<String> = replay
        .requests()
        .iter()
        .map(|request| request.url.as_str().to_owned())
        .collect();
    assert_eq!(
        urls,
        [
            "https://api.example.com/v1/parcels/p",
            "https://api.example.com/v1/parcels/p?key=k%261",
            "https://api.example.com/v1/label"
        ]
    );

    let error = anonymous
        .parcels()
        .get("p")
        .send()
        .await
        .expect_err("a credential is missing");
    assert!(error.is_missing_credential() && !error.was_sent());
    assert_eq!(
        error.to_string(),
        "getParcel (GET /parcels/{id}) was not sent: the client has no credential for apiKey (`auth(ApiKey::new(…))`) \
         or bearer (`auth(Bearer::new(…))`) and session (`auth(ApiKey::new(…))`)"
    );
}

#[tokio::test]
async fn two_schemes_together_and_basic() {
    let replay = Replay::new().json(200, PARCEL).json(201, PARCEL);
    let client = Client::builder()
        .auth(ApiKey::new("s1").for_scheme("session"))
        .auth(Bearer::new("t1").for_scheme("bearer"))
        .transport(replay.clone())
        .build()
        .expect("valid");
    client
        .parcels()
        .get("p")
        .sid("mine")
        .send()
        .await
        .expect("bearer and session");
    let client = Client::builder()
        .auth(Basic::new("a", "b"))
        .transport(replay.clone())
        .build()
        .expect("valid");
    client
        .parcels()
        .create(NewParcel::new("Rome", 1.5))
        .send()
        .await
        .expect("basic");
    let requests = replay.requests();
    assert_eq!(requests[0].headers.get("cookie"), Some("sid=mine; sid=s1"));
    assert_eq!(requests[0].headers.get("authorization"), Some("Bearer t1"));
    assert_eq!(requests[1].headers.get("authorization"), Some("Basic YTpi"));
}

#[tokio::test]
async fn whole_and_raw_responses() {
    let replay = Replay::new().json(200, PARCEL).json(418, "teapot");
    let client = client(&replay);
    let response = client.parcels().get("p").send_full().await.expect("200");
    assert_eq!((response.status(), response.attempts()), (200, 1));
    assert_eq!(response.map(|parcel| parcel.id).into_body(), "p_1");
    let raw = client
        .parcels()
        .get("p")
        .send_raw()
        .await
        .expect("any status is an answer");
    assert_eq!((raw.status(), &**raw.body()), (418, &b"teapot"[..]));
}

#[test]
fn a_client_that_cannot_work_is_not_built() {
    let error = Client::builder()
        .base_url("/v1")
        .build()
        .expect_err("relative");
    assert_eq!(
        error.to_string(),
        "\"/v1\" is not a base URL: it has to begin with https:// or http://"
    );
    assert!(Client::builder().header("a b", "c").build().is_err());
    assert!(
        Client::builder()
            .base_url("https://user:secret@host")
            .build()
            .is_err()
    );
}

#[test]
fn everything_can_cross_threads() {
    fn check<T: Send + Sync>() {}
    fn check_send<T: Send>() {}
    check::<Client>();
    check::<parcels::api::Request<parcels::api::GetParcel>>();
    check::<attache_runtime::Error<GetParcelError>>();
    check_send::<attache_runtime::Pending<parcels::types::Parcel, GetParcelError>>();
    assert_eq!(
        size_of::<attache_runtime::Error<GetParcelError>>(),
        size_of::<usize>()
    );
}

#[tokio::test]
async fn an_empty_value_in_a_path_is_refused_unless_it_is_one_of_those_listed() {
    static API: attache_runtime::ApiMeta =
        attache_runtime::ApiMeta::new("modes", "https://api.example.com");
    static REFUSED: attache_runtime::OperationMeta =
        attache_runtime::OperationMeta::new("getMode", "GET", "/modes/{mode}")
            .parameters(&[attache_runtime::Parameter::path("mode")]);
    static LISTED: attache_runtime::OperationMeta =
        attache_runtime::OperationMeta::new("getMode", "GET", "/modes/{mode}")
            .parameters(&[attache_runtime::Parameter::path("mode").may_be_empty()]);
    let replay = Replay::new().json(200, "{}");
    let client = attache_runtime::ClientBuilder::new(&API).transport(replay.clone());
    let client = client.build().expect("the configuration is valid");
    for (operation, is_sent) in [(&REFUSED, false), (&LISTED, true)] {
        let mut call = client.call(operation);
        call.path::<String>("mode", "");
        assert_eq!(call.send_raw().await.is_ok(), is_sent);
    }
    assert_eq!(
        replay.requests()[0].url.as_str(),
        "https://api.example.com/modes/"
    );
}

//! Requests for what a description lacks: they go the same way as every call.

mod parcels;

use attache_runtime::transport::TransportResponse;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{ApiKey, Basic, Bearer, Bytes, Headers, Json, Text, Upload};
use parcels::Client;

fn client(replay: &Replay) -> Client {
    Client::builder()
        .auth(ApiKey::new("k1").for_scheme("apiKey"))
        .auth(Bearer::new("t1"))
        .header("X-Tenant", "acme")
        .transport(replay.clone())
        .build()
        .expect("the configuration is valid")
}

#[tokio::test]
async fn a_string_may_come_as_json_and_as_plain_text() {
    let answer = |media_type: &str, body: &str| {
        let headers = Headers::from_iter([("Content-Type", media_type)]);
        TransportResponse::new(200, headers, Bytes::from(body.to_owned()))
    };
    for (media_type, body, expected) in [
        ("application/json", r#""line 1""#, Some("line 1")),
        ("text/plain", "line 1\n\"2\"", Some("line 1\n\"2\"")),
        ("text/plain; charset=utf-8", "42", Some("42")),
        // As some servers label JSON.
        ("text/plain", r#""line 1""#, Some("line 1")),
        ("application/json", "line 1", None),
    ] {
        let replay = Replay::new().answer(answer(media_type, body));
        let log = client(&replay)
            .request("GET", "/log")
            .send::<String>()
            .await;
        assert_eq!(log.ok().as_deref(), expected, "{media_type}: {body}");
    }
}

#[tokio::test]
async fn what_is_sent() {
    let replay = Replay::new().json(200, r#"{"seen":2}"#).json(200, "pong");
    let client = client(&replay);
    let history = client
        .request("get", "/parcels/{id}/history?deep=a%20b")
        .path("id", "p/../1")
        .query("limit", 5)
        .query("tag", ["a&b", "c"].as_slice())
        .query("after", None::<String>)
        .header("X-Trace", "t")
        .send::<Json>();
    let history = history.await.expect("200");
    assert_eq!(history.to_string(), r#"{"seen":2}"#);
    let posted = client
        .request("POST", "ping me/")
        .json(Json::from("ping"))
        .header("Content-Type", "application/vnd.ping+json")
        .send_full::<Text>();
    assert_eq!(posted.await.expect("200").into_body().0, "pong");

    let requests = replay.requests();
    assert_eq!(
        (&*requests[0].method, requests[0].url.as_str()),
        (
            "GET",
            "https://api.example.com/v1/parcels/p%2F..%2F1/history?deep=a%20b&limit=5&tag=a%26b&tag=c"
        )
    );
    let header = |index: usize, name| requests[index].headers.get(name);
    assert_eq!(header(0, "x-trace"), Some("t"));
    assert_eq!(header(0, "x-tenant"), Some("acme"));
    assert_eq!(header(0, "x-api-key"), Some("k1"));
    assert_eq!(header(0, "accept"), Some("application/json, */*;q=0.8"));
    assert_eq!(
        requests[1].url.as_str(),
        "https://api.example.com/v1/ping%20me/"
    );
    assert_eq!(header(1, "content-type"), Some("application/vnd.ping+json"));
    assert_eq!(
        requests[1].body.as_bytes().as_deref(),
        Some(&b"\"ping\""[..])
    );
}

#[tokio::test]
async fn every_kind_of_body() {
    let mut replay = Replay::new();
    for _ in 0..4 {
        replay = replay.json(204, "");
    }
    let client = client(&replay);
    let request = || client.request("POST", "/x");
    let form = Json::from_slice(br#"{"a":[1,2],"b":{"c":"d"}}"#).expect("JSON");
    let sent = [
        request().form(form),
        request().text("hi"),
        request().bytes("image/png", "png"),
        request()
            .part("note", "n")
            .file("file", Upload::from("bytes").file_name("a.txt")),
    ];
    for request in sent {
        request.send::<()>().await.expect("204");
    }
    let requests = replay.requests();
    let body = |index: usize| {
        let bytes = requests[index].body.as_bytes().expect("it is in memory");
        String::from_utf8(bytes.to_vec()).expect("it is text")
    };
    assert_eq!(body(0), "a=1&a=2&b=%7B%22c%22%3A%22d%22%7D");
    assert_eq!((body(1), body(2)), ("hi".to_owned(), "png".to_owned()));
    assert!(body(3).contains("name=\"note\"") && body(3).contains("filename=\"a.txt\""));
    let types: Vec<_> = requests
        .iter()
        .map(|request| request.headers.get("content-type").expect("it has one"))
        .collect();
    assert_eq!(
        types[..3],
        [
            "application/x-www-form-urlencoded",
            "text/plain; charset=utf-8",
            "image/png"
        ]
    );
}

#[tokio::test]
async fn which_credential_goes_with_it() {
    let mut replay = Replay::new();
    for _ in 0..4 {
        replay = replay.json(204, "");
    }
    let client = client(&replay);
    let request = || client.request("GET", "/x");
    request().anonymous().send::<()>().await.expect("none");
    request()
        .security(["bearer", "apiKey"])
        .send::<()>()
        .await
        .expect("both");
    request()
        .auth(Basic::new("a", "b"))
        .send::<()>()
        .await
        .expect("basic");
    request()
        .auth(ApiKey::new("k2").for_scheme("session"))
        .security([])
        .send::<()>()
        .await
        .expect("a cookie");
    let requests = replay.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|request| {
            let header = |name| request.headers.get(name);
            (
                header("authorization"),
                header("x-api-key"),
                header("cookie"),
            )
        })
        .collect();
    assert_eq!(
        sent,
        [
            (None, None, None),
            (Some("Bearer t1"), Some("k1"), None),
            (Some("Basic YTpi"), None, None),
            (None, None, Some("sid=k2")),
        ]
    );
    let error = request().security(["basic"]).send::<()>().await;
    let error = error.expect_err("the client has none");
    assert!(error.is_missing_credential() && error.to_string().contains("basic"));
    let error = request().security(["unheard"]).send::<()>().await;
    assert!(error.expect_err("unknown").to_string().contains("unheard"));
}

#[tokio::test]
async fn never_to_another_origin() {
    let replay = Replay::new().json(200, "1").json(200, "2").json(200, "3");
    let client = client(&replay);
    for (address, reason) in [
        ("https://evil.example.com/v1/x", "https://evil.example.com"),
        ("http://api.example.com/v1/x", "http://api.example.com"),
        ("https://api.example.com:8443/x", "8443"),
        ("https://api.example.com@evil.example.com/x", "base URL"),
        ("ftp://api.example.com/x", "https://"),
        ("/x#y", "fragment"),
        ("/x/../../admin", "segment"),
        ("/{id}", "\"id\" is not set"),
    ] {
        let error = client.request("GET", address).send::<Json>().await;
        let error = error.expect_err("it is refused");
        assert!(error.is_invalid_request(), "{address}: {error}");
        assert!(error.to_string().contains(reason), "{address}: {error}");
    }
    let error = client.request("G T", "/x").send::<Json>().await;
    assert!(
        error
            .expect_err("no method")
            .to_string()
            .contains("\"G T\"")
    );
    assert_eq!(replay.requests().len(), 0);

    let next = "https://API.example.com:443/v2/x?cursor=a%2Fb&x[]={y}";
    client
        .request("GET", next)
        .send::<Json>()
        .await
        .expect("the same origin");
    let elsewhere = client
        .request("GET", "/x")
        .base_url("https://other.example.com");
    let error = elsewhere.clone().send::<Json>().await;
    let error = error.expect_err("the client's credentials are not for there");
    assert!(error.is_missing_credential(), "{error}");
    assert!(error.to_string().contains("`trusted_base_url`"), "{error}");
    let given = elsewhere.auth(Bearer::new("t2")).send::<Json>().await;
    given.expect("with a credential of its own");
    let trusted = client
        .request("GET", "/x")
        .with(|call| call.trusted_base_url("https://other.example.com"));
    trusted.send::<Json>().await.expect("the caller says so");

    let requests = replay.requests();
    let sent = |index: usize, name| requests[index].headers.get(name);
    assert_eq!(
        requests[0].url.as_str(),
        "https://API.example.com:443/v2/x?cursor=a%2Fb&x[]=%7By%7D"
    );
    assert_eq!(sent(0, "x-api-key"), Some("k1"));
    assert_eq!(
        (
            sent(1, "authorization"),
            sent(1, "x-api-key"),
            sent(1, "x-tenant")
        ),
        (Some("Bearer t2"), None, None)
    );
    assert!(sent(1, "user-agent").is_some());
    assert_eq!(
        (sent(2, "x-api-key"), sent(2, "x-tenant")),
        (Some("k1"), Some("acme"))
    );
}

#[tokio::test]
async fn errors_are_those_of_every_call() {
    let replay = Replay::new()
        .json(404, r#"{"title":"lost"}"#)
        .json(200, "{");
    let client = client(&replay);
    let error = client
        .request("GET", "/parcels/{id}?secret=1")
        .path("id", "hidden")
        .send::<Json>()
        .await
        .expect_err("404");
    assert_eq!(error.status(), Some(404));
    assert_eq!(error.body().map(|body| body.len()), Some(16));
    assert_eq!(
        error.to_string(),
        "request (GET /parcels/{id}) was answered with status 404 (attempt 1)"
    );
    let error = client.request("GET", "/x").send::<Json>().await;
    assert!(error.expect_err("no JSON").is_decode());
}

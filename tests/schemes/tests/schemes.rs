//! A generated client at each type of door: it gets in with a credential, and says what is missing without, before
//! anything is sent.

use attache_runtime::oauth::{ClientCredentials, ClientIdentity};
use attache_runtime::signing::{RequestSigner, Signature};
use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::transport::{Connections, HyperTransport, TransportRequest};
use attache_runtime::{ClientCertificate, Error, Undocumented};
use attache_schemes::{Client, ClientBuilder};

fn server() -> FaultServer {
    FaultServer::start(FaultPlan::answering(204, "")).expect("a port")
}

fn builder(server: &FaultServer) -> ClientBuilder {
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    Client::builder()
        .base_url(server.url())
        .transport(transport)
}

/// Signs in a header of its own.
#[derive(Debug)]
struct Hmac;

impl RequestSigner for Hmac {
    fn sign(&self, request: &mut TransportRequest, _: std::time::Duration) -> Result<(), String> {
        request.headers.set("X-Hmac", "signed");
        Ok(())
    }
}

type Outcome = Result<(), Error<Undocumented>>;

/// Sends a request to a door.
async fn knock(client: &Client, door: &str) -> Outcome {
    let doors = client.doors();
    let outcome = match door {
        "/header-key" => doors
            .by_header_key()
            .send()
            .await
            .map_err(Error::into_untyped),
        "/query-key" => doors
            .by_query_key()
            .send()
            .await
            .map_err(Error::into_untyped),
        "/cookie-key" => doors
            .by_cookie_key()
            .send()
            .await
            .map_err(Error::into_untyped),
        "/basic" => doors.by_basic().send().await.map_err(Error::into_untyped),
        "/bearer" => doors.by_bearer().send().await.map_err(Error::into_untyped),
        "/hmac" => doors.by_hmac().send().await.map_err(Error::into_untyped),
        "/oauth" => doors.by_oauth().send().await.map_err(Error::into_untyped),
        "/open-id" => doors.by_open_id().send().await.map_err(Error::into_untyped),
        "/tls" => doors.by_tls().send().await.map_err(Error::into_untyped),
        "/both-or-basic" => doors
            .by_both_or_basic()
            .send()
            .await
            .map_err(Error::into_untyped),
        _ => doors.by_nobody().send().await.map_err(Error::into_untyped),
    };
    outcome.map(|_| ())
}

/// A door, how to get in, and what the server sees of it.
type Door = (
    &'static str,
    fn(ClientBuilder, &FaultServer) -> ClientBuilder,
    &'static [&'static str],
);

const DOORS: [Door; 11] = [
    (
        "/header-key",
        |it, _| it.header_key("k"),
        &["x-door-key: k"],
    ),
    (
        "/query-key",
        |it, _| it.query_key("k"),
        &["GET /query-key?door_key=k"],
    ),
    (
        "/cookie-key",
        |it, _| it.cookie_key("k"),
        &["cookie: DOOR=k"],
    ),
    (
        "/basic",
        |it, _| it.basic("a", "b"),
        &["authorization: Basic YTpi"],
    ),
    (
        "/bearer",
        |it, _| it.bearer("t"),
        &["authorization: Bearer t"],
    ),
    (
        "/hmac",
        |it, _| it.auth(Signature::new(Hmac).for_scheme("hmac")),
        &["x-hmac: signed"],
    ),
    (
        "/oauth",
        |it, _| it.oauth("t"),
        &["authorization: Bearer t"],
    ),
    (
        "/open-id",
        |it, _| it.open_id("t"),
        &["authorization: Bearer t"],
    ),
    (
        "/tls",
        |it, _| it.auth(ClientCertificate::new()),
        &["GET /tls"],
    ),
    (
        "/both-or-basic",
        |it, _| it.header_key("k").bearer("t"),
        &["x-door-key: k", "authorization: Bearer t"],
    ),
    (
        "/both-or-basic",
        |it, _| it.header_key("k").basic("a", "b"),
        &["authorization: Basic YTpi"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_credential_opens_its_door() {
    for (door, give, seen) in DOORS {
        let server = server();
        let client = give(builder(&server), &server)
            .build()
            .expect("it is valid");
        knock(&client, door).await.expect(door);
        let received = server.received();
        assert_eq!(received.len(), 1, "{door}");
        let shown = format!("{}\n{}", received[0].line, received[0].head);
        for part in seen {
            assert!(shown.contains(part), "{door}: {part} is missing in {shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named_before_anything_is_sent() {
    let server = server();
    let client = builder(&server).build().expect("it is valid");
    for (door, expected) in [
        (
            "/header-key",
            "headerKey (`header_key(…)`, or the variable SCHEMES_HEADER_KEY)",
        ),
        (
            "/query-key",
            "queryKey (`query_key(…)`, or the variable SCHEMES_QUERY_KEY)",
        ),
        (
            "/cookie-key",
            "cookieKey (`cookie_key(…)`, or the variable SCHEMES_COOKIE_KEY)",
        ),
        (
            "/basic",
            "basic (`basic(…, …)`, or the variables SCHEMES_BASIC_USERNAME and SCHEMES_BASIC_PASSWORD)",
        ),
        (
            "/bearer",
            "bearer (`bearer(…)`, or the variable SCHEMES_BEARER)",
        ),
        ("/hmac", "hmac (`hmac(…)`, or the variable SCHEMES_HMAC)"),
        (
            "/oauth",
            "oauth (`oauth(…)`, or the variable SCHEMES_OAUTH, or SCHEMES_OAUTH_CLIENT_ID with \
             SCHEMES_OAUTH_CLIENT_SECRET or SCHEMES_OAUTH_REFRESH_TOKEN)",
        ),
        (
            "/open-id",
            "openId (`open_id(…)`, or the variable SCHEMES_OPEN_ID, or SCHEMES_OPEN_ID_CLIENT_ID with \
             SCHEMES_OPEN_ID_CLIENT_SECRET or SCHEMES_OPEN_ID_REFRESH_TOKEN)",
        ),
        (
            "/tls",
            "tls (a certificate of the client, which the transport has to bring, and `auth(ClientCertificate::new())`)",
        ),
        (
            "/both-or-basic",
            "headerKey (`header_key(…)`, or the variable SCHEMES_HEADER_KEY) and bearer (",
        ),
        ("/both-or-basic", ") or basic ("),
    ] {
        let error = knock(&client, door).await.expect_err(door);
        assert!(
            error.is_missing_credential() && !error.was_sent(),
            "{error}"
        );
        assert!(error.to_string().contains(expected), "{door}: {error}");
    }
    assert!(server.received().is_empty());
    // One half of a pair is as good as none.
    let half = builder(&server)
        .header_key("k")
        .build()
        .expect("it is valid");
    knock(&half, "/both-or-basic")
        .await
        .expect_err("the token is missing");
    assert!(server.received().is_empty());
    knock(&client, "/anybody")
        .await
        .expect("it is open to anybody");
    assert_eq!(server.received().len(), 1);
}

/// The endpoint that the description names is another one here.
#[tokio::test(flavor = "multi_thread")]
async fn a_grant_gets_its_token_first() {
    let granted = Act::Answer(200, r#"{"access_token":"at1","expires_in":60}"#.to_owned());
    let server =
        FaultServer::start(FaultPlan::answering(204, "").first([granted])).expect("a port");
    let grant = ClientCredentials::new(ClientIdentity::basic("shop", "s3cret")).scopes(["open"]);
    let grant = grant.token_url(format!("{}/token", server.url()));
    let client = builder(&server).oauth(grant).build().expect("it is valid");
    knock(&client, "/oauth").await.expect("it is open");
    let received = server.received();
    assert_eq!(
        received[0].body,
        b"grant_type=client_credentials&scope=open"
    );
    assert!(received[1].head.contains("authorization: Bearer at1"));
}

/// The description says which scopes a door needs.
#[tokio::test(flavor = "multi_thread")]
async fn a_grant_asks_for_the_scopes_of_the_operation() {
    assert_eq!(Client::api_meta().needed_scopes("oauth"), ["open"]);
    let granted = Act::Answer(200, r#"{"access_token":"at1","expires_in":60}"#.to_owned());
    let server =
        FaultServer::start(FaultPlan::answering(204, "").first([granted])).expect("a port");
    let grant = ClientCredentials::new(ClientIdentity::basic("shop", "s3cret"));
    let grant = grant.token_url(format!("{}/token", server.url()));
    let client = builder(&server).oauth(grant.scopes_per_operation());
    let client = client.build().expect("it is valid");
    knock(&client, "/oauth").await.expect("it is open");
    assert_eq!(
        server.received()[0].body,
        b"grant_type=client_credentials&scope=open"
    );
}

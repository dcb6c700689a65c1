//! Grants of OAuth 2.0 against a token endpoint on a real socket.

use std::sync::{Arc, Mutex};

use attache_runtime::oauth::{ClientCredentials, ClientIdentity, RefreshToken};
use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::token::TokenError;
use attache_runtime::transport::{Connections, HyperTransport};
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Credential, Environment, Error, OperationMeta,
    SecurityScheme, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::other("oauth", "oauth2")]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["oauth"]]);

/// A server that gives answers in their order, whatever they are for.
fn server(answers: &[(u16, &str)]) -> FaultServer {
    let acts = answers
        .iter()
        .map(|(status, body)| Act::Answer(*status, (*body).to_owned()));
    FaultServer::start(FaultPlan::answering(200, "{}").first(acts)).expect("a port")
}

fn client(server: &FaultServer, credential: impl Into<Credential>) -> Client {
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    ClientBuilder::new(&API)
        .base_url(server.url())
        .transport(transport)
        .auth(credential)
        .build()
        .expect("the settings are valid")
}

async fn call(client: &Client) -> Result<Bytes, Error<Undocumented>> {
    client.call(&GET).send::<Bytes, Undocumented>().await
}

#[tokio::test(flavor = "multi_thread")]
async fn client_credentials() {
    let granted = r#"{"access_token":"at1","token_type":"Bearer","expires_in":"3600"}"#;
    let server = server(&[(200, granted)]);
    let grant = ClientCredentials::new(ClientIdentity::basic("shop one", "s3cret/&"));
    let grant = grant.token_url(format!("{}/token", server.url()));
    let grant = grant
        .scopes(["parcels:read", "parcels:write"])
        .parameter("audience", "parcels");
    let token = grant.token().for_scheme("oauth");
    let client = client(&server, token);
    call(&client).await.expect("200");
    call(&client).await.expect("200");
    let received = server.received();
    assert_eq!(received.len(), 3, "one token for both calls");
    let asked = &received[0];
    assert_eq!(asked.line, "POST /token");
    assert_eq!(
        String::from_utf8_lossy(&asked.body),
        "grant_type=client_credentials&scope=parcels%3Aread+parcels%3Awrite&audience=parcels"
    );
    // `shop+one:s3cret%2F%26`
    let basic = "authorization: Basic c2hvcCtvbmU6czNjcmV0JTJGJTI2";
    assert!(asked.head.contains(basic), "{}", asked.head);
    assert!(
        asked
            .head
            .contains("content-type: application/x-www-form-urlencoded")
    );
    assert!(received[1].head.contains("authorization: Bearer at1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_is_replaced_each_time() {
    let granted = |number: u32| {
        format!(
            r#"{{"access_token":"at{number}","refresh_token":"rt{number}","token_type":"bearer"}}"#
        )
    };
    let (first, second) = (granted(1), granted(2));
    let refused = (401, "{}");
    let server = server(&[(200, &first), (200, "{}"), refused, (200, &second)]);
    let kept: Arc<Mutex<Vec<String>>> = Arc::default();
    let keeping = kept.clone();
    let grant = RefreshToken::new(ClientIdentity::post("shop", "s3cret"), "rt0");
    let grant = grant.token_url(format!("{}/token", server.url()));
    let grant = grant.on_rotation(move |token| {
        keeping
            .lock()
            .expect("no panic")
            .push(token.expose().to_owned());
        Ok(())
    });
    assert!(!format!("{grant:?}").contains("rt0"));
    let client = client(&server, grant.token().for_scheme("oauth"));
    call(&client).await.expect("200");
    call(&client).await.expect("200 with the second token");
    let bodies = server.received();
    let bodies = bodies
        .iter()
        .map(|it| String::from_utf8_lossy(&it.body).into_owned());
    let sent: Vec<String> = bodies.filter(|body| !body.is_empty()).collect();
    let form = |token: &str| {
        format!(
            "grant_type=refresh_token&refresh_token={token}&client_id=shop&client_secret=s3cret"
        )
    };
    assert_eq!(sent, [form("rt0"), form("rt1")]);
    assert_eq!(*kept.lock().expect("no panic"), ["rt1", "rt2"]);
}

/// The access token that came with a refresh token is not used where that could not be kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_cannot_be_kept() {
    let server = server(&[(200, r#"{"access_token":"at1","refresh_token":"rt1"}"#)]);
    let url = format!("{}/token", server.url());
    let grant = RefreshToken::new(ClientIdentity::public("shop"), "rt0").token_url(url);
    let grant = grant.on_rotation(|_| Err(TokenError::new("the disk is full")));
    let error = call(&client(&server, grant.token().for_scheme("oauth"))).await;
    let error = error.expect_err("it is not kept").to_string();
    assert!(error.contains("got no token: the disk is full"), "{error}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_said_and_shows_no_secret() {
    for (answer, expected, is_final) in [
        (
            (
                400,
                r#"{"error":"invalid_client","error_description":"no such\nclient"}"#,
            ),
            "the server says invalid_client: no suchclient",
            true,
        ),
        (
            (400, r#"{"error":"slow_down"}"#),
            "the server says slow_down",
            false,
        ),
        (
            (200, r#"{"error":"invalid_scope"}"#),
            "the server says invalid_scope",
            true,
        ),
        ((200, r#"{"token":"x"}"#), "has no `access_token`", false),
        (
            (200, r#"{"access_token":"at1","token_type":"mac"}"#),
            "a token of the type \"mac\"",
            true,
        ),
        (
            (404, "<html>"),
            "no answer of use from http://127.0.0.1:",
            false,
        ),
    ] {
        let server = server(&[answer]);
        let identity = ClientIdentity::post("shop", "s3cret");
        let grant = ClientCredentials::new(identity);
        let grant = grant.token_url(format!("{}/token?key=s3cret", server.url()));
        let error = call(&client(&server, grant.token().for_scheme("oauth"))).await;
        let error = error.expect_err("there is no token");
        assert!(error.is_no_token(), "{error}");
        assert_eq!(!error.is_retryable(), is_final, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("s3cret"),
            "{error:?}"
        );
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_sent_in_clear_to_this_machine_only() {
    let server = server(&[]);
    let identity = || ClientIdentity::post("shop", "s3cret");
    for url in ["http://login.example.com/token", "ftp://localhost", "token"] {
        let grant = ClientCredentials::new(identity()).token_url(url);
        let error = call(&client(&server, grant.token().for_scheme("oauth"))).await;
        let error = error.expect_err("it is not asked").to_string();
        let expected = [
            "in clear",
            "the address of the authorization server is none",
        ];
        assert!(expected.iter().any(|it| error.contains(it)), "{error}");
    }
    assert!(server.received().is_empty());
}

/// A description that names the token endpoint, with the variables of its scheme.
fn described(server: &FaultServer, variables: &[(&str, &str)]) -> ClientBuilder {
    let url: &'static str = format!("{}/token", server.url()).leak();
    let scheme = SecurityScheme::other("oauth", "oauth2").token_url(url);
    let schemes = vec![scheme.given_by("oauth", "PARCELS_OAUTH")].leak();
    let api = ApiMeta::new("parcels", "https://api.example.com").environment("PARCELS");
    let api = Box::leak(Box::new(api.security_schemes(schemes)));
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let variables = variables.iter().copied();
    ClientBuilder::new(api)
        .base_url(server.url())
        .transport(transport)
        .environment(Environment::of(variables))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_the_endpoint_and_variables_the_rest() {
    let granted = r#"{"access_token":"at1"}"#;
    let secrets = [
        ("PARCELS_OAUTH_CLIENT_ID", "shop"),
        ("PARCELS_OAUTH_CLIENT_SECRET", "s3cret"),
    ];
    let refresh = ("PARCELS_OAUTH_REFRESH_TOKEN", "rt0");
    let public = [secrets[0], refresh];
    for (variables, form) in [
        (&secrets[..], "grant_type=client_credentials"),
        (
            &public,
            "grant_type=refresh_token&refresh_token=rt0&client_id=shop",
        ),
        (
            &[secrets[0], secrets[1], refresh],
            "grant_type=refresh_token&refresh_token=rt0",
        ),
    ] {
        let server = server(&[(200, granted)]);
        let client = described(&server, variables).build().expect("it is valid");
        call(&client).await.expect("200");
        let received = server.received();
        assert_eq!(String::from_utf8_lossy(&received[0].body), form);
        assert!(received[1].head.contains("authorization: Bearer at1"));
    }
    // A token that is there already comes first, and what the builder is told before all.
    let server = server(&[]);
    let token = ("PARCELS_OAUTH", "given");
    let client = described(&server, &[token, secrets[0], secrets[1]]).build();
    call(&client.expect("it is valid")).await.expect("200");
    let client = described(&server, &secrets).grant("oauth", "told").build();
    call(&client.expect("it is valid")).await.expect("200");
    let sent: Vec<bool> = ["given", "told"]
        .iter()
        .zip(server.received())
        .map(|(token, it)| it.head.contains(&format!("authorization: Bearer {token}")))
        .collect();
    assert_eq!(sent, [true, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named() {
    let server = server(&[]);
    let client = described(&server, &[]).build().expect("it is valid");
    let error = call(&client).await.expect_err("there is no credential");
    assert!(error.is_missing_credential());
    let expected = "oauth (`oauth(…)`, or the variable PARCELS_OAUTH, or PARCELS_OAUTH_CLIENT_ID with \
                    PARCELS_OAUTH_CLIENT_SECRET or PARCELS_OAUTH_REFRESH_TOKEN)";
    assert!(error.to_string().contains(expected), "{error}");
    for variable in [
        ("PARCELS_OAUTH_CLIENT_ID", "shop"),
        ("PARCELS_OAUTH_CLIENT_SECRET", "s3cret"),
    ] {
        let error = described(&server, &[variable]).build();
        let error = error.expect_err("the other one is missing").to_string();
        assert!(
            error.contains("PARCELS_OAUTH_CLIENT_ID is") && !error.contains("s3cret"),
            "{error}"
        );
    }
    assert!(server.received().is_empty());
}

/// As Amazon's Selling Partner API, whose descriptions name no scheme.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_a_header_of_its_own() {
    static BARE: ApiMeta = ApiMeta::new("orders", "https://sellingpartnerapi-eu.amazon.com");
    static ORDERS: OperationMeta = OperationMeta::new("getOrders", "GET", "/orders");
    let server = server(&[(200, r#"{"access_token":"at1"}"#)]);
    let grant = RefreshToken::new(ClientIdentity::post("shop", "s3cret"), "rt0");
    let grant = grant.token_url(format!("{}/auth/o2/token", server.url()));
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let client = ClientBuilder::new(&BARE)
        .base_url(server.url())
        .transport(transport)
        .auth(grant.token().in_header("x-amz-access-token"))
        .build()
        .expect("the settings are valid");
    let call = client.call(&ORDERS).send::<Bytes, Undocumented>();
    call.await.expect("200");
    let sent = &server.received()[1].head;
    assert!(sent.contains("x-amz-access-token: at1\r\n"), "{sent}");
    assert!(!sent.contains("authorization"), "{sent}");
}

/// What a server says of itself, as far as it matters here; `{}` is its own address.
async fn discovered(issuer: &str, metadata: &[(u16, &str)]) -> (Vec<String>, Result<(), String>) {
    // The address is known only once the server listens, so it is asked through a name of its own.
    let acts: Vec<Act> = metadata
        .iter()
        .map(|(status, body)| Act::Answer(*status, (*body).to_owned()))
        .chain([Act::Answer(200, r#"{"access_token":"at1"}"#.to_owned())])
        .collect();
    let server = FaultServer::start(FaultPlan::answering(200, "{}").first(acts)).expect("a port");
    let address = server
        .url()
        .replace("http://", "")
        .parse()
        .expect("an address");
    let connections = Connections::new().no_proxy().resolve("localhost", address);
    // Without a port, the one of the server is taken.
    let transport = HyperTransport::with(connections).expect("it is valid");
    let identity = ClientIdentity::public("shop");
    let grant = RefreshToken::new(identity, "rt0").issuer(issuer);
    let client = ClientBuilder::new(&API)
        .base_url("http://localhost")
        .transport(transport)
        .auth(grant.token().for_scheme("oauth"))
        .build()
        .expect("the settings are valid");
    let outcome = call(&client).await;
    let lines = server.received().into_iter().map(|it| it.line).collect();
    (
        lines,
        outcome.map(|_| ()).map_err(|error| error.to_string()),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_says_where_its_endpoint_is() {
    let metadata = r#"{"issuer":"http://localhost/eu","token_endpoint":"http://localhost/t"}"#;
    let (lines, outcome) = discovered("http://localhost/eu", &[(200, metadata)]).await;
    outcome.expect("it gets in");
    assert_eq!(
        lines,
        [
            "GET /eu/.well-known/openid-configuration",
            "POST /t",
            "GET /x"
        ]
    );
    // A server of OAuth alone has its metadata elsewhere.
    let (lines, outcome) = discovered("http://localhost/eu", &[(404, "{}"), (200, metadata)]).await;
    outcome.expect("it gets in");
    assert_eq!(lines[1], "GET /.well-known/oauth-authorization-server/eu");
    // As a description has it.
    let address = "http://localhost/eu/.well-known/openid-configuration";
    let (lines, outcome) = discovered(address, &[(200, metadata)]).await;
    outcome.expect("it gets in");
    assert_eq!(lines.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_speaks_for_itself_only() {
    let other = r#"{"issuer":"http://localhost/us","token_endpoint":"http://localhost/t"}"#;
    let none = r#"{"issuer":"http://localhost/eu"}"#;
    let elsewhere = r#"{"issuer":"http://localhost/eu","token_endpoint":"http://evil.example/t"}"#;
    for (metadata, expected) in [
        (other, "are those of another issuer"),
        (none, "have no `token_endpoint`"),
        (
            elsewhere,
            "secrets are not sent to http://evil.example in clear",
        ),
    ] {
        let (lines, outcome) = discovered("http://localhost/eu", &[(200, metadata)]).await;
        let error = outcome.expect_err("there is no token");
        assert!(error.contains(expected), "{error}");
        assert_eq!(lines.len(), 1, "{lines:?}");
    }
}

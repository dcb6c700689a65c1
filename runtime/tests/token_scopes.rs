//! Scopes of operations: said where a server misses one, and tokens with just those that an operation needs.

use std::sync::{Arc, Mutex};

use attache_runtime::error::InsufficientScope;
use attache_runtime::oauth::{ClientCredentials, ClientIdentity};
use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::token::{AccessToken, Token, TokenConnection, TokenError, TokenSource};
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{BoxFuture, Connections, HyperTransport};
use attache_runtime::{
    ApiKey, ApiMeta, Bytes, Client, ClientBuilder, Credential, Error, OperationMeta,
    OperationScopes, SecurityScheme, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[
        SecurityScheme::other("oauth", "oauth2"),
        SecurityScheme::api_key_header("key", "X-Key"),
    ])
    .operations(&[("parcels", &["list", "get", "create", "ping", "move"])])
    .scopes(&[
        OperationScopes::new(&[&[("oauth", &["read"])]], &["list", "get"]),
        OperationScopes::new(&[&[("oauth", &["read", "write"])]], &["create"]),
        OperationScopes::new(
            &[
                &[("oauth", &["admin"]), ("key", &["boss"])],
                &[("oauth", &["write", "read"])],
            ],
            &["move"],
        ),
    ]);
static LIST: OperationMeta = OperationMeta::new("list", "GET", "/list").security(&[&["oauth"]]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/get").security(&[&["oauth"]]);
static CREATE: OperationMeta =
    OperationMeta::new("create", "GET", "/create").security(&[&["oauth"]]);
static PING: OperationMeta = OperationMeta::new("ping", "GET", "/ping").security(&[&["oauth"]]);
static MOVE: OperationMeta =
    OperationMeta::new("move", "GET", "/move").security(&[&["key", "oauth"], &["oauth"]]);

fn server(acts: impl IntoIterator<Item = Act>) -> FaultServer {
    FaultServer::start(FaultPlan::answering(200, "{}").first(acts)).expect("a port")
}

fn client(server: &FaultServer, credentials: Vec<Credential>) -> Client {
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let builder = ClientBuilder::new(&API)
        .base_url(server.url())
        .transport(transport);
    let builder = credentials.into_iter().fold(builder, ClientBuilder::auth);
    builder.build().expect("the settings are valid")
}

async fn call(
    client: &Client,
    operation: &'static OperationMeta,
) -> Result<Bytes, Error<Undocumented>> {
    client.call(operation).send::<Bytes, Undocumented>().await
}

fn grant(server: &FaultServer) -> ClientCredentials {
    let grant = ClientCredentials::new(ClientIdentity::basic("shop", "s3cret"));
    grant.token_url(format!("{}/token", server.url()))
}

fn granted(token: &str, scope: &str) -> Act {
    let scope = match scope {
        "" => String::new(),
        scope => format!(r#","scope":"{scope}""#),
    };
    let body =
        format!(r#"{{"access_token":"{token}","token_type":"bearer","expires_in":3600{scope}}}"#);
    Act::Answer(200, body)
}

fn refused(status: u16, challenge: &str) -> Act {
    let header = ("WWW-Authenticate".to_owned(), challenge.to_owned());
    Act::AnswerWith(status, vec![header], "{}".to_owned())
}

/// The form, or the token, of each request that a server has received.
fn seen(server: &FaultServer) -> Vec<String> {
    let shown = server.received().into_iter().map(|request| {
        let mut lines = request.head.lines();
        let token = lines.find_map(|line| line.strip_prefix("authorization: Bearer "));
        match token {
            Some(token) => format!("{} {token}", request.line),
            None => String::from_utf8_lossy(&request.body).into_owned(),
        }
    });
    shown.collect()
}

#[tokio::test]
async fn an_error_says_which_scopes_are_needed_asked_and_there() {
    let challenge =
        r#"Basic realm="a, b", Bearer realm="x", error="insufficient_scope", scope="read  write""#;
    for (status, scopes, scope, challenge, expected) in [
        (
            403,
            &["read"][..],
            "read list",
            challenge,
            Some((vec!["read", "write"], Some(vec!["read", "list"]))),
        ),
        // What the answer leaves out is what was asked for (RFC 6749, section 5.1).
        (
            401,
            &["read"],
            "",
            challenge,
            Some((vec!["read", "write"], Some(vec!["read"]))),
        ),
        // Nobody says what the token has, nor what the server wants.
        (
            403,
            &[],
            "",
            r#"Bearer error=insufficient_scope"#,
            Some((vec![], None)),
        ),
        (403, &["read"], "", r#"Bearer error="invalid_token""#, None),
        (400, &["read"], "", challenge, None),
    ] {
        let server = server([granted("at", scope), refused(status, challenge)]);
        let token = grant(&server).scopes(scopes.iter().copied());
        let error = call(
            &client(&server, vec![token.token().for_scheme("oauth").into()]),
            &CREATE,
        )
        .await;
        let error = error.expect_err("it is refused");
        assert_eq!((error.status(), error.attempts()), (Some(status), 1));
        let owned = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let told = error.insufficient_scope().map(|it: &InsufficientScope| {
            assert_eq!(it.needed, [["read", "write"]]);
            (it.asked.clone(), it.granted.clone())
        });
        let expected = expected.map(|(asked, granted)| (owned(asked), granted.map(owned)));
        assert_eq!(told, expected, "{challenge}");
    }
    let server = server([granted("at", "read"), refused(403, challenge)]);
    let error = call(
        &client(
            &server,
            vec![grant(&server).token().for_scheme("oauth").into()],
        ),
        &MOVE,
    )
    .await;
    let text = error.expect_err("it is refused").to_string();
    let expected = "status 403: the scopes of the token are not enough; by the description the operation needs \
                    `admin boss` or `write read`; the server wants `read write`; the token has `read` (attempt 1)";
    assert!(text.ends_with(expected), "{text}");
}

#[tokio::test]
async fn each_operation_gets_a_token_with_its_own_scopes() {
    let ok = Act::ok;
    let server = server([
        granted("reader", ""),
        ok(),
        ok(),
        granted("writer", ""),
        ok(),
        granted("other", ""),
        ok(),
        ok(),
        ok(),
    ]);
    let grant = grant(&server).scopes(["basic"]).scopes_per_operation();
    let client = client(&server, vec![grant.token().for_scheme("oauth").into()]);
    for operation in [&LIST, &GET, &CREATE, &PING, &LIST, &MOVE] {
        call(&client, operation).await.expect("200");
    }
    let form = |scope: &str| format!("grant_type=client_credentials&scope={scope}");
    assert_eq!(
        seen(&server),
        [
            &form("read"),
            "GET /list reader",
            "GET /get reader",
            &form("read+write"),
            "GET /create writer",
            &form("basic"),
            "GET /ping other",
            "GET /list reader",
            // The client has no key, so the second alternative counts; the order of scopes does not.
            "GET /move writer",
        ]
    );
}

#[tokio::test]
async fn the_scopes_are_those_of_the_alternative_that_is_sent() {
    let server = server([granted("boss", ""), Act::ok()]);
    let grant = grant(&server).scopes_per_operation();
    let client = client(
        &server,
        vec![
            ApiKey::new("k").into(),
            grant.token().for_scheme("oauth").into(),
        ],
    );
    call(&client, &MOVE).await.expect("200");
    let form = "grant_type=client_credentials&scope=admin";
    assert_eq!(seen(&server), [form, "GET /move boss"]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_by_one_with_the_same_scopes() {
    let invalid = r#"Bearer error="invalid_token""#;
    let server = server([
        granted("a", ""),
        refused(401, invalid),
        granted("b", ""),
        Act::ok(),
    ]);
    let client = client(
        &server,
        vec![
            grant(&server)
                .scopes_per_operation()
                .token()
                .for_scheme("oauth")
                .into(),
        ],
    );
    call(&client, &LIST)
        .await
        .expect("200 with the second token");
    let form = "grant_type=client_credentials&scope=read";
    assert_eq!(seen(&server), [form, "GET /list a", form, "GET /list b"]);
}

/// Gives its scopes as the token, and keeps that it was asked.
#[derive(Clone, Debug)]
struct Scoped(String, Arc<Mutex<Vec<String>>>);

impl TokenSource for Scoped {
    fn fetch<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Token, TokenError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.1.lock().expect("no panic").push(self.0.clone());
            Ok(Token::new(self.0.clone()))
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_for_each_set_of_scopes() {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let of = {
        let asked = Arc::clone(&asked);
        move |scopes: &[&str]| Scoped(scopes.join("+"), asked.clone())
    };
    let token = AccessToken::by_scopes(of(&["none"]), of).for_scheme("oauth");
    let answers = (0..300).fold(Replay::new(), |replay, _| replay.json(200, "{}"));
    let client = ClientBuilder::new(&API)
        .transport(answers.clone())
        .auth(token)
        .build();
    let client = client.expect("the settings are valid");
    let calls = (0..300).map(|number| {
        let (client, operation) = (client.clone(), [&LIST, &CREATE, &PING][number % 3]);
        tokio::spawn(async move { call(&client, operation).await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("no panic").expect("200");
    }
    let mut asked = asked.lock().expect("no panic").clone();
    asked.sort();
    assert_eq!(asked, ["none", "read", "read+write"]);
    for request in answers.requests() {
        let expected = match request.url.path() {
            "/list" => "Bearer read",
            "/create" => "Bearer read+write",
            _ => "Bearer none",
        };
        assert_eq!(request.headers.get("authorization"), Some(expected));
    }
}

#[test]
fn all_scopes_for_a_login() {
    assert_eq!(API.needed_scopes("oauth"), ["read", "write", "admin"]);
    assert_eq!(API.needed_scopes("key"), ["boss"]);
    let of = |operations: &[&str]| API.needed_scopes_of("oauth", operations);
    assert_eq!(of(&["get", "ping"]).expect("they are there"), ["read"]);
    assert_eq!(of(&["move"]).expect("it is there"), ["admin"]);
    let error = of(&["gett"]).expect_err("it is not there").to_string();
    assert!(
        error.starts_with("there is no operation \"gett\"; there are get,"),
        "{error}"
    );
}

#[test]
fn a_grant_for_a_scheme_that_is_not_there_makes_no_client() {
    let builder = ClientBuilder::new(&API).transport(Replay::new());
    let known = builder.clone().grant("oauth", "a token").build();
    known.expect("it is there");
    let error = builder.grant("oauht", "a token").build();
    let error = error.expect_err("it is not there").to_string();
    assert_eq!(
        error,
        "there is no security scheme \"oauht\"; there are oauth, key"
    );
}

//! Logins of somebody, against a server from a script.

use std::sync::Arc;
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::jwt::SigningKey;
use attache_runtime::oauth::{
    AuthorizationCode, AuthorizationServer, ClientIdentity, DeviceCode, Dpop, LoopbackRedirect,
    TokenExchange, TokenKind,
};
use attache_runtime::token::{TokenConnection, TokenError};
use attache_runtime::transport::replay::Replay;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn server() -> AuthorizationServer {
    AuthorizationServer::default()
        .authorization_url("https://login.example.com/page?tenant=1")
        .device_authorization_url("https://login.example.com/device")
        .revocation_url("https://login.example.com/revoke")
        .introspection_url("https://login.example.com/introspect")
        .token_url("https://login.example.com/token")
}

fn login(identity: ClientIdentity) -> AuthorizationCode {
    let login = AuthorizationCode::new(identity, "http://127.0.0.1:7777/callback");
    login.server(server()).scopes(["read", "write"])
}

fn forms(replay: &Replay) -> Vec<String> {
    let requests = replay.requests();
    let bodies = requests.iter().map(|it| it.body.as_bytes());
    let bodies = bodies.map(|it| it.expect("it is in memory"));
    bodies
        .map(|it| String::from_utf8_lossy(&it).into_owned())
        .collect()
}

/// The value of a parameter of an address.
fn parameter<'a>(address: &'a str, name: &str) -> &'a str {
    let query = address.split_once('?').expect("it has a query").1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(it, _)| *it == name);
    found.unwrap_or_else(|| panic!("{name} in {address}")).1
}

#[tokio::test]
async fn a_page_and_what_comes_back() {
    let granted = r#"{"access_token":"at1","refresh_token":"rt1","expires_in":60,"scope":"read"}"#;
    let replay = Replay::new().json(200, granted);
    let connection = TokenConnection::new(replay.clone());
    let login = login(ClientIdentity::post("shop", "s3cret")).parameter("prompt", "consent");
    let authorization = login.begin(&connection).await.expect("all is known");
    let page = authorization.url();
    assert!(
        page.starts_with(
            "https://login.example.com/page?tenant=1&response_type=code&client_id=shop&"
        )
    );
    assert!(page.ends_with("&code_challenge_method=S256&scope=read+write&prompt=consent"));
    assert!(!page.contains("s3cret"));
    let state = parameter(page, "state");
    assert!(!format!("{authorization:?}").contains(state));
    let redirected = format!("http://127.0.0.1:7777/callback?code=c%2F1&state={state}");
    let tokens = authorization.finish(&connection, &redirected).await;
    let tokens = tokens.expect("it is the right state");
    assert_eq!(tokens.scopes, ["read"]);
    assert_eq!(tokens.lifetime, Some(Duration::from_secs(60)));
    assert!(!format!("{tokens:?}").contains("rt1"));
    let form = &forms(&replay)[0];
    let expected = "grant_type=authorization_code&code=c%2F1\
                    &redirect_uri=http%3A%2F%2F127.0.0.1%3A7777%2Fcallback&code_verifier=";
    assert!(form.starts_with(expected), "{form}");
    assert!(form.ends_with("&client_id=shop&client_secret=s3cret"));
    // The verifier is not in the page, and each login has its own.
    let verifier = parameter(&format!("?{form}"), "code_verifier").to_owned();
    assert_eq!(verifier.len(), 43);
    assert!(!page.contains(&verifier));
    let other = login.begin(&connection).await.expect("all is known");
    assert_ne!(parameter(other.url(), "state"), state);
}

/// With the key of RFC 8037, whose thumbprint is in appendix A.3.
#[tokio::test]
async fn the_page_knows_the_key_that_the_tokens_are_bound_to() {
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let key = Dpop::new(SigningKey::from_jwk(jwk).expect("it is a key"));
    let login = login(ClientIdentity::public("shop"));
    let connection = TokenConnection::new(Replay::new());
    let plain = login.begin(&connection).await.expect("all is known");
    assert!(!plain.url().contains("dpop_jkt"), "{}", plain.url());
    let bound = login.dpop(key.expect("it is of a curve"));
    let bound = bound.begin(&connection).await.expect("all is known");
    let thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
    assert_eq!(parameter(bound.url(), "dpop_jkt"), thumbprint);
}

#[tokio::test]
async fn what_belongs_to_no_login_sends_nothing() {
    let replay = Replay::new();
    let connection = TokenConnection::new(replay.clone());
    let login = login(ClientIdentity::public("shop"));
    let authorization = login.begin(&connection).await.expect("all is known");
    let state = parameter(authorization.url(), "state");
    for (redirected, expected) in [
        ("/callback?code=c1&state=other".to_owned(), "another login"),
        ("/callback?code=c1".to_owned(), "another login"),
        (String::new(), "another login"),
        (format!("state={state}"), "has no `code`"),
        (
            format!("error=access_denied&error_description=not+today&state={state}"),
            "access_denied: not today",
        ),
    ] {
        let error = authorization.finish(&connection, &redirected).await;
        let error = error.expect_err(&redirected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert!(replay.requests().is_empty());
    assert!(login.resume(&"{}".into()).is_err());
}

/// Pages of elsewhere in the same browser cannot end a login.
#[tokio::test(flavor = "multi_thread")]
async fn the_loopback_waits_for_its_own_login() {
    let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
    let login = AuthorizationCode::new(ClientIdentity::public("shop"), redirect.uri());
    let login = login.server(server());
    let connection = TokenConnection::new(Replay::new());
    let authorization = login.begin(&connection).await.expect("all is known");
    let state = parameter(authorization.url(), "state").to_owned();
    let address = redirect.uri()["http://".len()..].split('/').next();
    let address = address.expect("it has a host").to_owned();
    let get = async move |target: &str| {
        let mut stream = TcpStream::connect(&address).await.expect("it listens");
        let request = format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it is sent");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .await
            .expect("it answers");
        answer
    };
    let browsing = tokio::spawn(async move {
        let strange = get("/favicon.ico").await;
        assert!(strange.starts_with("HTTP/1.1 404"), "{strange}");
        let other = get("/callback?code=c1&state=other").await;
        assert!(other.starts_with("HTTP/1.1 400"), "{other}");
        let own = get(&format!("/callback?code=c2&state={state}")).await;
        assert!(own.starts_with("HTTP/1.1 200"), "{own}");
    });
    let redirected = redirect.receive(&authorization).await.expect("it listens");
    assert!(redirected.starts_with("/callback?code=c2&"), "{redirected}");
    browsing.await.expect("no panic");
}

#[tokio::test]
async fn a_device_asks_as_often_as_it_may() {
    let begun = r#"{"device_code":"d1","user_code":"WDJB-MJHT","verification_uri":"https://login.example.com/d","interval":2,"expires_in":60}"#;
    let pending = r#"{"error":"authorization_pending"}"#;
    let replay = Replay::new()
        .json(200, begun)
        .json(400, pending)
        .json(400, r#"{"error":"slow_down"}"#)
        .json(400, pending)
        .json(200, r#"{"access_token":"at1"}"#);
    let clock = ManualClock::new();
    let connection = TokenConnection {
        clock: Arc::new(clock.clone()),
        ..TokenConnection::new(replay.clone())
    };
    let login = DeviceCode::new(ClientIdentity::basic("shop", "s3cret")).server(server());
    let begun = login.begin(&connection).await.expect("it gives a code");
    assert_eq!(begun.user_code, "WDJB-MJHT");
    assert_eq!(forms(&replay), ["client_id=shop"]);
    let waiting = tokio::spawn({
        let connection = connection.clone();
        async move { begun.wait(&connection).await }
    });
    // Two, two, and then five more each time.
    for (passes, asked) in [
        (0, 1),
        (1, 1),
        (1, 2),
        (2, 3),
        (6, 3),
        (1, 4),
        (6, 4),
        (1, 5),
    ] {
        clock.advance(Duration::from_secs(passes));
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert_eq!(replay.requests().len(), asked);
    }
    waiting
        .await
        .expect("no panic")
        .expect("somebody logged in");
}

#[tokio::test]
async fn a_device_whose_code_nobody_enters() {
    let begun = r#"{"device_code":"d1","user_code":"X","verification_url":"https://x","expires_in":4,"interval":5}"#;
    let replay = Replay::new().json(200, begun);
    let connection = TokenConnection::new(replay);
    let login = DeviceCode::new(ClientIdentity::public("shop")).server(server());
    let begun = login.begin(&connection).await.expect("it gives a code");
    let error = begun.wait(&connection).await.expect_err("it is over");
    assert_eq!(error.code(), Some("expired_token"));
}

#[tokio::test]
async fn a_token_for_another_token() {
    let granted = r#"{"access_token":"at2","issued_token_type":"x","token_type":"N_A"}"#;
    let replay = Replay::new().json(200, granted);
    let connection = TokenConnection::new(replay.clone());
    let grant = TokenExchange::new(TokenExchange::ID_TOKEN, "of-somebody")
        .actor(TokenExchange::ACCESS_TOKEN, "of-the-shop")
        .identity(ClientIdentity::public("shop"))
        .server(server())
        .parameter("audience", "parcels");
    assert!(!format!("{grant:?}").contains("of-"), "{grant:?}");
    let token = grant.token().fetch(&connection).await.expect("it is given");
    assert_eq!(token.expose(), "at2");
    let kind = "urn%3Aietf%3Aparams%3Aoauth%3A";
    assert_eq!(
        forms(&replay),
        [format!(
            "grant_type={kind}grant-type%3Atoken-exchange&subject_token=of-somebody\
             &subject_token_type={kind}token-type%3Aid_token&actor_token=of-the-shop\
             &actor_token_type={kind}token-type%3Aaccess_token&audience=parcels&client_id=shop"
        )]
    );
}

#[tokio::test]
async fn a_token_is_taken_back_and_asked_about() {
    let said =
        r#"{"active":true,"scope":"read write","client_id":"shop","sub":"ada","exp":1700000000}"#;
    let replay = Replay::new().json(200, "").json(200, said).json(200, "{}");
    let connection = TokenConnection::new(replay.clone());
    let identity = ClientIdentity::basic("shop", "s3cret");
    let (server, token) = (server(), "at1".into());
    let revoked = server.revoke(&connection, &identity, &token, TokenKind::Refresh);
    revoked.await.expect("an empty answer is enough");
    let asking = || server.introspect(&connection, &identity, &token, TokenKind::Access);
    let said = asking().await.expect("it is said");
    assert!(said.is_active);
    assert_eq!(said.scopes, ["read", "write"]);
    assert_eq!(said.subject.as_deref(), Some("ada"));
    assert_eq!(said.expires, Some(Duration::from_secs(1_700_000_000)));
    let error: TokenError = asking().await.expect_err("it does not say");
    assert!(error.to_string().contains("whether the token is active"));
    assert_eq!(forms(&replay)[0], "token=at1&token_type_hint=refresh_token");
}

#[tokio::test]
async fn what_is_not_known_is_named() {
    let connection = TokenConnection::new(Replay::new());
    let login = AuthorizationCode::new(ClientIdentity::public("shop"), "http://127.0.0.1/");
    let error = login
        .begin(&connection)
        .await
        .expect_err("no page is known");
    let expected = "the authorization endpoint is not known, so `authorization_url` is needed";
    assert_eq!(error.to_string(), expected);
}

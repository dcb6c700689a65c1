//! Each grant that the server offers.

use std::time::Duration;

use attache_runtime::jwt::{Algorithm, SigningKey};
use attache_runtime::oauth::{
    Authorization, AuthorizationCode, AuthorizationServer, ClientCredentials, ClientIdentity,
    DeviceCode, Dpop, LoopbackRedirect, RefreshToken, StoredLogin, TokenKind, TokenResponse,
};
use attache_runtime::store::MemoryStore;
use attache_runtime::token::{AccessToken, TokenConnection, TokenError, TokenSource};
use attache_runtime::{
    ApiMeta, Bearer, Client, ClientBuilder, Error, Json, OperationMeta, SecurityScheme,
    Undocumented,
};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::time::timeout;

use super::browser::Browser;

const SECRET: &str = "a secret of at least 32 bytes, so that it signs";

static API: ApiMeta = ApiMeta::new("me", "http://127.0.0.1")
    .security_schemes(&[SecurityScheme::other("login", "openIdConnect")]);
static ME: OperationMeta = OperationMeta::new("me", "GET", "/me").security(&[&["login"]]);

pub(crate) fn issuer() -> String {
    std::env::var("ATTACHE_IDP").expect("`cargo xtask idp --test` says where the server is")
}

pub(crate) fn connection() -> TokenConnection {
    TokenConnection::open().expect("there is a transport")
}

fn client(token: AccessToken) -> Client {
    let builder = ClientBuilder::new(&API).base_url(issuer());
    let builder = builder.auth(token.for_scheme("login"));
    builder.build().expect("it is valid")
}

/// A private key that the server knows.
fn key() -> SigningKey {
    let key = std::env::var("ATTACHE_IDP_KEY").expect("`cargo xtask idp --test` gives it");
    SigningKey::from_jwk(key).expect("it is a key")
}

async fn me(client: &Client) -> Result<Json, Error<Undocumented>> {
    client.call(&ME).send::<Json, Undocumented>().await
}

/// Somebody logs in, at the browser that the page is opened in.
async fn log_in(
    login: &AuthorizationCode,
    redirect: &LoopbackRedirect,
) -> Result<TokenResponse, TokenError> {
    let connection = connection();
    let authorization = login.begin(&connection).await?;
    let redirected = answer(&authorization, redirect).await;
    // Another process goes on with it.
    let authorization = login.resume(&authorization.keep())?;
    authorization.finish(&connection, &redirected).await
}

/// What the browser brings back.
async fn answer(authorization: &Authorization, redirect: &LoopbackRedirect) -> String {
    let page = authorization.url().to_owned();
    let browsing = tokio::task::spawn_blocking(move || Browser::default().open(&page));
    let receiving = timeout(Duration::from_secs(20), redirect.receive(authorization)).await;
    let shown = browsing.await.expect("no panic");
    let redirected = receiving.unwrap_or_else(|_| panic!("the browser shows {shown}"));
    assert!(
        shown.starts_with("200 ") && shown.contains("Done."),
        "{shown}"
    );
    redirected.expect("it listens")
}

pub(crate) async fn logged_in(client: &str) -> TokenResponse {
    let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
    let login = AuthorizationCode::new(ClientIdentity::public(client), redirect.uri());
    let login = login.issuer(issuer()).scopes(["openid", "parcels:read"]);
    log_in(&login, &redirect).await.expect("somebody logs in")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn authorization_code_with_pkce_and_refresh() {
    let tokens = logged_in("public").await;
    assert!(tokens.id_token.is_some());
    assert_eq!(tokens.scopes, ["openid", "parcels:read"]);
    let token = tokens.refresh_token.expect("the server gives one");
    let grant = RefreshToken::new(ClientIdentity::public("public"), token).issuer(issuer());
    let client = client(grant.token());
    let somebody = me(&client).await.expect("the token is good");
    assert_eq!(somebody.get("sub").and_then(Json::as_str), Some("ada"));
}

/// A server that wants the parameters beforehand gets them so.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn pushed_parameters() {
    let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
    let pushed = |url: &str| {
        let server = AuthorizationServer::issuer(issuer()).pushed_authorization_url(url);
        let login = AuthorizationCode::new(ClientIdentity::public("pushed"), redirect.uri());
        login.server(server).scopes(["openid"])
    };
    let login = pushed(&format!("{}/request", issuer()));
    let authorization = login.begin(&connection()).await.expect("it is taken");
    assert!(authorization.url().contains("request_uri="));
    assert!(!authorization.url().contains("scope="));
    log_in(&login, &redirect).await.expect("somebody logs in");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn somebody_refuses() {
    let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
    let login = AuthorizationCode::new(ClientIdentity::public("public"), redirect.uri());
    let login = login.issuer(issuer()).parameter("login_hint", "nobody");
    let error = log_in(&login, &redirect)
        .await
        .expect_err("somebody refuses");
    assert_eq!(error.code(), Some("access_denied"));
    assert!(error.to_string().contains("somebody refused"), "{error}");
}

/// What comes back counts for one login, from one server, once.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn what_comes_back_is_checked() {
    let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
    let login = AuthorizationCode::new(ClientIdentity::public("public"), redirect.uri());
    let login = login.issuer(issuer()).scopes(["openid"]);
    let connection = connection();
    let (one, other) = (
        login.begin(&connection).await,
        login.begin(&connection).await,
    );
    let (one, other) = (one.expect("it begins"), other.expect("it begins"));
    let redirected = answer(&one, &redirect).await;
    let finish = async |authorization: &Authorization, redirected: &str| {
        let finished = authorization.finish(&connection, redirected).await;
        finished.expect_err("it is refused").to_string()
    };
    let error = finish(&other, &redirected).await;
    assert!(error.contains("another login"), "{error}");
    let (state, _) = redirected
        .split_once("&iss=")
        .expect("the server names itself");
    let error = finish(&one, state).await;
    assert!(error.contains("does not say that it is from"), "{error}");
    let evil = format!("{state}&iss=https%3A%2F%2Fevil.example");
    let error = finish(&one, &evil).await;
    assert!(error.contains("from another server"), "{error}");
    one.finish(&connection, &redirected)
        .await
        .expect("it is the right one");
    let error = finish(&one, &redirected).await;
    assert!(error.contains("invalid_grant"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn a_device() {
    let connection = connection();
    let login = DeviceCode::new(ClientIdentity::public("public"));
    let login = login.issuer(issuer()).scopes(["openid"]);
    let pending = login
        .begin(&connection)
        .await
        .expect("the server gives a code");
    assert!(!format!("{pending:?}").contains(&pending.user_code));
    let page = pending
        .verification_uri_complete
        .clone()
        .expect("it has one");
    let browsing = tokio::task::spawn_blocking(move || Browser::default().open(&page));
    let tokens = pending.wait(&connection).await.expect("somebody logs in");
    let shown = browsing.await.expect("no panic");
    assert_eq!(shown, "200 done");
    let token = tokens.refresh_token.expect("the server gives one");
    let grant = RefreshToken::new(ClientIdentity::public("public"), token).issuer(issuer());
    me(&client(grant.token())).await.expect("the token is good");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn the_client_itself_however_it_says_who_it_is() {
    let secret = || SigningKey::from_secret(Algorithm::Hs256, SECRET).expect("it is long enough");
    let connection = connection();
    for identity in [
        ClientIdentity::basic("basic", SECRET),
        ClientIdentity::post("post", SECRET),
        ClientIdentity::private_key_jwt("secret-jwt", secret()),
        ClientIdentity::private_key_jwt("private-key-jwt", key()),
    ] {
        let grant = ClientCredentials::new(identity.clone()).issuer(issuer());
        let token = grant.token().fetch(&connection).await;
        let token = token.unwrap_or_else(|error| panic!("{identity:?}: {error}"));
        let server = AuthorizationServer::issuer(issuer());
        let asked = server.introspect(&connection, &identity, &token, TokenKind::Access);
        let said = asked.await.expect("the server says it");
        assert!(said.is_active, "{said:?}");
        let revoked = server.revoke(&connection, &identity, &token, TokenKind::Access);
        revoked.await.expect("the server takes it back");
        let asked = server.introspect(&connection, &identity, &token, TokenKind::Access);
        assert!(!asked.await.expect("the server says it").is_active);
    }
    let wrong = ClientIdentity::basic("basic", "wrong");
    let grant = ClientCredentials::new(wrong).issuer(issuer());
    let error = grant
        .token()
        .fetch(&connection)
        .await
        .expect_err("it is refused");
    assert_eq!(error.code(), Some("invalid_client"));
}

/// A token that is sent twice costs the login: the server takes it for stolen.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn a_refresh_token_is_replaced_each_time_and_never_sent_again() {
    let first = logged_in("public")
        .await
        .refresh_token
        .expect("the server gives one");
    let identity = || ClientIdentity::public("public");
    let grant = RefreshToken::new(identity(), first.clone()).issuer(issuer());
    for _ in 0..5 {
        grant
            .clone()
            .token()
            .fetch(&connection())
            .await
            .expect("it is good");
    }
    let stolen = RefreshToken::new(identity(), first).issuer(issuer());
    let error = stolen
        .token()
        .fetch(&connection())
        .await
        .expect_err("it was used");
    assert_eq!(error.code(), Some("invalid_grant"));
    let error = grant
        .token()
        .fetch(&connection())
        .await
        .expect_err("all is taken back");
    assert_eq!(error.code(), Some("invalid_grant"));
}

/// Whoever logs in is who the issuer says, whatever it signs with.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn identity_tokens_of_each_algorithm() {
    for algorithm in ["RS256", "PS256", "ES256", "Ed25519"] {
        let tokens = logged_in(&format!("id-token-{algorithm}")).await;
        let token = tokens.id_token.expect("it was asked for");
        let header = token.expose().split('.').next().expect("it has parts");
        let header = URL_SAFE_NO_PAD.decode(header).expect("it is base64url");
        let header = Json::from_slice(&header).expect("it is JSON");
        assert_eq!(header.get("alg").and_then(Json::as_str), Some(algorithm));
    }
}

/// A code that somebody finds is of no use without the key that its page was told.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn a_code_that_is_bound_to_a_key() {
    let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
    let login = AuthorizationCode::new(ClientIdentity::public("dpop"), redirect.uri());
    let login = login.issuer(issuer()).scopes(["openid"]);
    let begun = login
        .clone()
        .dpop(Dpop::new(key()).expect("it is no secret"));
    let begun = begun.begin(&connection()).await.expect("all is known");
    let redirected = answer(&begun, &redirect).await;
    // RFC 7515, appendix A.3.
    let other = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;
    let other = SigningKey::from_jwk(other).expect("it is a key");
    let thief = login.dpop(Dpop::new(other).expect("it is no secret"));
    let thief = thief.resume(&begun.keep()).expect("it is one");
    let error = thief.finish(&connection(), &redirected).await;
    let error = error.expect_err("it is another key");
    assert_eq!(error.code(), Some("invalid_grant"), "{error}");
}

/// Tokens that are bound to a key, at a server that wants a nonce of its own in some proofs, or in all.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn tokens_bound_to_a_key() {
    let connection = connection();
    for name in ["dpop", "nonce"] {
        // The server compares nothing but the key: each of these begins without a nonce.
        let dpop = || Dpop::new(key()).expect("it is no secret");
        let redirect = LoopbackRedirect::bind(0).await.expect("a port is free");
        let login = AuthorizationCode::new(ClientIdentity::public(name), redirect.uri());
        let login = login.issuer(issuer()).scopes(["openid"]).dpop(dpop());
        let tokens = log_in(&login, &redirect).await.expect("somebody logs in");
        assert!(tokens.is_bound);
        let stored = StoredLogin::new(ClientIdentity::public(name), MemoryStore::new(), "me");
        let stored = stored.issuer(issuer()).dpop(dpop());
        stored.save(&connection, &tokens).await.expect("it is kept");
        let client = client(stored.clone().token());
        for _ in 0..3 {
            let somebody = me(&client).await.expect("the proof is good");
            assert_eq!(somebody.get("sub").and_then(Json::as_str), Some("ada"));
        }
        stored
            .fetch(&connection)
            .await
            .expect("it is renewed with a proof");
        // Whoever finds a token can do nothing with it.
        let found = Bearer::new(tokens.access_token).for_scheme("login");
        let thief = ClientBuilder::new(&API).base_url(issuer()).auth(found);
        let error = me(&thief.build().expect("it is valid")).await;
        assert_eq!(error.expect_err("it has no key").status(), Some(401));
    }
}

//! Tokens that the client signs: as its credential, for a token of the server, and to say who it is.

use std::time::Duration;

use attache_runtime::jwt::{Algorithm, Jwt, SigningKey};
use attache_runtime::oauth::{ClientCredentials, ClientIdentity, JwtBearer};
use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::transport::{Connections, HyperTransport};
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Credential, Json, OperationMeta, SecurityScheme,
    Undocumented,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::bearer("token")]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["token"]]);

fn server() -> FaultServer {
    let granted = r#"{"access_token":"at1","expires_in":3600}"#;
    let plan = FaultPlan::answering(200, "{}").first([Act::Answer(200, granted.to_owned())]);
    FaultServer::start(plan).expect("a port")
}

fn client(server: &FaultServer, credential: impl Into<Credential>) -> Client {
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let builder = ClientBuilder::new(&API).base_url(server.url());
    let builder = builder.transport(transport).auth(credential);
    builder.build().expect("the settings are valid")
}

async fn call(client: &Client) {
    let call = client.call(&GET).send::<Bytes, Undocumented>();
    call.await.expect("200");
}

fn key() -> SigningKey {
    SigningKey::from_secret(Algorithm::Hs256, "s3cret").expect("it is a secret")
}

fn claims(token: &str) -> Json {
    let part = token.split('.').nth(1).expect("it has three parts");
    let text = URL_SAFE_NO_PAD.decode(part).expect("it is base64url");
    Json::from_slice(&text).expect("it is JSON")
}

/// The fields of a form whose values need no decoding.
fn field(body: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(body).into_owned();
    let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_token_is_a_credential_and_used_until_it_expires() {
    let server = server();
    let token = Jwt::new(key())
        .issuer("123456")
        .lifetime(Duration::from_secs(540));
    let client = client(&server, token.token().for_scheme("token"));
    call(&client).await;
    call(&client).await;
    let received = server.received();
    let tokens = received.iter().filter_map(|it| {
        let line = it
            .head
            .lines()
            .find(|line| line.starts_with("authorization: Bearer "))?;
        Some(line["authorization: Bearer ".len()..].to_owned())
    });
    let tokens: Vec<String> = tokens.collect();
    assert_eq!(tokens.len(), 2);
    assert_eq!(tokens[0], tokens[1]);
    let claims = claims(&tokens[0]);
    let number = |name: &str| claims.get(name).and_then(Json::as_i64).expect("a number");
    assert_eq!(number("exp") - number("iat"), 540);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_assertion_gets_a_token() {
    let server = server();
    let assertion = Jwt::new(key())
        .issuer("shop@project")
        .audience("the endpoint");
    let grant = JwtBearer::new(assertion).token_url(format!("{}/token", server.url()));
    let client = client(&server, grant.token().for_scheme("token"));
    call(&client).await;
    let received = server.received();
    assert_eq!(
        field(&received[0].body, "grant_type").as_deref(),
        Some("urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer")
    );
    let assertion = field(&received[0].body, "assertion").expect("it is there");
    assert_eq!(
        claims(&assertion).get("iss").and_then(Json::as_str),
        Some("shop@project")
    );
    assert!(received[1].head.contains("authorization: Bearer at1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_says_who_it_is_by_its_key() {
    let server = server();
    let url = format!("{}/token", server.url());
    let identity = ClientIdentity::private_key_jwt("shop", key());
    let grant = ClientCredentials::new(identity).token_url(&url);
    let client = client(&server, grant.token().for_scheme("token"));
    call(&client).await;
    let received = server.received();
    let body = &received[0].body;
    assert_eq!(field(body, "client_id").as_deref(), Some("shop"));
    assert_eq!(field(body, "client_secret"), None);
    let claims = claims(&field(body, "client_assertion").expect("it is there"));
    let text = |name: &str| claims.get(name).and_then(Json::as_str).map(str::to_owned);
    assert_eq!(
        (text("iss"), text("sub")),
        (Some("shop".to_owned()), Some("shop".to_owned()))
    );
    assert_eq!(text("aud"), Some(url));
    assert!(text("jti").is_some_and(|id| id.len() == 36));
}

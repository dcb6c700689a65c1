//! What the APIs of some vendors want, each as its preset says.

use attache_runtime::presets::{
    AMAZON_SP_API, AppliedPreset, GITHUB, GOOGLE, GOOGLE_ADS, N8N, PRESETS, STRIPE, WOOCOMMERCE,
    WORDPRESS, find, restricted_data_token,
};
use attache_runtime::token::AccessToken;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Credential, OperationMeta, SecurityScheme, Undocumented,
};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A key, in PEM.
fn key() -> String {
    let key = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der = key.as_der().expect("it is written");
    let der = STANDARD.encode(der.as_ref());
    format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")
}

/// A description that names no scheme, as those of SP-API and GitHub.
static PLAIN: ApiMeta = ApiMeta::new("plain", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x");

static KEYED: ApiMeta = ApiMeta::new("keyed", "https://n8n.example.com")
    .security_schemes(&[SecurityScheme::api_key_header("key", "X-N8N-API-KEY")]);
static KEYED_GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["key"]]);

fn client(api: &'static ApiMeta, replay: &Replay, preset: AppliedPreset) -> Client {
    let builder = ClientBuilder::new(api).transport(replay.clone());
    builder.preset(preset).build().expect("it is valid")
}

async fn call(client: &Client, operation: &'static OperationMeta) {
    let called = client.call(operation).send::<Bytes, Undocumented>().await;
    called.expect("the script has an answer");
}

/// The last request: a header of it.
fn sent(replay: &Replay, header: &str) -> Option<String> {
    let requests = replay.requests();
    let last = requests.last().expect("it was sent");
    last.headers.get(header).map(str::to_owned)
}

fn first_form(replay: &Replay) -> (String, String) {
    let first = replay.requests().swap_remove(0);
    let body = first.body.as_bytes().expect("it is in memory");
    let body = String::from_utf8_lossy(&body).into_owned();
    (first.url.as_str().to_owned(), body)
}

const LWA: [(&str, &str); 3] = [
    ("client_id", "amzn1"),
    ("client_secret", "s3cret"),
    ("refresh_token", "Atzr|1"),
];

#[tokio::test]
async fn amazon_with_a_seller() {
    let granted = r#"{"access_token":"Atza|1","token_type":"bearer","expires_in":3600}"#;
    let replay = Replay::new().json(200, granted).json(200, "{}");
    let preset = AMAZON_SP_API.with(LWA).expect("all is given");
    assert!(!format!("{preset:?}").contains("s3cret"));
    let client = client(&PLAIN, &replay, preset);
    call(&client, &GET).await;
    let (url, form) = first_form(&replay);
    assert_eq!(url, "https://api.amazon.com/auth/o2/token");
    assert_eq!(
        form,
        "grant_type=refresh_token&refresh_token=Atzr%7C1&client_id=amzn1&client_secret=s3cret"
    );
    assert_eq!(
        sent(&replay, "x-amz-access-token").as_deref(),
        Some("Atza|1")
    );
    assert_eq!(sent(&replay, "Authorization"), None);
}

#[tokio::test]
async fn amazon_without_a_seller() {
    let granted = r#"{"access_token":"Atza|2","expires_in":3600}"#;
    let replay = Replay::new().json(200, granted).json(200, "{}");
    let scope = ("scope", "sellingpartnerapi::notifications");
    let preset = AMAZON_SP_API.with([LWA[0], LWA[1], scope]);
    let client = client(&PLAIN, &replay, preset.expect("all is given"));
    call(&client, &GET).await;
    let (_, form) = first_form(&replay);
    assert!(
        form.starts_with(
            "grant_type=client_credentials&scope=sellingpartnerapi%3A%3Anotifications"
        ),
        "{form}"
    );
}

/// Personal data of buyers takes another token; addresses of documents take none.
#[tokio::test]
async fn amazon_with_restricted_data_and_documents() {
    let granted = r#"{"access_token":"Atza|1","expires_in":3600}"#;
    let restricted = r#"{"restrictedDataToken":"Atz.rdt","expiresIn":3600}"#;
    let replay = Replay::new()
        .json(200, granted)
        .json(200, restricted)
        .json(200, "{}")
        .json(200, "{}");
    let preset = AMAZON_SP_API.with(LWA).expect("all is given");
    let client = client(&PLAIN, &replay, preset.clone());
    let token: AccessToken = preset.access_token().expect("it is one");
    let token = restricted_data_token(
        token,
        "https://api.example.com/",
        &[("GET", "/orders/v0/orders/{orderId}/address")],
        &["shippingAddress"],
    );
    let mut restricted = client.call(&GET);
    restricted.auth(Credential::from(token));
    restricted.send::<Bytes, Undocumented>().await.expect("200");
    let requests = replay.requests();
    let asked = &requests[1];
    let address = "https://api.example.com/tokens/2021-03-01/restrictedDataToken";
    assert_eq!(asked.url.as_str(), address);
    assert_eq!(asked.headers.get("x-amz-access-token"), Some("Atza|1"));
    let body = asked.body.as_bytes().expect("it is in memory");
    assert_eq!(
        String::from_utf8_lossy(&body),
        r#"{"restrictedResources":[{"method":"GET","path":"/orders/v0/orders/{orderId}/address","dataElements":["shippingAddress"]}]}"#
    );
    assert_eq!(
        sent(&replay, "x-amz-access-token").as_deref(),
        Some("Atz.rdt")
    );
    let fetching = client.request("GET", "/report?X-Amz-Signature=1");
    let fetching = fetching.base_url("https://bucket.s3.amazonaws.com");
    fetching.send::<Bytes>().await.expect("200");
    let document = "https://bucket.s3.amazonaws.com/report?X-Amz-Signature=1";
    assert_eq!(replay.requests()[3].url.as_str(), document);
    assert_eq!(sent(&replay, "x-amz-access-token"), None);
}

#[tokio::test]
async fn google_ads_with_somebody() {
    let granted = r#"{"access_token":"ya29","expires_in":3599}"#;
    let replay = Replay::new().json(200, granted).json(200, "{}");
    let further = [("developer_token", "dev"), ("login_customer_id", "123")];
    let preset = GOOGLE_ADS.with(LWA.into_iter().chain(further));
    let client = client(&PLAIN, &replay, preset.expect("all is given"));
    call(&client, &GET).await;
    let (url, _) = first_form(&replay);
    assert_eq!(url, "https://oauth2.googleapis.com/token");
    assert_eq!(
        sent(&replay, "Authorization").as_deref(),
        Some("Bearer ya29")
    );
    assert_eq!(sent(&replay, "developer-token").as_deref(), Some("dev"));
    assert_eq!(sent(&replay, "login-customer-id").as_deref(), Some("123"));
    let error = GOOGLE_ADS.with(LWA).expect_err("it wants the developer");
    let expected = "the preset google-ads needs developer_token as well";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn google_with_a_service_account() {
    let granted = r#"{"access_token":"ya29","expires_in":3599}"#;
    let replay = Replay::new().json(200, granted).json(200, "{}");
    let preset = GOOGLE.with([
        ("client_email", "shop@project.iam.gserviceaccount.com"),
        ("private_key", key().as_str()),
        ("scope", "https://www.googleapis.com/auth/spreadsheets"),
        ("subject", "ada@example.com"),
    ]);
    let client = client(&PLAIN, &replay, preset.expect("all is given"));
    call(&client, &GET).await;
    let (_, form) = first_form(&replay);
    let assertion = form.split_once("assertion=").expect("it has one").1;
    let claims = claims(assertion);
    for expected in [
        r#""iss":"shop@project.iam.gserviceaccount.com""#,
        r#""aud":"https://oauth2.googleapis.com/token""#,
        r#""scope":"https://www.googleapis.com/auth/spreadsheets""#,
        r#""sub":"ada@example.com""#,
    ] {
        assert!(claims.contains(expected), "{claims}");
    }
}

fn claims(token: &str) -> String {
    let claims = token.split('.').nth(1).expect("it has claims");
    let claims = URL_SAFE_NO_PAD.decode(claims);
    String::from_utf8(claims.expect("it is base64")).expect("it is JSON")
}

#[tokio::test]
async fn stripe() {
    let replay = Replay::new().json(200, "{}");
    let preset = STRIPE.with([
        ("api_key", "sk_test_1"),
        ("version", "2026-10-29.clover"),
        ("account", "acct_1"),
    ]);
    let client = client(&PLAIN, &replay, preset.expect("all is given"));
    call(&client, &GET).await;
    assert_eq!(
        sent(&replay, "Authorization").as_deref(),
        Some("Bearer sk_test_1")
    );
    assert_eq!(
        sent(&replay, "Stripe-Version").as_deref(),
        Some("2026-10-29.clover")
    );
    assert_eq!(sent(&replay, "Stripe-Account").as_deref(), Some("acct_1"));
    assert_eq!(sent(&replay, "Stripe-Context"), None);
}

#[tokio::test]
async fn github_with_a_token() {
    let replay = Replay::new().json(200, "{}");
    let preset = GITHUB.with([("token", "ghp_1")]).expect("all is given");
    call(&client(&PLAIN, &replay, preset), &GET).await;
    assert_eq!(
        sent(&replay, "Authorization").as_deref(),
        Some("Bearer ghp_1")
    );
    assert_eq!(
        sent(&replay, "X-GitHub-Api-Version").as_deref(),
        Some("2022-11-28")
    );
}

/// An App says who it is by a token that it signs, and gets one for its installation.
#[tokio::test]
async fn github_with_an_app() {
    let granted = r#"{"token":"ghs_1","expires_at":"2099-01-01T00:00:00Z"}"#;
    let replay = Replay::new()
        .json(201, granted)
        .json(200, "{}")
        .json(200, "{}");
    let preset = GITHUB.with([
        ("app_id", "42"),
        ("private_key", key().as_str()),
        ("installation_id", "7"),
    ]);
    let client = client(&PLAIN, &replay, preset.expect("all is given"));
    call(&client, &GET).await;
    call(&client, &GET).await;
    let requests = replay.requests();
    let address = "https://api.github.com/app/installations/7/access_tokens";
    assert_eq!(requests[0].url.as_str(), address);
    let app = requests[0]
        .headers
        .get("Authorization")
        .expect("it says who it is");
    let claims = claims(app.strip_prefix("Bearer ").expect("it is a token"));
    assert!(claims.contains(r#""iss":"42""#), "{claims}");
    assert_eq!(
        sent(&replay, "Authorization").as_deref(),
        Some("Bearer ghs_1")
    );
    assert_eq!(requests.len(), 3, "one token for both calls");
}

#[tokio::test]
async fn servers_of_ones_own() {
    let replay = Replay::new()
        .json(200, "{}")
        .json(200, "{}")
        .json(200, "{}");
    let preset = N8N.with([("api_key", "n8n_1")]).expect("all is given");
    call(&client(&KEYED, &replay, preset), &KEYED_GET).await;
    assert_eq!(sent(&replay, "X-N8N-API-KEY").as_deref(), Some("n8n_1"));
    let user = [
        ("username", "ada"),
        ("application_password", "abcd EFGH 1234"),
    ];
    let preset = WORDPRESS.with(user).expect("all is given");
    call(&client(&PLAIN, &replay, preset), &GET).await;
    let basic = "Basic YWRhOmFiY2QgRUZHSCAxMjM0";
    assert_eq!(sent(&replay, "Authorization").as_deref(), Some(basic));
    let keys = [("consumer_key", "ck_1"), ("consumer_secret", "cs_1")];
    let preset = WOOCOMMERCE.with(keys).expect("all is given");
    call(&client(&PLAIN, &replay, preset), &GET).await;
    let basic = "Basic Y2tfMTpjc18x";
    assert_eq!(sent(&replay, "Authorization").as_deref(), Some(basic));
}

/// What a generator writes of a client.
#[allow(unreachable_pub, reason = "the client of a crate is public")]
mod generated {
    #[derive(Clone, Debug)]
    pub struct Client {
        inner: attache_runtime::Client,
    }
    attache_runtime::client! { Client, ClientBuilder, super::PLAIN }
}

#[tokio::test]
async fn builders_of_generated_clients_take_presets() {
    let replay = Replay::new().json(200, "{}");
    let preset = STRIPE.with([("api_key", "sk1")]).expect("all is given");
    let builder = generated::Client::builder().preset(preset);
    let client = builder.transport(replay.clone()).build().expect("valid");
    call(client.as_ref(), &GET).await;
    assert_eq!(
        sent(&replay, "authorization").as_deref(),
        Some("Bearer sk1")
    );
}

#[test]
fn what_is_missing_or_unknown_is_named() {
    let none: [(&str, &str); 0] = [];
    for preset in PRESETS {
        assert_eq!(find(preset.name).map(|it| it.name), Some(preset.name));
        let error = preset
            .with(none)
            .expect_err("it wants something")
            .to_string();
        assert!(
            error.contains(preset.name) && error.contains("needs"),
            "{error}"
        );
    }
    let error = STRIPE.with([("apikey", "sk")]).expect_err("there is none");
    let expected =
        "the preset stripe has no setting \"apikey\"; there are account, api_key, context, version";
    assert_eq!(error.to_string(), expected);
    let key = [
        ("app_id", "1"),
        ("private_key", "no key"),
        ("installation_id", "7"),
    ];
    let error = GITHUB.with(key).expect_err("it is no key").to_string();
    assert!(
        error.contains("private_key") && !error.contains("no key"),
        "{error}"
    );
    assert!(find("nobody").is_none());
}

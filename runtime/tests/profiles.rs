//! Settings from profiles.

mod configured;

use std::io;
use std::path::Path;

use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bearer, ClientBuilder, Environment, OperationMeta, SecurityScheme, Undocumented,
};
use configured::{API, LIST, limits, refusal, sent};

static UPLOAD: OperationMeta = OperationMeta::new("upload", "GET", "/x")
    .server("https://upload.example.com")
    .security(&[&["user"]]);

const FILE: &str = r#"
[depots.staging]
anything = { goes = "here" }

[parcels.staging]
base_url = "https://staging.example.com/v1"
timeout = 2.5

[parcels.staging.credentials]
apiKey = { env = "STAGING_KEY" }
user = { username = "shop", password = { file = "password.txt" } }

[parcels.staging.operation_servers]
"https://upload.example.com" = "https://upload.staging.example.com"

[parcels.local]
base_url = { env = "LOCAL_URL" }
timeout = "10s"
credentials.bearer = "plain"
"#;

fn environment(file: &str, variables: &[(&str, &str)]) -> Environment {
    let all = variables.iter().copied();
    let all = all.chain([("ATTACHE_PROFILES", "/etc/profiles.toml")]);
    let file = file.to_owned();
    Environment::of(all).files(move |path| match path {
        path if path == Path::new("/etc/profiles.toml") => Ok(file.clone()),
        path if path == Path::new("/etc/password.txt") => Ok("s3cret\r\n".to_owned()),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    })
}

fn profile(file: &str, name: &str, variables: &[(&str, &str)]) -> ClientBuilder {
    let environment = environment(file, variables);
    ClientBuilder::new(&API)
        .environment(environment)
        .profile(name)
}

#[tokio::test]
async fn a_profile() {
    let key = [("STAGING_KEY", "k")];
    let staging = || profile(FILE, "staging", &key);
    assert_eq!(
        sent(staging(), &LIST).await,
        "https://staging.example.com/v1/x k"
    );
    assert_eq!(
        sent(staging(), &UPLOAD).await,
        "https://upload.staging.example.com/x Basic c2hvcDpzM2NyZXQ="
    );
    let local = profile(FILE, "local", &[("LOCAL_URL", "http://127.0.0.1:1")]);
    assert_eq!(
        sent(local, &LIST).await,
        "http://127.0.0.1:1/x Bearer plain"
    );
}

static OAUTH: ApiMeta = ApiMeta::new("parcels_client", "https://api.example.com/v1")
    .environment("PARCELS")
    .security_schemes(&[
        SecurityScheme::other("oauth", "oauth2").token_url("https://login.example.com/token")
    ]);
static GUARDED: OperationMeta = OperationMeta::new("list", "GET", "/x").security(&[&["oauth"]]);

#[tokio::test]
async fn a_way_to_get_tokens() {
    let built = |line: &str| {
        let file = format!("[parcels.x.credentials]\noauth = {line}\n");
        let environment = environment(&file, &[("SECRET", "s3cret")]);
        let replay = Replay::new()
            .json(200, r#"{"access_token":"at1"}"#)
            .json(204, "");
        let builder = ClientBuilder::new(&OAUTH).environment(environment);
        (
            replay.clone(),
            builder.profile("x").transport(replay).build(),
        )
    };
    let (replay, client) = built(r#"{ client_id = "shop", client_secret = { env = "SECRET" } }"#);
    let client = client.expect("it is valid");
    client
        .call(&GUARDED)
        .send::<(), Undocumented>()
        .await
        .expect("204");
    let requests = replay.requests();
    assert_eq!(requests[0].url.as_str(), "https://login.example.com/token");
    assert_eq!(
        requests[0].headers.get("authorization"),
        Some("Basic c2hvcDpzM2NyZXQ=")
    );
    assert_eq!(requests[1].headers.get("authorization"), Some("Bearer at1"));
    for (line, expected) in [
        (
            r#"{ client_id = "shop" }"#,
            "has neither `client_secret` nor `refresh_token`",
        ),
        (
            r#"{ client_id = "shop", secret = "x" }"#,
            "there is no key parcels.x.credentials.oauth.secret",
        ),
    ] {
        let error = built(line).1.expect_err("it is none").to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn limits_of_a_profile() {
    const LIMITS: &str = "
[parcels.slow]
attempts = 2
retry_budget = 50
concurrency = 3
attempt_timeout = 1.5
quota = { rate = 25, burst = 5 }
";
    let (attempts, tokens, rate) = limits(profile(LIMITS, "slow", &[])).await;
    assert_eq!((attempts, tokens), (2, 36.0));
    assert_eq!(rate.map(f64::round), Some(25.0));
    // A variable comes before the profile.
    let variables = [("PARCELS_ATTEMPTS", "1")];
    let (attempts, ..) = limits(profile(LIMITS, "slow", &variables)).await;
    assert_eq!(attempts, 1);
}

#[tokio::test]
async fn what_comes_before_a_profile() {
    let variables = [
        ("STAGING_KEY", "k"),
        ("PARCELS_BASE_URL", "http://127.0.0.1:2"),
        ("PARCELS_BEARER", "environment"),
    ];
    assert_eq!(
        sent(profile(FILE, "staging", &variables), &LIST).await,
        "http://127.0.0.1:2/x Bearer environment"
    );
    let builder = profile(FILE, "staging", &variables)
        .auth(Bearer::new("builder"))
        .operation_server("https://upload.example.com", "http://127.0.0.1:3")
        .base_url("http://127.0.0.1:4");
    assert_eq!(
        sent(builder.clone(), &LIST).await,
        "http://127.0.0.1:4/x Bearer builder"
    );
    assert_eq!(
        sent(builder, &UPLOAD).await,
        "http://127.0.0.1:3/x Basic c2hvcDpzM2NyZXQ="
    );
}

#[test]
fn files_that_cannot_be_used() {
    let check = |file: &str, expected: &str| {
        let message = refusal(profile(file, "x", &[]));
        assert_eq!(message, format!("/etc/profiles.toml: {expected}"), "{file}");
    };
    check(
        "[parcels.y]\n[parcels.z]",
        "there is no profile \"x\"; there are y, z",
    );
    check(
        "[depots.x]",
        "there is no part for \"parcels\"; there are depots",
    );
    check(
        "[parcels.x]\nbase_ulr = \"s3cret\"",
        "there is no key parcels.x.base_ulr; there are base_url, timeout, attempt_timeout, attempts, retry_budget, concurrency, quota, credentials, store, operation_servers, groups, operations",
    );
    check(
        "[parcels.x.credentials]\napikey = \"s3cret\"",
        "there is no security scheme \"apikey\"; there are apiKey, bearer, user, tls",
    );
    check(
        "[parcels.x.credentials]\napiKey = { env = \"UNSET\" }",
        "parcels.x.credentials.apiKey is in the variable UNSET, which is not set",
    );
    check(
        "[parcels.x.credentials]\napiKey = { file = \"/none\" }",
        "parcels.x.credentials.apiKey: /none cannot be read: entity not found",
    );
    check(
        "[parcels.x.credentials]\napiKey = { key = \"s3cret\" }",
        "parcels.x.credentials.apiKey has to be a text, or `{ env = \"NAME\" }`, or `{ file = \"path\" }`",
    );
    check(
        "[parcels.x.credentials]\nuser = { name = \"s3cret\" }",
        "there is no key parcels.x.credentials.user.name; there are username, password",
    );
    check(
        "[parcels.x.credentials]\ntls = \"s3cret\"",
        "parcels.x.credentials.tls is no credential that a call can carry",
    );
    check(
        "[parcels.x]\ntimeout = 0x10",
        "parcels.x.timeout is no time that a call may take, such as \"30s\"",
    );
    check(
        "[parcels.x]\nattempts = 0",
        "parcels.x.attempts is no whole number above zero",
    );
    check(
        "[parcels.x]\nquota = { burst = 2 }",
        "parcels.x.quota has no `rate`, in requests per second",
    );
    check(
        "[parcels.x]\nquota = { rate = 0.0 }",
        "parcels.x.quota is no quota: `rate` is above zero, and `burst` a whole number above zero",
    );
    check(
        "[parcels.x]\nquota = { rate = 1, bust = 2 }",
        "there is no key parcels.x.quota.bust; there are rate, burst",
    );
    check("[parcels]\nx = 1", "parcels.x has to be a table");
    let message = refusal(profile("[parcels.x]\nbase_url = \"s3cret", "x", &[]));
    assert!(message.starts_with("/etc/profiles.toml: it is no TOML, from line 2 on: "));
}

#[test]
fn which_file() {
    let nowhere = ClientBuilder::new(&API).environment(Environment::of([("A", "b")]));
    assert_eq!(
        refusal(nowhere.clone().profile("x")),
        "the variable ATTACHE_PROFILES does not say in which file the profiles are"
    );
    assert_eq!(
        refusal(nowhere.clone().profiles_file("/none").profile("x")),
        "/none cannot be read: No such file or directory (os error 2)"
    );
    assert_eq!(
        refusal(nowhere.profiles_file("/none")),
        "a file of profiles is given, and `profile` names none of them"
    );
    let replaced = ClientBuilder::new(&API)
        .environment(environment("[parcels.x]", &[]))
        .profile("x")
        .profiles_file("/etc/profiles.toml");
    replaced.transport(Replay::new()).build().expect("valid");
}

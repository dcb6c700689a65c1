//! Settings from the environment and from profiles.

use std::env::VarError;
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bearer, BuildError, ClientBuilder, Environment, OperationMeta, SecurityScheme, Server,
    Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels_client", "https://api.example.com/v1")
    .environment("PARCELS")
    .operation_servers(&["https://upload.example.com"])
    .security_schemes(&[
        SecurityScheme::api_key_header("apiKey", "X-Api-Key")
            .given_by("api_key", "PARCELS_API_KEY"),
        SecurityScheme::bearer("bearer").given_by("bearer", "PARCELS_BEARER"),
        SecurityScheme::basic("user").given_by("user", "PARCELS_USER"),
        SecurityScheme::other("tls", "mutualTLS"),
    ]);

static LIST: OperationMeta =
    OperationMeta::new("list", "GET", "/x").security(&[&["apiKey"], &["bearer"], &["user"]]);
#[cfg(feature = "profiles")]
static UPLOAD: OperationMeta = OperationMeta::new("upload", "GET", "/x")
    .server("https://upload.example.com")
    .security(&[&["user"]]);

fn builder(variables: &[(&str, &str)]) -> ClientBuilder {
    let variables = variables.iter().map(|&(name, value)| (name, value));
    ClientBuilder::new(&API).environment(Environment::of(variables))
}

/// Where an operation goes, with which headers of credentials.
async fn sent(builder: ClientBuilder, operation: &'static OperationMeta) -> String {
    let replay = Replay::new().json(204, "");
    let client = builder.transport(replay.clone()).build().expect("valid");
    let call = client.call(operation).send::<(), Undocumented>();
    call.await.expect("204");
    let request = &replay.requests()[0];
    let mut shown = request.url.as_str().to_owned();
    for name in ["x-api-key", "authorization"] {
        let value = request.headers.get(name);
        shown.extend(value.map(|value| format!(" {value}")));
    }
    shown
}

fn refusal(builder: ClientBuilder) -> String {
    let built: Result<_, BuildError> = builder.transport(Replay::new()).build();
    let message = built.expect_err("it cannot be built").to_string();
    assert!(!message.contains("s3cret"), "{message}");
    message
}

#[tokio::test]
async fn the_environment() {
    let variables = [
        ("PARCELS_BASE_URL", "http://127.0.0.1:1/v1"),
        ("PARCELS_API_KEY", "k"),
        ("PARCELS_BEARER", ""),
        ("OTHER_BEARER", "t"),
    ];
    assert_eq!(
        sent(builder(&variables), &LIST).await,
        "http://127.0.0.1:1/v1/x k"
    );
    let given = builder(&variables).base_url("http://127.0.0.1:2");
    assert_eq!(
        sent(given.auth(Bearer::new("t")), &LIST).await,
        "http://127.0.0.1:2/x Bearer t"
    );
    let server = builder(&variables).server(Server::new("https://test.example.com"));
    assert_eq!(sent(server, &LIST).await, "https://test.example.com/x k");
    let user = [
        ("PARCELS_USER_USERNAME", "a"),
        ("PARCELS_USER_PASSWORD", "b"),
    ];
    assert_eq!(
        sent(builder(&user), &LIST).await,
        "https://api.example.com/v1/x Basic YTpi"
    );
    assert_eq!(
        sent(builder(&user[..1]), &LIST).await,
        "https://api.example.com/v1/x Basic YTo="
    );
}

#[tokio::test]
async fn the_time_that_calls_may_take() {
    for (variables, explicit, expected) in [
        (vec![("PARCELS_TIMEOUT", "1500ms")], None, 1_500),
        (vec![("PARCELS_TIMEOUT", "7")], Some(2), 2_000),
        (vec![], None, 30_000),
    ] {
        let clock = ManualClock::new();
        let mut builder = builder(&variables)
            .auth(Bearer::new("t"))
            .clock(clock.clone())
            .transport(Replay::new().hang());
        if let Some(seconds) = explicit {
            builder = builder.timeout(Duration::from_secs(seconds));
        }
        let client = builder.build().expect("valid");
        let call = tokio::spawn(client.call(&LIST).send::<(), Undocumented>());
        tokio::task::yield_now().await;
        clock.advance(Duration::from_millis(expected - 1));
        tokio::task::yield_now().await;
        assert!(!call.is_finished(), "{variables:?}");
        clock.advance(Duration::from_millis(1));
        let error = call.await.expect("no panic").expect_err("too late");
        assert!(error.is_timeout());
    }
}

/// How often a call that always fails is sent, what is left for retries, and the quota of the client.
async fn limits(builder: ClientBuilder) -> (u32, f64, Option<f64>) {
    let replay = (0..9).fold(Replay::new(), |replay, _| {
        replay.fail(attache_runtime::transport::TransportErrorKind::NotSent)
    });
    let client = builder
        .auth(Bearer::new("t"))
        .transport(replay)
        .build()
        .expect("valid");
    let call = client.call(&LIST).send::<(), Undocumented>();
    let error = call.await.expect_err("nothing answers");
    let health = client.health();
    let rate = health.quotas.first().and_then(|quota| quota.rate);
    (error.attempts(), health.retry_tokens as f64, rate)
}

#[tokio::test]
async fn limits_of_calls() {
    let usual = limits(builder(&[])).await;
    assert_eq!(usual, (3, 472.0, None));
    let variables = [
        ("PARCELS_ATTEMPTS", "2"),
        ("PARCELS_RETRY_BUDGET", "100"),
        ("PARCELS_RATE", "50"),
        ("PARCELS_BURST", "10"),
        ("PARCELS_CONCURRENCY", "4"),
        ("PARCELS_ATTEMPT_TIMEOUT", "5s"),
    ];
    let rate = |(attempts, tokens, rate): (u32, f64, Option<f64>)| {
        (attempts, tokens, rate.map(f64::round))
    };
    let by_variables = rate(limits(builder(&variables)).await);
    assert_eq!(by_variables, (2, 86.0, Some(50.0)));
    // What the builder is told comes first.
    let told = builder(&variables)
        .retry(attache_runtime::Retry::off())
        .retry_budget(7)
        .quota(attache_runtime::Quota::per_second(20.0, 1));
    assert_eq!(rate(limits(told).await), (1, 7.0, Some(20.0)));
}

#[test]
fn variables_that_cannot_be_used() {
    for (variable, value, expected) in [
        ("PARCELS_ATTEMPTS", "0", "is not a whole number above zero"),
        (
            "PARCELS_RETRY_BUDGET",
            "s3cret",
            "is not a whole number above zero",
        ),
        (
            "PARCELS_CONCURRENCY",
            "-1",
            "is not a whole number above zero",
        ),
        (
            "PARCELS_RATE",
            "0",
            "is not a number of requests per second",
        ),
        (
            "PARCELS_ATTEMPT_TIMEOUT",
            "soon",
            "is not a time that a call may take, such as `30s`",
        ),
    ] {
        assert_eq!(
            refusal(builder(&[(variable, value)])),
            format!("the variable {variable} {expected}")
        );
    }
    assert_eq!(
        refusal(builder(&[("PARCELS_BURST", "3")])),
        "the variable PARCELS_BURST is set, and PARCELS_RATE is not"
    );
    assert_eq!(
        refusal(builder(&[("PARCELS_TIMEOUT", "s3cret")])),
        "the variable PARCELS_TIMEOUT is not a time that a call may take, such as `30s`"
    );
    assert_eq!(
        refusal(builder(&[("PARCELS_USER_PASSWORD", "s3cret")])),
        "the variable PARCELS_USER_PASSWORD is set, and PARCELS_USER_USERNAME is not"
    );
    assert_eq!(
        refusal(builder(&[("PARCELS_BASE_URL", "https://a:s3cret@b")])),
        "the variable PARCELS_BASE_URL: \"b\" is not a base URL: it must not hold a user name or a password; \
         credentials are given with `auth`"
    );
    let unreadable = Environment::new(|_| Err(VarError::NotUnicode("s3cret".into())));
    assert_eq!(
        refusal(ClientBuilder::new(&API).environment(unreadable)),
        "the variable PARCELS_BASE_URL is not UTF-8"
    );
}

#[test]
fn nothing_is_shown() {
    let variables = [("PARCELS_API_KEY", "s3cret")];
    let builder = builder(&variables).auth(Bearer::new("s3cret"));
    let shown = format!("{builder:?} {:?}", Environment::of(variables));
    let client = builder.transport(Replay::new()).build().expect("valid");
    assert!(!format!("{shown} {client:?}").contains("s3cret"));
}

#[tokio::test]
async fn what_is_missing_and_how_to_give_it() {
    let client = builder(&[])
        .transport(Replay::new())
        .build()
        .expect("valid");
    let error = client.call(&LIST).send::<(), Undocumented>().await;
    assert_eq!(
        error.expect_err("no credential").to_string(),
        "list (GET /x) was not sent: the client has no credential for apiKey (`api_key(…)`, or the variable \
         PARCELS_API_KEY) or bearer (`bearer(…)`, or the variable PARCELS_BEARER) or user (`user(…, …)`, or the \
         variables PARCELS_USER_USERNAME and PARCELS_USER_PASSWORD)"
    );
}

#[cfg(feature = "profiles")]
mod profiles {
    use std::io;
    use std::path::Path;

    use super::*;

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
            "there is no key parcels.x.base_ulr; there are base_url, timeout, attempt_timeout, attempts, retry_budget, concurrency, quota, credentials, operation_servers, groups, operations",
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
}

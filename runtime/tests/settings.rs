//! Settings from the environment.

mod configured;

use std::env::VarError;
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{Bearer, ClientBuilder, Environment, Server, Undocumented};
use configured::{API, LIST, limits, refusal, sent};

fn builder(variables: &[(&str, &str)]) -> ClientBuilder {
    let variables = variables.iter().map(|&(name, value)| (name, value));
    ClientBuilder::new(&API).environment(Environment::of(variables))
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

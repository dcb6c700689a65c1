//! Real connections to a server on a bad day: what calls come to, and how often they are sent.

mod transports;

use std::time::{Duration, Instant};

use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::transport::Connections;
use attache_runtime::{
    ApiMeta, Breaker, Client, ClientBuilder, Json, OperationMeta, Retry, Undocumented,
};
use transports::{Make, TRANSPORTS};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcel");
static CREATE: OperationMeta = OperationMeta::new("createParcel", "POST", "/parcels");

fn client(make: Make, server: &FaultServer) -> ClientBuilder {
    let connections = Connections::new().no_proxy();
    ClientBuilder::new(&API)
        .base_url(server.url())
        .transport(make(connections).expect("the settings are valid"))
        .retry(Retry::new().base(Duration::from_millis(1)))
        .breaker(Breaker::off())
        .timeout(Duration::from_secs(5))
        .attempt_timeout(Duration::from_millis(300))
}

async fn call(client: &Client, operation: &'static OperationMeta) -> Result<Json, String> {
    let mut call = client.call(operation);
    if operation.method() == "POST" {
        call.json::<Json>("application/json", "new".to_owned());
    }
    let outcome = call.send::<Json, Undocumented>().await;
    outcome.map_err(|error| error.to_string())
}

/// A fault, whether the request may have been carried out, and what is said of it without further attempts.
fn faults() -> Vec<(Act, bool, &'static str)> {
    vec![
        (
            Act::ResetBeforeHeaders,
            true,
            "the connection broke before the answer",
        ),
        (
            Act::ResetInHeaders,
            true,
            "the connection broke before the answer",
        ),
        (Act::ResetInBody(10), true, "broke off in its body"),
        (Act::CloseInBody(10), true, "broke off in its body"),
        (
            Act::HalfClose,
            true,
            "the connection broke before the answer",
        ),
        (
            Act::Drip(Duration::from_millis(50), 200, "{}".to_owned()),
            true,
            "300ms",
        ),
        (
            Act::WrongLength(100, "{}".to_owned()),
            true,
            "broke off in its body",
        ),
        (Act::Silence, true, "300ms"),
        (Act::Garbage, true, "the connection broke before the answer"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_nothing_is_sent_again_and_nothing_else() {
    for make in TRANSPORTS {
        for (act, may_be_done, expected) in faults() {
            let server = |acts: usize| {
                let acts = vec![act.clone(); acts];
                FaultServer::start(FaultPlan::answering(200, "7").first(acts)).expect("a port")
            };
            let first = server(1);
            let client_of = |server| {
                client(make, server)
                    .build()
                    .expect("the settings are valid")
            };
            let outcome = call(&client_of(&first), &GET).await;
            assert_eq!(
                outcome.map(|it| it.to_string()).as_deref(),
                Ok("7"),
                "{act:?}"
            );
            assert_eq!(first.received().len(), 2, "{act:?}");

            let first = server(1);
            let outcome = call(&client_of(&first), &CREATE).await;
            assert_eq!(outcome.is_err(), may_be_done, "{act:?}");
            let error = outcome.expect_err("it must not be sent twice");
            assert!(error.contains(expected), "{act:?}: {error}");
            assert_eq!(first.received().len(), 1, "{act:?}");
            assert_eq!(first.received()[0].body, b"\"new\"");
        }
    }
}

/// A server may close a connection just when it is used again. What was never sent is sent on another connection; what
/// may have been is left to the class of the operation.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_closes_after_its_answer() {
    for make in TRANSPORTS {
        let plan = FaultPlan::answering(200, "7");
        let plan = plan.first((0..6).map(|_| Act::AnswerAndClose(200, "7".to_owned())));
        let server = FaultServer::start(plan).expect("a port");
        let client = client(make, &server)
            .build()
            .expect("the settings are valid");
        for _ in 0..6 {
            assert!(call(&client, &GET).await.is_ok());
        }
        // Once the end of the connection has been seen, not even an unsafe call meets it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(call(&client, &CREATE).await.is_ok());
        let connections = server.received().iter().map(|it| it.connection).max();
        assert!(connections >= Some(5), "{connections:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_shorter_than_it_says_is_no_answer_and_a_longer_one_is_cut() {
    for make in TRANSPORTS {
        let plan =
            FaultPlan::answering(200, "7").first([Act::WrongLength(1, "7 and more".to_owned())]);
        let server = FaultServer::start(plan).expect("a port");
        let client = client(make, &server)
            .build()
            .expect("the settings are valid");
        let outcome = call(&client, &GET).await;
        assert_eq!(outcome.map(|it| it.to_string()).as_deref(), Ok("7"));
        assert!(
            call(&client, &GET).await.is_ok(),
            "the rest is no answer to another request"
        );
    }
}

/// With a fifth of all requests going wrong in every way, calls that may be sent again come to an end, and those that
/// must not are sent once.
#[tokio::test(flavor = "multi_thread")]
async fn a_bad_day() {
    for (make, seed) in TRANSPORTS.into_iter().zip([3, 8]) {
        let plan = FaultPlan::answering(200, "7").by_chance(seed, 0.2);
        let server = FaultServer::start(plan).expect("a port");
        let patient = Retry::new().attempts(8).base(Duration::from_millis(1));
        let patient = patient.throttled_base(Duration::from_millis(1));
        let client = client(make, &server).retry(patient).retry_budget(100_000);
        let client = client.build().expect("the settings are valid");
        let begun = Instant::now();
        for _ in 0..100 {
            let outcome = call(&client, &GET).await;
            assert!(outcome.is_ok(), "{outcome:?}");
        }
        let before = server.received().len();
        assert!(before > 100, "some were sent again");
        let mut failed = 0;
        for _ in 0..100 {
            failed += usize::from(call(&client, &CREATE).await.is_err());
        }
        assert!((1..60).contains(&failed), "{failed}");
        // Answers that ask for another attempt, and nothing else, may double an unsafe request.
        let sent = server.received().split_off(before);
        let asked = sent
            .iter()
            .filter(|it| matches!(it.act, Act::Answer(503 | 429, _)));
        assert!(sent.len() <= 100 + asked.count(), "{}", sent.len());
        assert!(begun.elapsed() < Duration::from_secs(60));
    }
}

//! Random schedules of calls, in simulated time: whatever happens, the guarantees hold; and each check fails where
//! what it checks is broken on purpose.
//!
//! `ATTACHE_SCHEDULES` says how many schedules are tried, `ATTACHE_SEED` where they begin.

mod checks;
mod schedule;
mod server;

use std::sync::Arc;
use std::time::Duration;

use attache_runtime::random::{Random, SeededRandom};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::{ApiMeta, Bytes, Client, Clock, OperationMeta, RetryClass, Undocumented};
use checks::check;
use schedule::{Ended, Planned, Promise};
use server::Server;

static API: ApiMeta = ApiMeta::new("simulation", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/a").group("a");
static PUT: OperationMeta = OperationMeta::new("put", "PUT", "/b").group("b");
static POST: OperationMeta = OperationMeta::new("post", "POST", "/b").group("b");
/// What `post` is where its class is broken.
static CARELESS_POST: OperationMeta = OperationMeta::new("post", "POST", "/b")
    .group("b")
    .retry_class(RetryClass::Idempotent);

/// What is broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mutation {
    Attempts,
    Budget,
    Deadline,
    Quota,
    Class,
    Cancellation,
    Admission,
    Breaker,
}

/// Runs a schedule, and says which promise is broken.
fn run(seed: u64, mutation: Option<Mutation>) -> Result<(), String> {
    let random = SeededRandom::new(seed);
    let promise = Promise::of(&random);
    let clock = SimulatedClock::new();
    let server = Server {
        clock: clock.clone(),
        random: Arc::new(SeededRandom::new(seed ^ 0xF00D)),
        begun: clock.now(),
        sent: Arc::default(),
        faults: random.next() % 10,
        completed: Arc::default(),
        running: Arc::default(),
    };
    let client = promise.client(&server, seed, mutation);
    let calls = promise.calls.iter().enumerate();
    let calls = calls.map(|(number, plan)| carry_out(&client, &server, number, plan, mutation));
    let ended = clock.run_all(calls);
    let sent = server.sent.lock().unwrap().clone();
    let completed = server.completed.lock().unwrap().clone();
    let (left, most) = *server.running.lock().unwrap();
    let crowd = match (left, most) {
        (0, most) if most <= promise.at_once => Ok(()),
        (0, most) => Err(format!("{most} requests were under way at once")),
        (left, _) => Err(format!("{left} requests are under way at the end")),
    };
    crowd
        .and_then(|()| check(&promise, &sent, &completed, &ended))
        .map_err(|broken| {
            format!("seed {seed}: {broken}\n{promise:#?}\n{sent:#?}\n{completed:#?}\n{ended:#?}")
        })
}

async fn carry_out(
    client: &Client,
    server: &Server,
    number: usize,
    plan: &Planned,
    mutation: Option<Mutation>,
) -> Ended {
    let is = |wanted: Mutation| mutation == Some(wanted);
    server.clock.sleep(plan.begins).await;
    let mut call = client.call(match plan.operation {
        "get" => &GET,
        "put" => &PUT,
        _ if is(Mutation::Class) => &CARELESS_POST,
        _ => &POST,
    });
    call.extra_header("x-call", number.to_string());
    let timeout = if is(Mutation::Deadline) {
        plan.timeout * 3
    } else {
        plan.timeout
    };
    call.timeout(timeout);
    let mut pending = call.send_full::<Bytes, Undocumented, ()>();
    let given_up = plan.given_up.filter(|_| !is(Mutation::Cancellation));
    let patience = given_up.unwrap_or(Duration::from_secs(1_000));
    let mut patience = server.clock.sleep(patience);
    let outcome = std::future::poll_fn(|context| {
        use std::task::Poll;
        match std::pin::Pin::new(&mut pending).poll(context) {
            Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
            Poll::Pending => patience.as_mut().poll(context).map(|()| None),
        }
    });
    let outcome = outcome.await;
    Ended {
        at: server.clock.now() - server.begun,
        is_success: matches!(&outcome, Some(Ok(_))),
        attempts: match &outcome {
            Some(Ok(response)) => response.attempts(),
            Some(Err(error)) => error.attempts(),
            None => 0,
        },
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let text = std::env::var(variable).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn guarantees_hold_in_any_schedule() {
    let begin = number("ATTACHE_SEED", 1);
    for seed in begin..begin + number("ATTACHE_SCHEDULES", 10_000) {
        run(seed, None).unwrap_or_else(|broken| panic!("{broken}"));
    }
}

#[test]
fn each_check_fails_where_its_mechanism_is_broken() {
    for (mutation, expected) in [
        (Mutation::Attempts, "more often than it may be"),
        (Mutation::Budget, "cost more than there was"),
        (Mutation::Deadline, "after its deadline"),
        (Mutation::Quota, "requests in"),
        (Mutation::Class, "may have been done twice"),
        (Mutation::Cancellation, "after it had been given up"),
        (Mutation::Admission, "under way at once"),
        (Mutation::Breaker, "while the circuit was open"),
    ] {
        let found = (1..2_000).filter_map(|seed| run(seed, Some(mutation)).err());
        let is_expected = |broken: &String| {
            broken
                .lines()
                .next()
                .is_some_and(|line| line.contains(expected))
        };
        assert!(
            found.into_iter().any(|broken| is_expected(&broken)),
            "{mutation:?} goes unnoticed"
        );
    }
}

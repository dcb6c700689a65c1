//! Random schedules of calls, in simulated time: whatever happens, the guarantees hold; and each check fails where
//! what it checks is broken on purpose.
//!
//! `ATTACHE_SCHEDULES` says how many schedules are tried, `ATTACHE_SEED` where they begin.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use attache_runtime::random::{Random, SeededRandom};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportErrorKind, TransportRequest, TransportResponse,
};
use attache_runtime::{
    Admission, ApiMeta, Breaker, Bytes, Client, ClientBuilder, Clock, Headers, OperationMeta,
    Quota, Retry, RetryClass, Undocumented,
};

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
}

/// What a request came to, as the server sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Success,
    Throttled,
    Failed,
    NotSent,
    Lost,
    Hung,
}

#[derive(Clone, Debug)]
struct Sent {
    call: usize,
    at: Duration,
    fate: Fate,
}

/// A server whose answers are random, and which remembers everything.
#[derive(Clone)]
struct Server {
    clock: SimulatedClock,
    random: Arc<SeededRandom>,
    begun: Instant,
    sent: Arc<Mutex<Vec<Sent>>>,
    /// Of ten requests.
    faults: u64,
    /// How many requests are under way, and how many there have been at once.
    running: Arc<Mutex<(usize, usize)>>,
}

/// A request that is under way.
struct Running(Arc<Mutex<(usize, usize)>>);

impl Running {
    fn new(count: &Arc<Mutex<(usize, usize)>>) -> Self {
        let mut running = count.lock().unwrap();
        running.0 += 1;
        running.1 = running.1.max(running.0);
        drop(running);
        Running(count.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.lock().unwrap().0 -= 1;
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let fate = match self.random.next() % 10 < self.faults {
            false => Fate::Success,
            true => match self.random.next() % 6 {
                0 | 1 => Fate::Failed,
                2 => Fate::Throttled,
                3 => Fate::NotSent,
                4 => Fate::Lost,
                _ => Fate::Hung,
            },
        };
        let call = request
            .headers
            .get("x-call")
            .and_then(|text| text.parse().ok());
        self.sent.lock().unwrap().push(Sent {
            call: call.expect("each call says which it is"),
            at: self.clock.now() - self.begun,
            fate,
        });
        let latency = Duration::from_millis(self.random.next() % 2_000);
        let pause = self.clock.sleep(latency);
        let asked = (self.random.next() % 4).to_string();
        let running = Running::new(&self.running);
        Box::pin(async move {
            let _running = running;
            let failed = |kind| Err(TransportError::new(kind, "simulated"));
            let answer =
                |status, headers: Headers| Ok(TransportResponse::new(status, headers, "1"));
            if fate == Fate::NotSent {
                return failed(TransportErrorKind::NotSent);
            }
            pause.await;
            match fate {
                Fate::Success => answer(200, Headers::new()),
                Fate::Throttled => answer(429, Headers::from_iter([("Retry-After", asked)])),
                Fate::Failed => answer(503, Headers::new()),
                Fate::Lost => failed(TransportErrorKind::MaybeSent),
                Fate::NotSent | Fate::Hung => std::future::pending().await,
            }
        })
    }
}

/// One call of a schedule.
#[derive(Clone, Debug)]
struct Planned {
    operation: &'static str,
    begins: Duration,
    timeout: Duration,
    /// When its caller gives it up.
    given_up: Option<Duration>,
}

/// What is promised to a schedule.
#[derive(Debug)]
struct Promise {
    attempts: u32,
    budget: u32,
    quota: Option<Quota>,
    at_once: usize,
    calls: Vec<Planned>,
}

/// How a call ended.
#[derive(Debug)]
struct Ended {
    at: Duration,
    is_success: bool,
    attempts: u32,
}

fn span(random: &SeededRandom, most: u64) -> Duration {
    Duration::from_millis(random.next() % most)
}

impl Promise {
    fn of(random: &SeededRandom) -> Self {
        let one_of = |count: u64| random.next() % count;
        let quota = (one_of(2) == 0).then(|| {
            let rate = 0.5 + one_of(40) as f64 / 4.0;
            Quota::per_second(rate, 1 + u32::try_from(one_of(4)).unwrap())
        });
        let call = |_| Planned {
            operation: ["get", "put", "post"][usize::try_from(one_of(3)).unwrap()],
            begins: span(random, 5_000),
            timeout: Duration::from_millis(500) + span(random, 20_000),
            given_up: (one_of(6) == 0).then(|| span(random, 10_000)),
        };
        Promise {
            attempts: 1 + u32::try_from(one_of(5)).unwrap(),
            budget: u32::try_from(one_of(60)).unwrap(),
            quota,
            at_once: 1 + usize::try_from(one_of(8)).unwrap(),
            calls: (0..1 + one_of(12)).map(call).collect(),
        }
    }

    fn client(&self, server: &Server, seed: u64, mutation: Option<Mutation>) -> Client {
        let is = |wanted: Mutation| mutation == Some(wanted);
        let attempts = if is(Mutation::Attempts) {
            self.attempts + 3
        } else {
            self.attempts
        };
        let budget = if is(Mutation::Budget) {
            100_000
        } else {
            self.budget
        };
        let mut builder = ClientBuilder::new(&API)
            .transport(server.clone())
            .clock(server.clock.clone())
            .random(SeededRandom::new(seed))
            .retry(Retry::new().attempts(attempts))
            .retry_budget(budget)
            .attempt_timeout(Duration::from_secs(4))
            .admission(Admission::at_once(if is(Mutation::Admission) {
                100
            } else {
                self.at_once
            }))
            .breaker(match seed % 2 {
                0 => Breaker::off(),
                _ => Breaker::new()
                    .minimum_calls(4)
                    .open_for(Duration::from_secs(1)),
            });
        if let Some(quota) = self.quota.filter(|_| !is(Mutation::Quota)) {
            builder = builder.quota(quota);
        }
        builder.build().expect("the settings are valid")
    }
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
        running: Arc::default(),
    };
    let client = promise.client(&server, seed, mutation);
    let calls = promise.calls.iter().enumerate();
    let calls = calls.map(|(number, plan)| carry_out(&client, &server, number, plan, mutation));
    let ended = clock.run_all(calls);
    let sent = server.sent.lock().unwrap().clone();
    let (left, most) = *server.running.lock().unwrap();
    let crowd = match (left, most) {
        (0, most) if most <= promise.at_once => Ok(()),
        (0, most) => Err(format!("{most} requests were under way at once")),
        (left, _) => Err(format!("{left} requests are under way at the end")),
    };
    crowd
        .and_then(|()| check(&promise, &sent, &ended))
        .map_err(|broken| format!("seed {seed}: {broken}\n{promise:#?}\n{sent:#?}\n{ended:#?}"))
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

fn check(promise: &Promise, sent: &[Sent], ended: &[Ended]) -> Result<(), String> {
    for (number, (plan, ended)) in promise.calls.iter().zip(ended).enumerate() {
        let own: Vec<&Sent> = sent.iter().filter(|it| it.call == number).collect();
        let broken = |what: &str| Err(format!("call {number} {what}"));
        if own.len() > promise.attempts as usize {
            return broken("was sent more often than it may be");
        }
        let deadline = plan.begins + plan.timeout;
        if own.iter().any(|it| it.at > deadline) || ended.at > deadline {
            return broken("went on after its deadline");
        }
        let given_up = plan.given_up.map(|span| plan.begins + span);
        if given_up.is_some_and(|end| own.iter().any(|it| it.at > end)) {
            return broken("was sent after it had been given up");
        }
        let is_done = |fate| !matches!(fate, Fate::NotSent | Fate::Throttled);
        let before_last = own.split_last().map_or(&[][..], |(_, before)| before);
        if plan.operation == "post" && before_last.iter().any(|it| is_done(it.fate)) {
            return broken("may have been done twice");
        }
        if ended.is_success && ended.attempts as usize != own.len() {
            return broken("counts its attempts wrongly");
        }
    }
    check_budget(promise, sent, ended)?;
    match promise.quota {
        Some(quota) => check_quota(quota, sent),
        None => Ok(()),
    }
}

/// All retries together are paid: from the tokens that were there, and from those that successes gave.
fn check_budget(promise: &Promise, sent: &[Sent], ended: &[Ended]) -> Result<(), String> {
    let calls = 0..promise.calls.len();
    let counts = calls.map(|number| sent.iter().filter(|it| it.call == number).count());
    let retries: usize = counts.map(|count| count.saturating_sub(1)).sum();
    let given = ended.iter().filter(|it| it.is_success);
    let given: usize = given.map(|it| if it.attempts > 1 { 14 } else { 1 }).sum();
    match retries * 5 <= promise.budget as usize + given {
        true => Ok(()),
        false => Err(format!("{retries} retries cost more than there was")),
    }
}

/// In any window there are no more requests than the rate allows in it, and the burst.
fn check_quota(quota: Quota, sent: &[Sent]) -> Result<(), String> {
    for (at, begin) in sent.iter().enumerate() {
        for (number, end) in sent[at..].iter().enumerate() {
            let window = (end.at - begin.at).as_secs_f64();
            // A nanosecond is lost in rounding the interval.
            let allowed = (window * quota.rate() + 1e-6).floor() + f64::from(quota.burst());
            if (number + 1) as f64 > allowed {
                return Err(format!("{} requests in {window} s", number + 1));
            }
        }
    }
    Ok(())
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

//! One quota for eight processes, which are killed and started again, as is the Redis server that they count in.
//!
//! Needs `redis-server`; without, and unless `ATTACHE_REQUIRE_SERVICES` is set, the tests say so and pass.

mod service;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use attache_runtime::limit::{Claim, Place};
use attache_runtime::redis::RedisQuotas;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    ApiMeta, Bytes, ClientBuilder, Headers, OperationMeta, Quota, SharedQuotas, Undocumented,
};
use service::Redis;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");

const PROCESSES: usize = 8;
const RATE: f64 = 40.0;
const BURST: u32 = 8;
/// Set in the processes that send.
const WORKER: &str = "ATTACHE_QUOTA_WORKER";

fn quota() -> Quota {
    Quota::per_second(RATE, BURST)
}

/// Writes down when a request is sent, in microseconds.
struct Log;

impl Transport for Log {
    fn send(
        &self,
        _: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let mut output = std::io::stdout().lock();
        // A reader that has gone is no reason to go on.
        let written = writeln!(output, "sent {}", now.as_micros()).and_then(|()| output.flush());
        Box::pin(async move {
            written.unwrap_or_else(|_| std::process::exit(0));
            Ok(TransportResponse::new(200, Headers::new(), "1"))
        })
    }
}

/// What a process does that the test below starts: it sends as fast as it may, for ten seconds at the most.
#[test]
fn worker() {
    let Ok(address) = std::env::var(WORKER) else {
        return;
    };
    let mut builder = ClientBuilder::new(&API).transport(Log).quota(quota());
    if !address.is_empty() {
        let processes = u32::try_from(PROCESSES).unwrap();
        let quotas = RedisQuotas::new(&address, "acme", processes).expect("the address is one");
        builder = builder.shared_quotas(quotas);
    }
    let client = builder.build().expect("the settings are valid");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let begun = Instant::now();
    runtime.block_on(async {
        while begun.elapsed() < Duration::from_secs(10) {
            let call = client.call(&GET);
            let _ = call.send_full::<Bytes, Undocumented, ()>().await;
        }
    });
}

/// A process, and the thread that reads when it sends.
struct Worker {
    process: Child,
    reader: JoinHandle<()>,
}

impl Worker {
    fn start(address: &str, sent: &Arc<Mutex<Vec<u64>>>) -> Self {
        let program = std::env::current_exe().expect("the test is a program");
        let mut process = Command::new(program)
            .args(["--exact", "worker", "--nocapture"])
            .env(WORKER, address)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a worker starts");
        let output = BufReader::new(process.stdout.take().expect("it is piped"));
        let sent = sent.clone();
        let reader = spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The first one follows the name of the test on its line.
                let time: Option<u64> = line
                    .split("sent ")
                    .nth(1)
                    .and_then(|text| text.parse().ok());
                sent.lock().unwrap().extend(time);
            }
        });
        Worker { process, reader }
    }

    fn kill(mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = self.reader.join();
    }
}

/// The most that requests are ahead of the rate, in any span of time: the burst that an observer sees.
fn seen_burst(mut sent: Vec<u64>) -> f64 {
    sent.sort_unstable();
    let (mut full_at, mut most) = (0.0_f64, 0.0_f64);
    for time in sent {
        let now = time as f64 / 1e6;
        full_at = full_at.max(now) + 1.0 / RATE;
        most = most.max((full_at - now) * RATE);
    }
    most
}

#[test]
fn eight_processes_keep_to_one_quota_whatever_is_killed() {
    let Some(mut redis) = Redis::start() else {
        return;
    };
    let sent = Arc::default();
    let start = || Worker::start(&redis.address(), &sent);
    let mut workers: Vec<Worker> = (0..PROCESSES).map(|_| start()).collect();
    sleep(Duration::from_millis(1_500));
    // Three die half way, and others take their places.
    for _ in 0..3 {
        workers.remove(0).kill();
        workers.push(start());
    }
    sleep(Duration::from_millis(1_000));
    let begun = sent.lock().unwrap().len();
    redis.kill();
    sleep(Duration::from_millis(1_500));
    let without = sent.lock().unwrap().len() - begun;
    redis.start_again();
    sleep(Duration::from_millis(2_500));
    workers.into_iter().for_each(Worker::kill);

    let sent = std::mem::take(&mut *sent.lock().unwrap());
    // What is promised, with one outage, and a process up to half a second behind its turn on a busy machine.
    let allowed = f64::from(BURST) * (1.0 + 2.0) + RATE * 0.5;
    let seen = seen_burst(sent.clone());
    assert!(
        seen <= allowed,
        "{seen} requests ahead of the rate, of {} in all",
        sent.len()
    );
    // The quota is used, also while the server is away.
    let total = 6.5 * RATE;
    assert!(sent.len() as f64 > total / 2.0, "{} of {total}", sent.len());
    assert!(without as f64 > RATE / 4.0, "{without} without the server");
}

#[test]
fn without_a_shared_quota_the_check_fails() {
    let sent = Arc::default();
    let workers: Vec<_> = (0..PROCESSES).map(|_| Worker::start("", &sent)).collect();
    sleep(Duration::from_millis(2_000));
    workers.into_iter().for_each(Worker::kill);
    let seen = seen_burst(std::mem::take(&mut *sent.lock().unwrap()));
    let allowed = f64::from(BURST) * 3.0 + RATE * 0.5;
    assert!(seen > allowed, "{seen}");
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(future)
}

#[test]
fn places_are_taken_in_all_buckets_or_in_none() {
    let Some(redis) = Redis::start() else {
        return;
    };
    block_on(async {
        let quotas = RedisQuotas::new(&redis.address(), "acme", 1).unwrap();
        let fast = Claim::new("", Quota::per_second(10.0, 2));
        let slow = Claim::new("get", Quota::per_second(1.0, 1));
        let place = async |claims: &[Claim<'_>], most: u64| {
            quotas.reserve(claims, Duration::from_millis(most)).await
        };
        let taken = |place| matches!(place, Place::Taken(wait) if wait < Duration::from_millis(20));
        assert!(taken(place(&[fast, slow], 0).await));
        // The second bucket is empty, so that the first one keeps its place.
        let late = place(&[fast, slow], 500).await;
        assert!(matches!(late, Place::TooLate(wait) if wait > Duration::from_millis(900)));
        assert!(taken(place(&[fast], 0).await));
        // What waits for one is counted for then in the other as well.
        assert!(matches!(place(&[fast, slow], 2_000).await, Place::Taken(_)));
        let behind = place(&[fast], 2_000).await;
        assert!(
            matches!(behind, Place::Taken(wait) if wait > Duration::from_millis(800)),
            "{behind:?}"
        );
        // Another scope is another account.
        let other = RedisQuotas::new(&redis.address(), "globex", 1).unwrap();
        assert!(taken(other.reserve(&[slow], Duration::ZERO).await));
        assert_eq!(quotas.outages(), 0);
    });
}

#[test]
fn leases_spare_round_trips_and_lapse() {
    let Some(redis) = Redis::start() else {
        return;
    };
    block_on(async {
        let quotas = RedisQuotas::new(&redis.address(), "acme", 1)
            .unwrap()
            .lease(4);
        let claims = [Claim::new("", Quota::per_second(100.0, 8))];
        let place = async || quotas.reserve(&claims, Duration::ZERO).await;
        for _ in 0..8 {
            assert_eq!(place().await, Place::Taken(Duration::ZERO));
        }
        assert!(matches!(place().await, Place::TooLate(_)));
        assert_eq!(redis.count("attache:{acme}:"), 1);
    });
}

#[test]
fn a_server_that_is_away_delays_nobody_and_opens_nothing() {
    block_on(async {
        // Nobody listens there.
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = closed.local_addr().unwrap().port();
        drop(closed);
        let quotas = RedisQuotas::new(&format!("redis://127.0.0.1:{port}"), "acme", 4).unwrap();
        let claims = [Claim::new("", Quota::per_second(8.0, 4))];
        let begun = Instant::now();
        let mut places = Vec::new();
        for _ in 0..3 {
            places.push(quotas.reserve(&claims, Duration::from_secs(1)).await);
        }
        assert!(begun.elapsed() < Duration::from_millis(500));
        // A quarter of eight requests a second.
        assert_eq!(places[0], Place::Taken(Duration::ZERO));
        assert!(matches!(places[1], Place::Taken(wait) if wait > Duration::from_millis(400)));
        assert_eq!(quotas.outages(), 1);
    });
}

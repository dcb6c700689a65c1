//! A server that collapses under its own backlog: with a retry budget it recovers, without one it does not.
//!
//! After "Metastable Failures in Distributed Systems" (Bronson et al., 2021): the trigger is over after ten seconds, and
//! what keeps the failure up afterwards are the retries alone.

use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use attache_runtime::random::SeededRandom;
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    ApiMeta, Breaker, Bytes, ClientBuilder, Clock, Headers, OperationMeta, Retry, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");

/// Requests per second that the server can do, and that there are.
const CAPACITY: u32 = 20;
const OFFERED: u32 = 16;
/// Seconds: how long calls come, when the server stands still, and for how long.
const LENGTH: usize = 120;
const STALL: (u64, u64) = (20, 10);
/// Seconds of a row of the table.
const ROW: usize = 20;

/// One request after the other, each in its time; those whose callers have given up are done as well.
#[derive(Clone)]
struct Server {
    clock: SimulatedClock,
    begun: Instant,
    busy_until: Arc<Mutex<Duration>>,
}

impl Transport for Server {
    fn send(
        &self,
        _: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let now = self.clock.now() - self.begun;
        let (stall, length) = (Duration::from_secs(STALL.0), Duration::from_secs(STALL.1));
        let mut busy_until = self.busy_until.lock().unwrap();
        let mut begins = busy_until.max(now);
        if begins >= stall && begins < stall + length {
            begins = stall + length;
        }
        *busy_until = begins + Duration::from_secs(1) / CAPACITY;
        let done = self.clock.sleep(*busy_until - now);
        Box::pin(async move {
            done.await;
            Ok(TransportResponse::new(200, Headers::new(), "1"))
        })
    }
}

/// How many calls of each hundred succeed, row by row.
fn successes(budget: u32) -> Vec<usize> {
    let clock = SimulatedClock::new();
    let server = Server {
        clock: clock.clone(),
        begun: clock.now(),
        busy_until: Arc::default(),
    };
    let client = ClientBuilder::new(&API)
        .transport(server)
        .clock(clock.clone())
        .random(SeededRandom::new(1))
        // The budget alone is to be seen.
        .breaker(Breaker::off())
        .retry(Retry::new().attempts(4))
        .retry_budget(budget)
        .attempt_timeout(Duration::from_secs(1))
        .build()
        .expect("the settings are valid");
    let count = LENGTH * OFFERED as usize;
    let call = |number: usize| {
        let (client, clock) = (client.clone(), clock.clone());
        async move {
            let number = u32::try_from(number).unwrap();
            clock.sleep(Duration::from_secs(1) * number / OFFERED).await;
            let call = client.call(&GET);
            call.send_full::<Bytes, Undocumented, ()>().await.is_ok()
        }
    };
    let outcomes = clock.run_all((0..count).map(call));
    let rows = outcomes.chunks(ROW * OFFERED as usize);
    rows.map(|row| 100 * row.iter().filter(|it| **it).count() / row.len())
        .collect()
}

#[test]
fn a_server_recovers_with_the_budget_and_not_without() {
    let with = successes(500);
    let without = successes(u32::MAX);
    assert_eq!((with[0], without[0]), (100, 100), "it begins well");
    assert_eq!(*with.last().unwrap(), 100, "{with:?}");
    assert!(*without.last().unwrap() < 10, "{without:?}");
    // The docs show what this test sees.
    let mut table = String::new();
    for (at, (with, without)) in with.iter().zip(&without).enumerate() {
        let (from, to) = (at * ROW, (at + 1) * ROW);
        writeln!(table, "//! | {from} to {to} | {with} % | {without} % |").unwrap();
    }
    let docs = include_str!("../src/retry/mod.rs");
    assert!(docs.contains(&table), "the docs should say\n{table}");
}

//! Schedules: calls, and what is promised to them.

use std::time::Duration;

use attache_runtime::random::{Random, SeededRandom};
use attache_runtime::{Admission, Breaker, Client, ClientBuilder, Hedge, Quota, Retry};

use crate::server::Server;
use crate::{API, Mutation};

/// When a server that fails is left alone, and for how long.
pub(crate) const MINIMUM_CALLS: u32 = 4;
pub(crate) const OPEN_FOR: Duration = Duration::from_secs(1);

/// One call of a schedule.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) operation: &'static str,
    pub(crate) begins: Duration,
    pub(crate) timeout: Duration,
    /// When its caller gives it up.
    pub(crate) given_up: Option<Duration>,
}

/// What is promised to a schedule.
#[derive(Debug)]
pub(crate) struct Promise {
    pub(crate) attempts: u32,
    pub(crate) budget: u32,
    pub(crate) quota: Option<Quota>,
    pub(crate) at_once: usize,
    /// Whether a server that fails is left alone.
    pub(crate) has_breaker: bool,
    hedge: Option<Duration>,
    pub(crate) calls: Vec<Planned>,
}

/// How a call ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) at: Duration,
    pub(crate) is_success: bool,
    pub(crate) attempts: u32,
}

fn span(random: &SeededRandom, most: u64) -> Duration {
    Duration::from_millis(random.next() % most)
}

impl Promise {
    pub(crate) fn of(random: &SeededRandom) -> Self {
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
            has_breaker: one_of(2) == 0,
            hedge: (one_of(3) == 0).then(|| span(random, 1_500)),
            at_once: 1 + usize::try_from(one_of(8)).unwrap(),
            calls: (0..1 + one_of(12)).map(call).collect(),
        }
    }

    pub(crate) fn client(&self, server: &Server, seed: u64, mutation: Option<Mutation>) -> Client {
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
            .breaker(match self.has_breaker && !is(Mutation::Breaker) {
                false => Breaker::off(),
                true => Breaker::new()
                    .minimum_calls(MINIMUM_CALLS)
                    .open_for(OPEN_FOR),
            });
        if let Some(delay) = self.hedge {
            builder = builder.hedge(Hedge::after(delay));
        }
        if let Some(quota) = self.quota.filter(|_| !is(Mutation::Quota)) {
            builder = builder.quota(quota);
        }
        builder.build().expect("the settings are valid")
    }
}

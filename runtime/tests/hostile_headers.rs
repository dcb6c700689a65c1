//! Answers with random headers: whatever they say, a call ends in its time and nothing panics.
//!
//! `ATTACHE_HEADERS` says how many answers are tried, `ATTACHE_SEED` where they begin.

mod world;

use std::time::Duration;

use attache_runtime::random::{Random, SeededRandom};
use attache_runtime::transport::TransportResponse;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{Clock, Headers, OperationMeta, Quota};
use world::World;

static GET: OperationMeta =
    OperationMeta::new("get", "GET", "/a").quota(Quota::per_second(1e6, 1_000));

/// Headers that some stage reads.
const NAMES: [&str; 20] = [
    "retry-after",
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "x-should-retry",
    "date",
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
    "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests",
    "x-amzn-ratelimit-limit",
    "content-type",
    "content-length",
    "content-encoding",
    "x-request-id",
];

/// What values are made of.
const PIECES: [&str; 44] = [
    "",
    "0",
    "1",
    "-1",
    "+1",
    "00",
    "1.5",
    ".5",
    "5.",
    "1e3",
    "1e400",
    "-0",
    "NaN",
    "inf",
    "-inf",
    "18446744073709551616",
    "99999999999999999999999999",
    "0x10",
    "true",
    "false",
    "\"default\"",
    ";r=0",
    ";t=30",
    ";r=",
    ";t=-1",
    ";t=1e300",
    "=",
    ",",
    ";",
    " ",
    "6m0s",
    "1ms",
    "1h",
    "999999999h",
    "Fri, 31 Dec 1999 23:59:59 GMT",
    "Sat, 28 Nov 2026 00:00:00 GMT",
    "9999-12-31T23:59:59Z",
    "Thu, 99 Foo 99999 99:99:99 GMT",
    "gzip",
    "json",
    "\u{e9}",
    "\u{1f980}",
    "\t",
    "\"",
];

fn value(random: &SeededRandom) -> String {
    let one = |count: usize| usize::try_from(random.next() % count as u64).unwrap();
    let pieces = (0..=one(4)).map(|_| PIECES[one(PIECES.len())]);
    let mut text: String = pieces.collect();
    // Some are cut, at a place where a letter ends.
    if one(3) == 0 {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        text.truncate(ends.get(one(ends.len().max(1))).copied().unwrap_or(0));
    }
    text
}

fn answer(random: &SeededRandom) -> TransportResponse {
    let one = |count: usize| usize::try_from(random.next() % count as u64).unwrap();
    let mut headers = Headers::new();
    for _ in 0..one(8) {
        headers.append(NAMES[one(NAMES.len())], value(random));
    }
    let status = [200, 204, 400, 409, 429, 500, 503][one(7)];
    TransportResponse::new(status, headers, "{}")
}

#[test]
fn whatever_headers_say_a_call_ends_in_its_time() {
    let number = |variable: &str, otherwise: u64| {
        let text = std::env::var(variable).ok();
        text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let begin = number("ATTACHE_SEED", 1);
    for seed in begin..begin + number("ATTACHE_HEADERS", 20_000) {
        let random = SeededRandom::new(seed);
        let replay = (0..6).fold(Replay::new(), |replay, _| replay.answer(answer(&random)));
        let timeout = Duration::from_secs(300);
        let world = World::new(replay, |builder| builder.timeout(timeout));
        for _ in 0..2 {
            let begun = world.clock.now();
            let outcome = world.send(&GET);
            let took = world.clock.now() - begun;
            assert!(took <= timeout, "seed {seed}: {took:?}");
            let wait = outcome.as_ref().err().and_then(|error| error.retry_after());
            let shown = format!("{outcome:?} {wait:?} {:?}", world.client.health());
            assert!(!shown.is_empty());
        }
        assert!(world.sent() <= 6, "seed {seed}");
    }
}

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::bucket::Bucket;
use super::{Feedback, Limiter, Limits, OwnBucket, Quota, QuotaBucket};
use crate::OperationMeta;
use crate::random::{Random, SeededRandom};
use crate::transport::Headers;

const SECOND: u64 = 1_000_000_000;

#[test]
fn a_burst_and_then_one_after_the_other() {
    let bucket = Bucket::new(Some(Quota::per_second(2.0, 3)));
    let waits: Vec<u64> = (0..6).map(|_| bucket.reserve(0, 1) / 1_000_000).collect();
    assert_eq!(waits, [0, 0, 0, 500, 1_000, 1_500]);
    // After a quiet time the burst is there again, and no more than that.
    let waits: Vec<u64> = (0..4)
        .map(|_| bucket.reserve(60 * SECOND, 1) / 1_000_000)
        .collect();
    assert_eq!(waits, [0, 0, 0, 500]);
}

/// In any window there are no more requests than its share of the rate, and the burst.
#[test]
fn no_window_has_more_than_the_quota() {
    for seed in 0..300 {
        let random = SeededRandom::new(seed);
        let burst = 1 + u32::try_from(random.next() % 5).unwrap();
        let interval = 1 + random.next() % 1_000;
        let rate = 1e9 / interval as f64;
        let bucket = Bucket::new(Some(Quota::per_second(rate, burst)));
        let mut now = 0;
        let mut sent = Vec::new();
        for _ in 0..60 {
            now += random.next() % (2 * interval);
            sent.push(now + bucket.reserve(now, 1));
        }
        assert!(
            sent.is_sorted(),
            "requests go in the order in which they asked"
        );
        for (at, begin) in sent.iter().enumerate() {
            for (number, end) in sent[at..].iter().enumerate() {
                let allowed = (end - begin) / interval + u64::from(burst);
                assert!((number as u64) < allowed, "seed {seed}: {sent:?}");
            }
        }
    }
}

#[test]
fn quotas_have_sensible_bounds() {
    assert_eq!(Quota::per_second(f64::NAN, 0).burst(), 1);
    assert_eq!(
        Quota::per_second(f64::NAN, 1).interval(),
        Duration::from_secs(86_400)
    );
    assert_eq!(
        Quota::per_second(-1.0, 1).interval(),
        Duration::from_secs(86_400)
    );
    assert_eq!(
        Quota::per_second(f64::INFINITY, 1).interval(),
        Duration::from_nanos(1)
    );
}

#[test]
fn servers_say_it_in_many_ways() {
    let date = ("Date", "Tue, 24 Nov 2026 10:00:00 GMT");
    for (headers, seconds) in [
        (vec![("RateLimit", "\"default\";r=0;t=30")], Some(30)),
        (
            vec![("RateLimit", "\"a\";r=0;t=3, \"b\";r=0;t=7, \"c\";r=9;t=99")],
            Some(7),
        ),
        (vec![("RateLimit", "\"default\";r=5;t=30")], None),
        (vec![("RateLimit", "limit=5, remaining")], None),
        (
            vec![("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "12")],
            Some(12),
        ),
        (
            vec![("X-RateLimit-Remaining", "1"), ("X-RateLimit-Reset", "12")],
            None,
        ),
        (
            vec![
                date,
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1795514460"),
            ],
            Some(60),
        ),
        (
            vec![
                date,
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1795514460000"),
            ],
            Some(60),
        ),
        (
            vec![
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1795514460"),
            ],
            None,
        ),
        (
            vec![
                ("x-ratelimit-remaining-requests", "0"),
                ("x-ratelimit-reset-requests", "6m0s"),
            ],
            Some(360),
        ),
        (
            vec![("X-RateLimit-Remaining", "-1"), ("X-RateLimit-Reset", "x")],
            None,
        ),
        (vec![], None),
    ] {
        let feedback = Feedback::of(&Headers::from_iter(headers.clone()));
        assert_eq!(
            feedback.empty_for,
            seconds.map(Duration::from_secs),
            "{headers:?}"
        );
    }
    let rate = |text| Feedback::of(&Headers::from_iter([("x-amzn-RateLimit-Limit", text)])).rate;
    assert_eq!(
        (rate("0.5"), rate("0"), rate("soon")),
        (Some(0.5), None, None)
    );
}

static ORDERS: OperationMeta =
    OperationMeta::new("getOrders", "GET", "/orders").quota(Quota::per_second(1.0, 1));
static FREE: OperationMeta = OperationMeta::new("getFree", "GET", "/free");

#[test]
fn buckets_go_together() {
    let now = Instant::now();
    let limits = Limits {
        common: Some(Quota::per_second(0.5, 2)),
        operations: BTreeMap::from([("getFree".to_owned(), Quota::per_second(0.1, 1))]),
        ..Limits::default()
    };
    let limiter = Limiter::new(now, limits);
    let minute = Duration::from_secs(60);
    let wait = |operation| {
        limiter
            .buckets(operation, &OwnBucket::default(), 1)
            .reserve(now, minute)
            .map(|wait| wait.as_secs())
    };
    assert_eq!((wait(&ORDERS), wait(&ORDERS)), (Ok(0), Ok(1)));
    assert_eq!(wait(&ORDERS), Ok(2), "the common bucket is empty");
    assert_eq!(
        (wait(&FREE), wait(&FREE)),
        (Ok(4), Ok(10)),
        "the settings limit it"
    );
    // A wait that is too long takes no place.
    let short = Duration::from_secs(20);
    assert_eq!(
        limiter
            .buckets(&FREE, &OwnBucket::default(), 1)
            .reserve(now, short),
        Err(Duration::from_secs(20))
    );
    assert_eq!(
        limiter
            .buckets(&FREE, &OwnBucket::default(), 1)
            .reserve(now, minute),
        Ok(Duration::from_secs(20))
    );
}

#[test]
fn the_server_has_the_last_word() {
    let now = Instant::now();
    let limiter = Limiter::new(now, Limits::default());
    let minute = Duration::from_secs(60);
    assert_eq!(
        limiter
            .buckets(&FREE, &OwnBucket::default(), 1)
            .reserve(now, minute),
        Ok(Duration::ZERO)
    );
    let wait = Some(Duration::from_secs(7));
    limiter.observe(&FREE, &Feedback::default().or_wait(wait), now);
    assert_eq!(
        limiter
            .buckets(&FREE, &OwnBucket::default(), 1)
            .reserve(now, minute),
        Ok(Duration::from_secs(7))
    );
    let later = now + Duration::from_secs(3);
    assert_eq!(
        limiter.buckets(&FREE, &OwnBucket::default(), 1).send(later),
        Err(Duration::from_secs(4))
    );
    // Twice the rate halves the interval.
    let rate = Feedback {
        rate: Some(2.0),
        empty_for: None,
    };
    limiter.observe(&ORDERS, &rate, now);
    let wait = |_| {
        limiter
            .buckets(&ORDERS, &OwnBucket::default(), 1)
            .reserve(now, minute)
            .map(|wait| wait.as_millis())
    };
    assert_eq!([0, 1, 2].map(wait), [Ok(0), Ok(500), Ok(1_000)]);
}

#[test]
fn weights_count_as_several_requests() {
    let bucket = Bucket::new(Some(Quota::per_second(1.0, 4)));
    let wait = |weight| bucket.reserve(0, weight) / SECOND;
    assert_eq!([wait(3), wait(1), wait(2), wait(1)], [0, 0, 2, 3]);
    // More than the burst is the burst, or it would never be sent.
    assert_eq!(bucket.reserve(60 * SECOND, 9), 0);
    assert_eq!(bucket.reserve(60 * SECOND, 1), SECOND);
    bucket.send(60 * SECOND, 9);
    assert_eq!(bucket.overdue(62 * SECOND, 9), 2 * SECOND);
}

/// In any window, the weights of what is sent are its share of the rate and the burst.
#[test]
fn no_window_has_more_weight_than_the_quota() {
    for seed in 0..300 {
        let random = SeededRandom::new(seed);
        let burst = 1 + u32::try_from(random.next() % 9).unwrap();
        let interval = 1 + random.next() % 1_000;
        let bucket = Bucket::new(Some(Quota::per_second(1e9 / interval as f64, burst)));
        let mut now = 0;
        let mut sent = Vec::new();
        for _ in 0..60 {
            now += random.next() % (6 * interval);
            let weight = 1 + u32::try_from(random.next() % u64::from(burst)).unwrap();
            sent.push((now + bucket.reserve(now, weight), u64::from(weight)));
        }
        for (at, (begin, _)) in sent.iter().enumerate() {
            let mut weights = 0;
            for (end, weight) in &sent[at..] {
                weights += weight;
                let allowed = (end - begin) / interval + u64::from(burst);
                assert!(weights <= allowed, "seed {seed}: {sent:?}");
            }
        }
    }
}

#[test]
fn groups_and_clients_keep_a_quota_together() {
    static PARCELS: [OperationMeta; 2] = [
        OperationMeta::new("list", "GET", "/parcels").group("parcels"),
        OperationMeta::new("get", "GET", "/parcels/{id}").group("parcels"),
    ];
    let now = Instant::now();
    let application = QuotaBucket::new("application", Quota::per_second(1.0, 3));
    let limiter = || {
        let limits = Limits {
            groups: BTreeMap::from([("parcels".to_owned(), Quota::per_second(1.0, 2))]),
            buckets: vec![application.clone()],
            ..Limits::default()
        };
        Limiter::new(now, limits)
    };
    let (one, other) = (limiter(), limiter());
    // The bucket began a little after the time that is used here.
    let now = now + Duration::from_secs(1);
    let wait = |limiter: &Limiter, operation| {
        let wait = limiter
            .buckets(operation, &OwnBucket::default(), 1)
            .reserve(now, Duration::MAX);
        wait.expect("it may wait for ever").as_secs()
    };
    assert_eq!([wait(&one, &PARCELS[0]), wait(&one, &PARCELS[1])], [0, 0]);
    assert_eq!(wait(&one, &PARCELS[0]), 1, "the group is empty");
    assert_eq!(wait(&other, &FREE), 1, "the application is empty");
    let health = other.health(now);
    let names = health
        .iter()
        .map(|it| (it.bucket.as_deref(), it.group.as_deref()));
    assert_eq!(
        names.collect::<Vec<_>>(),
        [(Some("application"), None), (None, Some("parcels"))]
    );
}

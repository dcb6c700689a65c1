use std::time::{Duration, Instant};

use super::TokenError;
use super::renewal::{Renewal, Step};
use crate::random::SeededRandom;

const HOUR: Duration = Duration::from_secs(3_600);

/// What is to be done, in a word.
fn step(renewal: &mut Renewal<&'static str>, now: Instant) -> String {
    match renewal.step(now) {
        Step::Use(token, version) => format!("use {token} {version}"),
        Step::Renew(token, version) => format!("renew {token} {version}"),
        Step::Fetch => "fetch".to_owned(),
        Step::Wait => "wait".to_owned(),
        Step::Fail(error) => format!("fail {error}"),
    }
}

fn succeed(renewal: &mut Renewal<&'static str>, token: &'static str, now: Instant, life: Duration) {
    let random = SeededRandom::new(1);
    renewal.succeed(token, now, Some(life), &random);
}

#[test]
fn one_fetches_and_the_others_wait() {
    let (mut renewal, now) = (Renewal::default(), Instant::now());
    assert_eq!(step(&mut renewal, now), "fetch");
    assert_eq!(step(&mut renewal, now), "wait");
    succeed(&mut renewal, "a", now, HOUR);
    assert_eq!(step(&mut renewal, now), "use a 1");
}

#[test]
fn a_token_is_renewed_while_it_is_used() {
    for seed in 0..200 {
        let (mut renewal, now) = (Renewal::default(), Instant::now());
        let _ = renewal.step(now);
        renewal.succeed("a", now, Some(HOUR), &SeededRandom::new(seed));
        // Five minutes before its end, and up to half of that earlier.
        assert_eq!(step(&mut renewal, now + HOUR * 7 / 8), "use a 1");
        assert_eq!(step(&mut renewal, now + HOUR * 11 / 12), "renew a 1");
        assert_eq!(step(&mut renewal, now + HOUR * 11 / 12), "use a 1");
        // Nobody is served one that has expired.
        assert_eq!(step(&mut renewal, now + HOUR), "wait");
        succeed(&mut renewal, "b", now + HOUR, HOUR);
        assert_eq!(step(&mut renewal, now + HOUR), "use b 2");
    }
    // Of a short life, a fifth is kept.
    let (mut renewal, now) = (Renewal::default(), Instant::now());
    let _ = renewal.step(now);
    succeed(&mut renewal, "a", now, Duration::from_secs(100));
    assert_eq!(step(&mut renewal, now + Duration::from_secs(69)), "use a 1");
    assert_eq!(
        step(&mut renewal, now + Duration::from_secs(80)),
        "renew a 1"
    );
}

#[test]
fn a_failure_displaces_no_valid_token() {
    let (mut renewal, now) = (Renewal::default(), Instant::now());
    let _ = renewal.step(now);
    succeed(&mut renewal, "a", now, HOUR);
    let mut now = now + HOUR * 11 / 12;
    for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(step(&mut renewal, now), "renew a 1");
        renewal.fail(TokenError::new("away"), now);
        let pause = Duration::from_secs(pause);
        assert_eq!(
            step(&mut renewal, now + pause - Duration::from_millis(1)),
            "use a 1"
        );
        now += pause;
    }
    let later = now + HOUR;
    assert_eq!(step(&mut renewal, later), "fetch");
    renewal.fail(TokenError::new("away"), later);
    assert_eq!(step(&mut renewal, later), "fail away");
    assert_eq!(step(&mut renewal, later + Duration::from_secs(60)), "fetch");
}

#[test]
fn what_is_final_is_asked_again_after_a_minute() {
    let (mut renewal, now) = (Renewal::<&str>::default(), Instant::now());
    let _ = renewal.step(now);
    renewal.fail(TokenError::last("invalid_grant"), now);
    assert_eq!(
        step(&mut renewal, now + Duration::from_secs(59)),
        "fail invalid_grant"
    );
    assert_eq!(step(&mut renewal, now + Duration::from_secs(60)), "fetch");
}

#[test]
fn a_refused_token_is_replaced_once() {
    let (mut renewal, now) = (Renewal::default(), Instant::now());
    let _ = renewal.step(now);
    succeed(&mut renewal, "a", now, HOUR);
    assert!(renewal.refuse(1, now));
    // Another call that used it comes before there is a new one.
    assert!(renewal.refuse(1, now));
    assert_eq!(step(&mut renewal, now), "fetch");
    assert!(renewal.refuse(1, now));
    succeed(&mut renewal, "b", now, HOUR);
    // Another call that used the old one comes late.
    assert!(renewal.refuse(1, now));
    assert_eq!(step(&mut renewal, now), "use b 2");
    // A server that refuses the new one as well is asked with it for a while.
    let soon = now + Duration::from_secs(9);
    assert!(!renewal.refuse(2, soon));
    assert_eq!(step(&mut renewal, soon), "use b 2");
    assert!(renewal.refuse(2, soon + Duration::from_secs(1)));
    assert_eq!(step(&mut renewal, soon), "fetch");
}

#[test]
fn whoever_gives_up_makes_way() {
    let (mut renewal, now) = (Renewal::<&str>::default(), Instant::now());
    assert_eq!(step(&mut renewal, now), "fetch");
    renewal.give_up();
    assert_eq!(step(&mut renewal, now), "fetch");
}

use std::time::Duration;

use super::{Budget, Decision, Event, GivenUp, Hint, Retry, RetryClass, Tried};
use crate::random::{Random, SeededRandom};

/// Chance that always gives the same.
struct Always(u64);

impl Random for Always {
    fn next(&self) -> u64 {
        self.0
    }
}

const MOST: Always = Always(u64::MAX);

fn tried(event: Event, class: RetryClass) -> Tried {
    Tried {
        event,
        attempt: 1,
        class,
        is_repeatable: true,
        left: Duration::from_secs(1_000),
    }
}

fn plain(status: u16) -> Event {
    Event::Answered(status, Hint::default())
}

/// Whether there is another attempt: for what is safe, and for what is not.
fn again(event: Event) -> (bool, bool) {
    let is_again = |class| {
        let decision = Retry::new().decide(&tried(event, class), &MOST);
        matches!(decision, Decision::Again { .. })
    };
    (is_again(RetryClass::Safe), is_again(RetryClass::Unsafe))
}

#[test]
fn what_may_have_been_done_is_not_done_twice() {
    let should = |status, should| Event::Answered(status, Hint { wait: None, should });
    for (event, expected) in [
        (Event::NotSent, (true, true)),
        (Event::MaybeSent, (true, false)),
        (Event::TimedOut, (true, false)),
        (Event::BodyBroken, (true, false)),
        (plain(429), (true, true)),
        (plain(500), (true, false)),
        (plain(502), (true, false)),
        (plain(503), (true, false)),
        (plain(504), (true, false)),
        (plain(408), (true, false)),
        (plain(425), (true, false)),
        (plain(400), (false, false)),
        (plain(404), (false, false)),
        (plain(409), (false, false)),
        (plain(501), (false, false)),
        (should(400, Some(true)), (true, true)),
        (should(503, Some(false)), (false, false)),
        (should(429, Some(false)), (false, false)),
    ] {
        assert_eq!(again(event), expected, "{event:?}");
    }
    // Two calls with one key at once, and a conflict of another kind.
    let under_way = Hint {
        wait: Some(Duration::ZERO),
        should: None,
    };
    for (hint, expected) in [(under_way, true), (Hint::default(), false)] {
        let conflict = tried(Event::Answered(409, hint), RetryClass::IdempotentWithKey);
        let decision = Retry::new().decide(&conflict, &MOST);
        assert_eq!(matches!(decision, Decision::Again { .. }), expected);
    }
}

#[test]
fn waits_double_up_to_the_cap() {
    let retry = Retry::new().attempts(u32::MAX);
    let wait = |event, attempt| {
        let tried = Tried {
            attempt,
            ..tried(event, RetryClass::Safe)
        };
        match retry.decide(&tried, &MOST) {
            Decision::Again { wait, .. } => wait.as_millis(),
            other => panic!("{other:?}"),
        }
    };
    let waits: Vec<_> = [1, 2, 3, 9, 10, 40, 4_000]
        .map(|at| wait(plain(503), at))
        .to_vec();
    assert_eq!(waits, [50, 100, 200, 12_800, 20_000, 20_000, 20_000]);
    let waits: Vec<_> = [1, 2, 6].map(|at| wait(plain(429), at)).to_vec();
    assert_eq!(waits, [1_000, 2_000, 20_000]);
}

#[test]
fn a_server_may_ask_for_more_but_not_for_any_time() {
    let asks = |seconds, left| {
        let wait = Some(Duration::from_secs(seconds));
        let event = Event::Answered(429, Hint { wait, should: None });
        let tried = Tried {
            left: Duration::from_secs(left),
            ..tried(event, RetryClass::Safe)
        };
        Retry::new().decide(&tried, &MOST)
    };
    let waits = |seconds| Decision::Again {
        wait: Duration::from_secs(seconds),
        cost: 5,
    };
    assert_eq!(asks(7, 1_000), waits(7));
    assert_eq!(asks(120, 1_000), waits(120));
    let longer = GivenUp::Wait(Duration::from_secs(121));
    assert_eq!(asks(121, 1_000), Decision::GiveUp(longer));
    let later = GivenUp::Deadline(Duration::from_secs(7));
    assert_eq!(asks(7, 7), Decision::GiveUp(later));
    assert!(matches!(asks(0, 1_000), Decision::Again { wait, .. } if wait.as_millis() == 1_000));
}

#[test]
fn attempts_and_bodies_run_out() {
    let last = Tried {
        attempt: 3,
        ..tried(Event::NotSent, RetryClass::Safe)
    };
    let given_up = |tried: &Tried| Retry::new().decide(tried, &MOST);
    assert_eq!(given_up(&last), Decision::GiveUp(GivenUp::Attempts));
    let once = Tried {
        is_repeatable: false,
        ..tried(Event::NotSent, RetryClass::Safe)
    };
    assert_eq!(given_up(&once), Decision::GiveUp(GivenUp::Body));
    let first = tried(Event::NotSent, RetryClass::Safe);
    assert_eq!(
        Retry::off().decide(&first, &MOST),
        Decision::GiveUp(GivenUp::Attempts)
    );
}

#[test]
fn jitter_takes_any_part_of_the_wait() {
    let random = SeededRandom::new(3);
    let tried = tried(plain(503), RetryClass::Safe);
    let waits = (0..1_000).map(|_| match Retry::new().decide(&tried, &random) {
        Decision::Again { wait, .. } => wait.as_micros(),
        other => panic!("{other:?}"),
    });
    let waits: Vec<_> = waits.collect();
    assert!(waits.iter().all(|wait| *wait < 50_000));
    assert!(waits.iter().any(|wait| *wait < 1_000) && waits.iter().any(|wait| *wait > 49_000));
}

#[test]
fn the_budget_never_goes_below_nothing_or_above_its_capacity() {
    let budget = Budget::new(20);
    assert!(budget.take(14));
    assert!(!budget.take(14));
    assert!(budget.take(5));
    assert_eq!(budget.left(), 1);
    budget.give(u32::MAX);
    assert_eq!(budget.left(), 20);
    budget.give(1);
    assert_eq!(budget.left(), 20);
}

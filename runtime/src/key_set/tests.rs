//! The choice and the standing of keys, without any client.

use std::time::{Duration, Instant};

use super::KeyRole;
use super::choice::{Candidate, choose};
use super::standing::{Standing, Use};

const PLAIN: Candidate = Candidate {
    role: KeyRole::Current,
    standing: Use::Good,
    wait: Duration::ZERO,
    left: None,
    sent: 0,
};
const NEXT: Candidate = Candidate {
    role: KeyRole::Next,
    ..PLAIN
};
const REFUSED: Use = Use::Refused(Duration::ZERO);

fn chosen(candidates: &[Candidate]) -> [Option<usize>; 2] {
    [true, false].map(|may_try| choose(candidates.iter().copied(), may_try))
}

#[test]
fn the_order_of_keys() {
    let with = |standing| Candidate { standing, ..PLAIN };
    let waiting = Candidate {
        wait: Duration::from_secs(1),
        ..PLAIN
    };
    let left = |left| Candidate {
        left: Some(left),
        ..PLAIN
    };
    let used = Candidate { sent: 1, ..PLAIN };
    for (candidates, expected) in [
        (vec![NEXT, PLAIN], [Some(1), Some(1)]),
        (vec![with(REFUSED), NEXT], [Some(1), Some(1)]),
        (vec![waiting, NEXT], [Some(0), Some(0)]),
        (vec![waiting, left(1.0), left(2.0)], [Some(2), Some(2)]),
        (vec![left(9.0), PLAIN], [Some(1), Some(1)]),
        (vec![used, PLAIN], [Some(1), Some(1)]),
        // What may be refused is for what can be sent again.
        (vec![PLAIN, with(Use::Due)], [Some(1), Some(0)]),
        (vec![with(Use::Due), NEXT], [Some(0), Some(1)]),
        (vec![with(Use::Due)], [Some(0), Some(0)]),
        (vec![with(REFUSED), with(REFUSED)], [None, None]),
        (vec![], [None, None]),
    ] {
        assert_eq!(chosen(&candidates), expected, "{candidates:?}");
    }
}

#[test]
fn a_refusal_counts_for_all_when_two_operations_say_so() {
    let (begun, mut key) = (Instant::now(), Standing::default());
    let at = |seconds| begun + Duration::from_secs(seconds);
    let wait = |seconds| Use::Refused(Duration::from_secs(seconds));
    key.refuse("a", 401, at(0), at(1));
    assert_eq!(key.of("a", at(1)), wait(10));
    assert_eq!(key.of("b", at(1)), Use::Good);
    // Those that were under way say nothing new.
    key.refuse("a", 401, at(0), at(3));
    assert_eq!(key.of("a", at(3)), wait(8));
    // It was sent before, so it does not show that the key is good.
    key.get_in(at(0));
    assert_eq!(key.of("a", at(3)), wait(8));
    key.refuse("b", 401, at(2), at(3));
    assert_eq!(key.of("c", at(3)), wait(8));

    assert_eq!(key.of("c", at(11)), Use::Due);
    key.try_again(at(11));
    assert_eq!(key.of("c", at(11)), wait(10), "by one alone");
    key.refuse("c", 401, at(11), at(12));
    assert_eq!(key.of("a", at(12)), wait(20));
    for tried in 0..20 {
        let now = at(1_000 + tried * 1_000);
        key.refuse("c", 401, now, now);
    }
    assert_eq!(key.of("a", at(20_000)), wait(600));
    key.get_in(at(20_000));
    assert_eq!(key.of("a", at(20_000)), Use::Good);
    // What was refused before it got in does not count.
    key.refuse("a", 401, at(19_999), at(20_001));
    key.lose(403, at(19_999), at(20_001));
    assert_eq!(key.of("a", at(20_001)), Use::Good);
    key.lose(403, at(20_002), at(20_003));
    assert_eq!(key.of("b", at(20_003)), wait(10));
}

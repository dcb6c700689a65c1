//! Whether the promises were kept.

use std::time::Duration;

use attache_runtime::Quota;

use crate::schedule::{Ended, MINIMUM_CALLS, OPEN_FOR, Promise};
use crate::server::{Completed, Fate, Sent};

pub(crate) fn check(
    promise: &Promise,
    sent: &[Sent],
    completed: &[Completed],
    ended: &[Ended],
) -> Result<(), String> {
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
    if promise.has_breaker {
        check_breaker(sent, completed)?;
    }
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

/// Nothing is sent while the circuit is open: where the first answers of a group all put the blame on the server, it
/// opens with the last of these.
fn check_breaker(sent: &[Sent], completed: &[Completed]) -> Result<(), String> {
    /// Shorter than the window of the breaker.
    const WINDOW: Duration = Duration::from_secs(5);
    for group in ["a", "b"] {
        let first: Vec<_> = completed
            .iter()
            .filter(|it| it.group == group)
            .take(MINIMUM_CALLS as usize)
            .collect();
        let (Some(begin), Some(end)) = (first.first(), first.get(MINIMUM_CALLS as usize - 1))
        else {
            continue;
        };
        if first.iter().any(|it| it.is_fault != Some(true)) || end.at - begin.at > WINDOW {
            continue;
        }
        let open = |it: &&Sent| it.group == group && it.at > end.at && it.at < end.at + OPEN_FOR;
        if let Some(sent) = sent.iter().find(open) {
            return Err(format!(
                "call {} was sent while the circuit was open",
                sent.call
            ));
        }
    }
    Ok(())
}

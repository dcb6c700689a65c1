//! The choice: which of the keys is sent.

use std::cmp::Ordering;
use std::time::Duration;

use super::KeyRole;
use super::standing::Use;

/// A key, as far as the choice depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) role: KeyRole,
    pub(super) standing: Use,
    /// How long its quotas would make the request wait.
    pub(super) wait: Duration,
    /// How many requests its quotas let through at once; none where there is no limit.
    pub(super) left: Option<f64>,
    /// How often it has been sent.
    pub(super) sent: u64,
}

/// Returns the place of the key that is sent. One that was refused is tried again only by what `may_try`, since it may
/// have to be sent with another key afterwards, or where there is no other.
pub(super) fn choose(
    candidates: impl Iterator<Item = Candidate> + Clone,
    may_try: bool,
) -> Option<usize> {
    let best = |is_sent: &dyn Fn(Use) -> bool| {
        let sent = candidates.clone().enumerate();
        let sent = sent.filter(|(_, candidate)| is_sent(candidate.standing));
        let best = sent.min_by(|(_, one), (_, other)| order(one, other));
        best.map(|(place, _)| place)
    };
    let is_tried = |standing: Use| !matches!(standing, Use::Refused(_));
    match may_try {
        true => best(&is_tried),
        false => best(&|standing| standing == Use::Good).or_else(|| best(&is_tried)),
    }
}

/// What comes first is sent.
fn order(one: &Candidate, other: &Candidate) -> Ordering {
    let is_good = |it: &Candidate| it.standing == Use::Good;
    let left = |it: &Candidate| it.left.unwrap_or(f64::INFINITY);
    let role = one.role.cmp(&other.role);
    // One that is due would never be found to be good again, did it not come first.
    let role = role.then(is_good(one).cmp(&is_good(other)));
    let role = role.then(one.wait.cmp(&other.wait));
    let role = role.then(left(other).total_cmp(&left(one)));
    role.then(one.sent.cmp(&other.sent))
}

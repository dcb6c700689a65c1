//! How far the clocks of servers are from that of the client, learnt from the header `Date` of their answers.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroI64;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::retry::date;
use crate::transport::Headers;
use crate::usage::ClockSkewHealth;

/// Smaller differences change nothing, in milliseconds: servers allow for more, and a `Date` is no more exact than a second.
const THRESHOLD: i64 = 5_000;
/// What is further away than this is no clock, unless the server refuses a request for its time.
const MOST: i64 = 24 * 3_600_000;
/// So many origins are kept.
const MOST_ORIGINS: usize = 1_000;

/// How far the clocks of servers are from that of the client, by origin; copies share it.
///
/// It is learnt from the header `Date` of answers to requests that are signed with a time (RFC 9110, section 6.6.1),
/// counted at half of the time that the answer took. Below five seconds nothing is corrected, nor above a day unless a
/// server refuses a request for its time.
#[derive(Clone, Default)]
pub struct ClockSkews {
    shared: Arc<Shared>,
    /// The origin of the API that a client is for.
    own: Option<Arc<str>>,
}

#[derive(Default)]
struct Shared {
    /// Whether there is anything to look up.
    has_any: AtomicBool,
    known: RwLock<BTreeMap<String, Skew>>,
}

/// What is added to the time of the client, in seconds, which is as exact as a `Date`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Correction(i32);

/// What is known of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Skew {
    correction: Correction,
    /// It refused a request that was signed with the time that it says it has.
    is_refuted: bool,
}

/// What one answer says of a clock, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Estimate {
    difference: i64,
    error: i64,
}

/// When a request was signed, by the clock of the client: milliseconds since 1970, since it is kept in each call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedAt(NonZeroI64);

/// When a request was signed and its answer came, by the clock of the client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchange {
    signed: SignedAt,
    answered: Duration,
}

impl SignedAt {
    pub(crate) fn new(time: Duration) -> Option<Self> {
        let milliseconds = i64::try_from(time.as_millis()).ok();
        milliseconds.and_then(NonZeroI64::new).map(Self)
    }

    pub(crate) fn answered(self, time: Duration) -> Exchange {
        Exchange {
            signed: self,
            answered: time,
        }
    }
}

impl ClockSkews {
    /// For a client of an API at an origin.
    pub(crate) fn of_client(origin: &str) -> Self {
        Self {
            own: Some(origin.into()),
            ..Self::default()
        }
    }

    /// What is known of the server of the API.
    #[cfg(feature = "jwt")]
    pub(crate) fn own(&self) -> Correction {
        let own = self.own.as_deref();
        own.map(|origin| self.correction(origin))
            .unwrap_or_default()
    }

    /// What is known of a server.
    pub(crate) fn correction(&self, origin: &str) -> Correction {
        if !self.shared.has_any.load(Ordering::Relaxed) {
            return Correction::default();
        }
        self.get(origin).correction
    }

    /// Learns from an answer that says nothing of the time itself.
    pub(crate) fn learn(&self, origin: &str, exchange: Exchange, headers: &Headers) {
        if let Some(estimate) = Estimate::of(exchange, headers) {
            let before = self.get(origin);
            self.set(origin, before, before.observed(estimate));
        }
    }

    /// Learns from an answer that refuses a request which was signed with a correction; says whether there is another one
    /// to try.
    pub(crate) fn refused(
        &self,
        origin: &str,
        used: Correction,
        exchange: Exchange,
        headers: &Headers,
    ) -> bool {
        let (before, estimate) = (self.get(origin), Estimate::of(exchange, headers));
        // Another call may have learnt it meanwhile.
        let after = match before.correction.differs(used) && !before.is_refuted {
            true => before,
            false => before.refused(used, estimate),
        };
        self.set(origin, before, after);
        after.correction.differs(used)
    }

    /// What there is to show.
    pub(crate) fn health(&self) -> Vec<ClockSkewHealth> {
        let known = self.shared.known.read();
        let known = known.unwrap_or_else(PoisonError::into_inner);
        let ahead = known.iter().filter(|(_, skew)| skew.correction.0 != 0);
        let ahead = ahead.map(|(origin, skew)| ClockSkewHealth {
            origin: origin.clone(),
            seconds: skew.correction.0.into(),
        });
        ahead.collect()
    }

    fn get(&self, origin: &str) -> Skew {
        let known = self.shared.known.read();
        let known = known.unwrap_or_else(PoisonError::into_inner);
        known.get(origin).copied().unwrap_or_default()
    }

    fn set(&self, origin: &str, before: Skew, after: Skew) {
        if before == after {
            return;
        }
        let mut known = self
            .shared
            .known
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if after == Skew::default() {
            known.remove(origin);
        } else {
            if known.len() >= MOST_ORIGINS && !known.contains_key(origin) {
                known.pop_first();
            }
            known.insert(origin.to_owned(), after);
        }
        self.shared
            .has_any
            .store(!known.is_empty(), Ordering::Relaxed);
        drop(known);
        let seconds = after.correction.0;
        tracing::warn!(
            origin,
            seconds,
            "the clock of the server is ahead of that of this machine by so many seconds"
        );
    }
}

impl Correction {
    fn of_milliseconds(difference: i64) -> Self {
        let seconds = i32::try_from(difference.div_euclid(1_000));
        Self(seconds.unwrap_or_default())
    }

    fn milliseconds(self) -> i64 {
        i64::from(self.0) * 1_000
    }

    /// The time of the server.
    pub(crate) fn apply(self, time: Duration) -> Duration {
        let distance = Duration::from_secs(self.0.unsigned_abs().into());
        match self.0 < 0 {
            true => time.saturating_sub(distance),
            false => time.saturating_add(distance),
        }
    }

    /// Whether a request that is signed with the other one has another chance.
    pub(crate) fn differs(self, other: Self) -> bool {
        (self.milliseconds() - other.milliseconds()).abs() >= THRESHOLD
    }
}

impl Skew {
    fn observed(self, estimate: Estimate) -> Self {
        let Estimate { difference, error } = estimate;
        // It holds whole seconds.
        let is_known = (difference - self.correction.milliseconds() - 500).abs() <= error + 500;
        if self.is_refuted || is_known || difference.abs() > MOST {
            return self;
        }
        let is_small = difference.abs() < THRESHOLD + error;
        Self {
            correction: Correction::of_milliseconds(if is_small { 0 } else { difference }),
            is_refuted: false,
        }
    }

    fn refused(self, used: Correction, estimate: Option<Estimate>) -> Self {
        let said = estimate.map(|estimate| Correction::of_milliseconds(estimate.difference));
        match said.filter(|said| said.differs(used)) {
            Some(correction) => Self {
                correction,
                is_refuted: false,
            },
            // The time that it says is none that it takes; perhaps it says that of somebody else.
            None => Self {
                correction: Correction::default(),
                is_refuted: used != Correction::default(),
            },
        }
    }
}

impl Estimate {
    fn of(exchange: Exchange, headers: &Headers) -> Option<Self> {
        // A cache tells when it got the answer.
        if headers.get("Age").is_some() {
            return None;
        }
        let date = date(headers.get("Date")?)?.as_millisecond();
        let (sent, received) = (exchange.signed, SignedAt::new(exchange.answered)?);
        let (sent, received) = (sent.0.get(), received.0.get());
        let took = received.checked_sub(sent)?.max(0);
        // Somewhere in its second, and somewhere on the way.
        let difference = (date + 500).checked_sub(sent + took / 2)?;
        Some(Self {
            difference,
            error: 500 + took / 2,
        })
    }
}

impl fmt::Debug for ClockSkews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClockSkews")
            .field("own", &self.own)
            .field("known", &self.health())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://api.example.com";
    /// 2026-11-28T12:00:00Z
    const NOW: Duration = Duration::from_secs(1_795_867_200);

    fn at(date: &str) -> Headers {
        Headers::from_iter([("Date", format!("Sat, 28 Nov 2026 {date} GMT"))])
    }

    fn took(seconds: u64) -> Exchange {
        let signed = SignedAt::new(NOW).expect("it is later than 1970");
        signed.answered(NOW + Duration::from_secs(seconds))
    }

    #[test]
    fn half_of_the_way_counts_and_its_length_is_the_error() {
        for (date, seconds, expected) in [
            ("12:00:00", 0, Some((500, 500))),
            ("12:01:00", 0, Some((60_500, 500))),
            ("12:01:00", 20, Some((50_500, 10_500))),
            ("11:59:00", 20, Some((-69_500, 10_500))),
            ("25:00:00", 0, None),
        ] {
            let estimate = Estimate::of(took(seconds), &at(date));
            let estimate = estimate.map(|it| (it.difference, it.error));
            assert_eq!(estimate, expected, "{date} in {seconds} s");
        }
    }

    #[test]
    fn what_the_way_explains_is_no_skew() {
        let skews = ClockSkews::default();
        for (date, seconds, expected) in [
            ("12:00:04", 0, 0),
            ("12:00:06", 0, 6),
            // The same clock, as far as one sees.
            ("12:00:09", 6, 6),
            ("12:00:20", 20, 6),
            ("12:00:40", 20, 30),
            ("12:00:00", 0, 0),
        ] {
            skews.learn(ORIGIN, took(seconds), &at(date));
            let correction = skews.correction(ORIGIN);
            assert_eq!(correction, Correction(expected), "{date} in {seconds} s");
        }
        assert!(!skews.shared.has_any.load(Ordering::Relaxed));
    }

    #[test]
    fn a_correction_never_goes_below_the_beginning_of_time() {
        assert_eq!(Correction(-5).apply(Duration::from_secs(1)), Duration::ZERO);
        assert_eq!(Correction(1).apply(Duration::MAX), Duration::MAX);
    }

    #[test]
    fn origins_are_bounded() {
        let skews = ClockSkews::default();
        for number in 0..MOST_ORIGINS + 10 {
            skews.learn(
                &format!("https://{number}.example.com"),
                took(0),
                &at("12:01:00"),
            );
        }
        assert_eq!(skews.health().len(), MOST_ORIGINS);
    }
}

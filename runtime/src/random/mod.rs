//! Chance, as the call path sees it: jitter and keys come from here, so that a test can repeat a run.
//!
//! Input: nothing, or a seed.
//! Output: numbers.
//! Invariants: two calls never see the same state.
//! Never: a number that a secret depends on.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives random numbers; tests put in a source of their own.
pub trait Random: Send + Sync + 'static {
    /// Returns the next number, all bits of it random.
    fn next(&self) -> u64;
}

impl<T: Random + ?Sized> Random for Arc<T> {
    fn next(&self) -> u64 {
        (**self).next()
    }
}

/// Numbers that differ in every process.
#[derive(Debug)]
pub struct SystemRandom(SeededRandom);

impl SystemRandom {
    /// Begins with a seed of the operating system.
    pub fn new() -> Self {
        Self(SeededRandom::new(RandomState::new().hash_one(0_u64)))
    }
}

impl Default for SystemRandom {
    fn default() -> Self {
        Self::new()
    }
}

impl Random for SystemRandom {
    fn next(&self) -> u64 {
        self.0.next()
    }
}

/// Numbers that are the same for the same seed: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// ```
/// use attache_runtime::random::{Random, SeededRandom};
///
/// assert_eq!(SeededRandom::new(1).next(), SeededRandom::new(1).next());
/// ```
#[derive(Debug)]
pub struct SeededRandom(AtomicU64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl SeededRandom {
    /// Begins with a seed.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Random for SeededRandom {
    fn next(&self) -> u64 {
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

/// A part of a duration, from nothing to all of it, evenly.
pub(crate) fn part_of(duration: std::time::Duration, random: &dyn Random) -> std::time::Duration {
    // 53 bits are all that a float of this size holds.
    let share = (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
    duration.mul_f64(share)
}

/// A random UUID (RFC 9562, version 4), as text.
pub(crate) fn uuid(random: &dyn Random) -> String {
    let (high, low) = (random.next(), random.next());
    let high = (high & !0xF000) | 0x4000;
    let low = (low & !(0b11 << 62)) | (0b10 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::{Random, SeededRandom, part_of, uuid};
    use std::time::Duration;

    #[test]
    fn parts_are_spread_evenly() {
        let random = SeededRandom::new(7);
        let mut counts = [0; 10];
        for _ in 0..10_000 {
            let part = part_of(Duration::from_secs(10), &random);
            counts[usize::try_from(part.as_secs()).unwrap()] += 1;
        }
        assert!(
            counts.iter().all(|count| (900..1_100).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn uuids_are_of_version_4() {
        let random = SeededRandom::new(7);
        let first = uuid(&random);
        let parsed: crate::Uuid = first.parse().expect("it is one");
        assert_eq!(parsed.to_string(), first);
        assert_eq!(&first[14..15], "4");
        assert!(matches!(&first[19..20], "8" | "9" | "a" | "b"), "{first}");
        assert_ne!(uuid(&random), first);
        assert_ne!(random.next(), random.next());
    }
}

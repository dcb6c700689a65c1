//! Decimal numbers as they are written, compared exactly.

use std::cmp::Ordering;

/// `digits` times ten to the power of `exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// Reads a number in the notation of JSON; none when it has more digits than are kept.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let places = i32::try_from(fraction.len()).ok()?;
        let mut decimal = Decimal {
            digits,
            exponent: exponent.checked_sub(places)?,
        };
        decimal.trim();
        Some(decimal)
    }

    /// Compares two numbers; in floating point where their digits are too far apart.
    pub(super) fn compare(one: &str, other: &str) -> Option<Ordering> {
        let exact = |(one, other): (i128, i128)| one.cmp(&other);
        let aligned = Self::read(one)
            .zip(Self::read(other))
            .and_then(|(one, other)| one.aligned(other));
        match aligned {
            Some(both) => Some(exact(both)),
            None => one
                .parse::<f64>()
                .ok()?
                .partial_cmp(&other.parse::<f64>().ok()?),
        }
    }

    /// Whether `one` is a whole multiple of `other`; true where that cannot be told.
    pub(super) fn is_multiple(one: &str, other: &str) -> bool {
        let aligned = Self::read(one)
            .zip(Self::read(other))
            .and_then(|(one, other)| one.aligned(other));
        aligned.is_none_or(|(one, other)| one.checked_rem(other).is_none_or(|rest| rest == 0))
    }

    /// The one notation of all notations of a number: `1.50` and `15e-1` are `15e-1`.
    pub(super) fn canonical(text: &str) -> String {
        match Self::read(text) {
            Some(Decimal { digits, exponent }) => format!("{digits}e{exponent}"),
            None => text.to_owned(),
        }
    }

    /// The digits of both with the same exponent.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let exponent = self.exponent.min(other.exponent);
        Some((self.at(exponent)?, other.at(exponent)?))
    }

    fn at(self, exponent: i32) -> Option<i128> {
        let zeros = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        if self.digits == 0 {
            return Some(0);
        }
        self.digits.checked_mul(10_i128.checked_pow(zeros)?)
    }

    fn trim(&mut self) {
        if self.digits == 0 {
            self.exponent = 0;
            return;
        }
        while self.digits % 10 == 0 && self.exponent < i32::MAX {
            self.digits /= 10;
            self.exponent += 1;
        }
    }
}

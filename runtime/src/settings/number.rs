//! Numbers of settings, as people write them.

use std::str::FromStr;

use crate::limit::Quota;

/// A whole number above zero.
pub(super) fn count<T: FromStr + PartialOrd + From<u8>>(text: &str) -> Option<T> {
    let number: T = text.trim().parse().ok()?;
    (number > T::from(0)).then_some(number)
}

/// A quota: requests per second, and how many at once, at least one.
pub(super) fn quota(rate: &str, burst: Option<&str>) -> Option<Quota> {
    let rate: f64 = rate.trim().parse().ok()?;
    let burst = burst.map_or(Some(1), count)?;
    (rate > 0.0 && rate.is_finite()).then(|| Quota::per_second(rate, burst))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_quotas() {
        assert_eq!(count::<u32>(" 3 "), Some(3));
        for text in ["0", "-1", "1.5", "", "many", "99999999999"] {
            assert_eq!(count::<u32>(text), None, "{text}");
        }
        assert_eq!(quota("0.5", Some("4")), Some(Quota::per_second(0.5, 4)));
        assert_eq!(quota("2", None), Some(Quota::per_second(2.0, 1)));
        for (rate, burst) in [
            ("0", "1"),
            ("-1", "1"),
            ("inf", "1"),
            ("NaN", "1"),
            ("1", "0"),
        ] {
            assert_eq!(quota(rate, Some(burst)), None, "{rate} {burst}");
        }
    }
}

//! Number texts: exact conversion to integers, and how floating-point numbers are written.

/// What a JSON number is as an integer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Integer {
    Is(i128),
    Fraction,
    TooBig,
}

/// Converts the text of a JSON number without going through floating point.
pub(super) fn read_integer(text: &str) -> Integer {
    match text.parse::<i64>() {
        Ok(value) => Integer::Is(value.into()),
        Err(_) => read_scientific(text),
    }
}

/// Converts `-12.50e1` and the like: the digits, shifted by the exponent.
fn read_scientific(text: &str) -> Integer {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Integer::Is(0);
    }
    // An exponent that does not fit is far out of range, one way or the other.
    let far = if exponent.starts_with('-') {
        i64::MIN / 2
    } else {
        i64::MAX / 2
    };
    let exponent = exponent
        .parse()
        .unwrap_or(far)
        .clamp(i64::MIN / 2, i64::MAX / 2);
    let zeros = exponent - fraction.len() as i64 + (digits.len() - significant.len()) as i64;
    if zeros < 0 {
        return Integer::Fraction;
    }
    if significant.len() as i64 + zeros > 38 {
        return Integer::TooBig;
    }
    let zeros = "0".repeat(zeros as usize);
    match format!("{}{significant}{zeros}", if negative { "-" } else { "" }).parse() {
        Ok(value) => Integer::Is(value),
        Err(_) => Integer::TooBig,
    }
}

/// Writes what `{:?}` makes of a finite float, without the `.0` that most APIs do not send either.
pub(super) fn push_float(text: &mut String, debug: &str) {
    text.push_str(debug.strip_suffix(".0").unwrap_or(debug));
}

#[cfg(test)]
mod tests {
    use super::{Integer, read_integer};

    #[test]
    fn integers_in_every_notation() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("-0.0e5", 0),
            ("1.0", 1),
            ("1e3", 1000),
            ("-12.50e1", -125),
            ("1200E-2", 12),
            ("18446744073709551615", u64::MAX.into()),
            ("-9223372036854775808", i64::MIN.into()),
            ("0e99999999999999999999", 0),
        ] {
            assert_eq!(read_integer(text), Integer::Is(value), "{text}");
        }
    }

    #[test]
    fn fractions_and_sizes() {
        for text in ["0.5", "1e-1", "1e-99999999999999999999", "123.4e0"] {
            assert_eq!(read_integer(text), Integer::Fraction, "{text}");
        }
        for text in [
            "1e39",
            "1e99999999999999999999",
            "9999999999999999999999999999999999999999",
        ] {
            assert_eq!(read_integer(text), Integer::TooBig, "{text}");
        }
    }
}

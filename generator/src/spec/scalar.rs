//! What a plain YAML scalar means: the core schema of YAML 1.2.

use super::node::Kind;

/// The kind of a scalar without quotes and tag; `on`, `yes`, timestamps and `1_000` are strings.
pub(super) fn kind_of_plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ if is_number(text) => Kind::Number,
        _ => Kind::String,
    }
}

fn is_number(text: &str) -> bool {
    let all = |digits: &str, valid: fn(&u8) -> bool| {
        !digits.is_empty() && digits.as_bytes().iter().all(valid)
    };
    if let Some(octal) = text.strip_prefix("0o") {
        return all(octal, |digit| matches!(digit, b'0'..=b'7'));
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return all(hexadecimal, u8::is_ascii_hexdigit);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => true,
        ".nan" | ".NaN" | ".NAN" => unsigned == text,
        _ => is_decimal(unsigned),
    }
}

/// Digits with at most one dot and an exponent, at least one digit before or after the dot.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_holds = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    (!whole.is_empty() || !fraction.is_empty())
        && digits(whole)
        && digits(fraction)
        && exponent_holds
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of_plain};

    #[test]
    fn the_core_schema_holds() {
        let table: [(Kind, &[&str]); 4] = [
            (Kind::Null, &["", "~", "null", "Null", "NULL"]),
            (
                Kind::Bool,
                &["true", "True", "TRUE", "false", "False", "FALSE"],
            ),
            (
                Kind::Number,
                &[
                    "0",
                    "-0",
                    "+7",
                    "014",
                    "000150",
                    "1.10",
                    "1.",
                    ".5",
                    "-1e3",
                    "1.5E-7",
                    "0o17",
                    "0xfF",
                    ".inf",
                    "-.Inf",
                    ".nan",
                    "18446744073709551616",
                    "-9223372036854776000",
                ],
            ),
            (
                Kind::String,
                &[
                    "on",
                    "off",
                    "yes",
                    "no",
                    "y",
                    "n",
                    "NO",
                    "tRUE",
                    "nULL",
                    "1_000",
                    "0o8",
                    "0x",
                    "0b1",
                    ".",
                    "-",
                    "+",
                    "e1",
                    "1e",
                    "1e+",
                    "1.2.3",
                    "-.nan",
                    "2001-01-01",
                    "12:30",
                    "1 ",
                    "Infinity",
                ],
            ),
        ];
        for (kind, texts) in table {
            for text in texts {
                assert_eq!(kind_of_plain(text), kind, "{text:?}");
            }
        }
    }
}

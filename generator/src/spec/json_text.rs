//! Values of a description as JSON text, whatever they are written in.

use super::node::{Kind, Node};
use crate::diagnostic::json_string;

impl Node<'_> {
    /// The value as compact JSON; numbers keep their digits.
    pub fn json_text(self) -> String {
        match self.kind() {
            Kind::Null => "null".to_owned(),
            Kind::Bool => self.as_bool().unwrap_or_default().to_string(),
            Kind::Number => number(self.scalar().unwrap_or_default()),
            Kind::String => json_string(self.as_str().unwrap_or_default()),
            Kind::Sequence => {
                let items: Vec<_> = self.items().map(Node::json_text).collect();
                format!("[{}]", items.join(","))
            }
            Kind::Mapping => {
                let member = |(key, value): (super::Key<'_>, Node<'_>)| {
                    format!("{}:{}", json_string(key.text), value.json_text())
                };
                let members: Vec<_> = self.entries().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

/// A number of YAML as JSON has it: no sign in front, digits on both sides of the point, base ten.
fn number(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let based = |prefix: &str, radix| {
        let digits = digits.strip_prefix(prefix)?;
        u128::from_str_radix(digits, radix).ok()
    };
    if let Some(value) = based("0x", 16).or_else(|| based("0o", 8)) {
        return format!("{sign}{value}");
    }
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        // Infinity and the like are no numbers in JSON.
        return json_string(text);
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = match fraction {
        "" => String::new(),
        fraction => format!(".{fraction}"),
    };
    format!("{sign}{whole}{fraction}{exponent}")
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_those_of_json() {
        for (text, json) in [
            ("1", "1"),
            ("+7", "7"),
            ("007", "7"),
            ("-.5", "-0.5"),
            ("1.", "1"),
            ("1.50e3", "1.50e3"),
            ("0x1F", "31"),
            (".inf", "\".inf\""),
            ("-9223372036854776000", "-9223372036854776000"),
        ] {
            assert_eq!(number(text), json, "{text}");
        }
    }
}

//! Strings: of a format, of a pattern, or of a length.

use fastrand::Rng;
use serde_json::Value;

use super::flat::Flat;
use super::pattern;

const TEXTS: [&str; 8] = [
    "text",
    "",
    "a b",
    "Größe 字符串 😀",
    "\"\\/\n\t\u{1}",
    "null",
    "0",
    "true",
];

/// No text is made longer by repetition alone.
const MANY: u32 = 2_000;

pub(super) fn string(rng: &mut Rng, flat: &Flat<'_>) -> Option<Value> {
    if let Some(format) = flat.text("format")
        && let Some(texts) = of_format(format)
    {
        return rng.choice(texts).map(|text| (*text).into());
    }
    if let Some(encoding) = flat.text("contentEncoding")
        && encoding.to_ascii_lowercase().starts_with("base64")
    {
        return rng.choice(["aGk=", "", "AAEC"]).map(Value::from);
    }
    if let Some(expression) = flat.text("pattern") {
        let (least, most) = (flat.least("minLength"), flat.most("maxLength"));
        let fits = |text: &String| (least..=most).contains(&text.chars().count());
        let wanted = u32::try_from(least)
            .unwrap_or(u32::MAX)
            .clamp(pattern::FEW, MANY);
        let found = (0..60).find_map(|attempt| {
            // Short ones if they will do.
            let repeated = if attempt < 20 { pattern::FEW } else { wanted };
            pattern::matching(rng, expression, repeated).filter(fits)
        });
        return found.map(Value::from);
    }
    let (least, most) = (flat.least("minLength"), flat.most("maxLength"));
    let text = *rng.choice(&TEXTS)?;
    let mut text: String = text.chars().take(most).collect();
    for _ in text.chars().count()..least.min(100_000) {
        text.push('x');
    }
    Some(text.into())
}

fn of_format(format: &str) -> Option<&'static [&'static str]> {
    Some(match format {
        "date-time" => &[
            "2026-11-24T10:00:00Z",
            "2026-11-24T10:00:00.123456+01:00",
            "1985-04-12T23:20:50.52Z",
            "1937-01-01T12:00:27.87-00:20",
        ],
        "date" => &["2026-11-24", "1999-02-28", "2024-02-29"],
        "time" => &["10:00:00Z", "23:59:59.5+02:00"],
        "duration" => &["P1D", "PT1H30M", "P3Y6M4DT12H30M5S"],
        "uuid" => &[
            "0190a5b0-0000-7000-8000-000000000001",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        ],
        "byte" | "base64" => &["aGk=", "", "AAEC"],
        "base64url" => &["_-8", "aGk"],
        "email" | "idn-email" => &["ada@example.com"],
        "hostname" | "idn-hostname" => &["example.com"],
        "uri-template" => &["https://example.com/{id}{?page}"],
        "ipv4" | "ip" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "uri" | "url" | "iri" | "uri-reference" => {
            &["https://example.com/a?b=c#d", "https://example.com"]
        }
        "int64" | "int32" | "uint64" | "uint32" => &["0", "42", "2147483647"],
        "decimal" => &["0", "12.50", "-0.001"],
        _ => return None,
    })
}

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

/// No text that stands for another is longer.
const MOST: usize = 100_000;

/// No text is made longer by repetition alone.
const MANY: u32 = 2_000;

/// The first text of the format or pattern; a text in later turns, since items may have to differ.
pub(super) fn plain(rng: &mut Rng, flat: &Flat<'_>, turn: usize) -> Option<Value> {
    let texts = flat.text("format").and_then(of_format);
    let base64 = flat.text("contentEncoding").map(str::to_ascii_lowercase);
    let is_base64 = base64.is_some_and(|encoding| encoding.starts_with("base64"));
    let (least, most) = (flat.least("minLength"), flat.most("maxLength"));
    let fits = |text: &&&str| (least..=most).contains(&text.chars().count());
    let candidates = match texts {
        // Both a format and a pattern: either may be the one that matters.
        Some(_) if turn % 2 == 1 && flat.text("pattern").is_some() => &[],
        Some(texts) => texts,
        None if is_base64 => &["aGk="],
        None if flat.text("pattern").is_some() => &[],
        None if turn == 0 => &["text"],
        None => &["text", "word", "line", "name", "item"],
    };
    let fitting: Vec<&&str> = candidates.iter().filter(fits).collect();
    let chosen = match turn {
        0 => fitting.first().copied(),
        _ => rng.choice(fitting),
    };
    match (chosen, flat.text("pattern")) {
        (Some(text), _) => Some((*text).into()),
        (None, Some(expression)) => patterned(rng, flat, expression, true),
        (None, None) if texts.is_none() => {
            let length = least.clamp(1, MOST).min(most);
            let text: String = "text".chars().cycle().take(length).collect();
            Some(text.into())
        }
        (None, None) => string(rng, flat),
    }
}

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
        return patterned(rng, flat, expression, false);
    }
    let (least, most) = (flat.least("minLength"), flat.most("maxLength"));
    let text = *rng.choice(&TEXTS)?;
    let mut text: String = text.chars().take(most).collect();
    for _ in text.chars().count()..least.min(MOST) {
        text.push('x');
    }
    Some(text.into())
}

fn patterned(rng: &mut Rng, flat: &Flat<'_>, expression: &str, letters: bool) -> Option<Value> {
    let (least, most) = (flat.least("minLength"), flat.most("maxLength"));
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    let wanted = u32::try_from(least)
        .unwrap_or(u32::MAX)
        .clamp(pattern::FEW, MANY);
    let found = (0..60).find_map(|attempt| {
        // Short ones if they will do.
        let repeated = if attempt < 20 { pattern::FEW } else { wanted };
        pattern::matching(rng, expression, repeated, letters).filter(fits)
    });
    found.map(Value::from)
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

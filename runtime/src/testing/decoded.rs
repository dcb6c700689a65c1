//! What a parameter's value looks like on the wire, as pairs of decoded text.

use super::arguments::text;
use super::exchange::Argument;
use crate::json::Json;

/// The pairs of a query that an argument becomes.
pub(super) fn query(argument: &Argument) -> Vec<(String, String)> {
    let named = |value: String| vec![(argument.name.clone(), value)];
    match (argument.style.as_str(), &argument.value) {
        ("json", value) => named(value.to_string()),
        ("query-json", value) => vec![(value.to_string(), String::new())],
        ("deepObject" | "query-form", Json::Object(_)) => {
            let mut pairs = Vec::new();
            let is_nested = argument.style == "deepObject";
            let name = if is_nested {
                argument.name.as_str()
            } else {
                ""
            };
            nested(name, &argument.value, &mut pairs);
            pairs
        }
        (_, Json::Array(items)) if argument.explode => {
            let pair = |item| (argument.name.clone(), text(item));
            items.iter().map(pair).collect()
        }
        (_, Json::Object(members)) if argument.explode => {
            let pair = |(name, value): (&str, &Json)| (name.to_owned(), text(value));
            members.iter().map(pair).collect()
        }
        (_, value) => named(joined(value, delimiter(&argument.style), false)),
    }
}

/// The text that an argument becomes in a path, a header or a cookie.
pub(super) fn simple(argument: &Argument) -> String {
    let (value, explode) = (&argument.value, argument.explode);
    match argument.style.as_str() {
        "json" => value.to_string(),
        "label" if explode => format!(".{}", joined(value, ".", true)),
        "label" => format!(".{}", joined(value, ",", false)),
        "matrix" => match value {
            Json::Array(items) if explode => {
                let item = |item| format!(";{}={}", argument.name, text(item));
                items.iter().map(item).collect()
            }
            Json::Object(_) if explode => format!(";{}", joined(value, ";", true)),
            _ => format!(";{}={}", argument.name, joined(value, ",", false)),
        },
        style => joined(value, delimiter(style), explode),
    }
}

/// Members with brackets around their names, however deep they are.
pub(super) fn nested(name: &str, value: &Json, pairs: &mut Vec<(String, String)>) {
    let below = |member: &str| match name {
        "" => member.to_owned(),
        name => format!("{name}[{member}]"),
    };
    match value {
        Json::Object(members) => {
            for (member, value) in members.iter() {
                nested(&below(member), value, pairs);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                nested(&below(&index.to_string()), item, pairs);
            }
        }
        plain => pairs.push((name.to_owned(), text(plain))),
    }
}

/// Items, or members, with a delimiter between them.
fn joined(value: &Json, delimiter: &str, explode: bool) -> String {
    let parts: Vec<String> = match value {
        Json::Array(items) => items.iter().map(text).collect(),
        Json::Object(members) if explode => {
            let member = |(name, value): (&str, &Json)| format!("{name}={}", text(value));
            members.iter().map(member).collect()
        }
        Json::Object(members) => {
            let member = |(name, value): (&str, &Json)| [name.to_owned(), text(value)];
            members.iter().flat_map(member).collect()
        }
        plain => vec![text(plain)],
    };
    parts.join(delimiter)
}

fn delimiter(style: &str) -> &str {
    match style {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        style => style.strip_prefix("delimited ").unwrap_or(","),
    }
}

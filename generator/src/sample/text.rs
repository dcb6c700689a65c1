//! Values as they stand in headers, and in bodies that are no JSON.

use serde_json::Value;

/// A plain value, or a list of such, as the text of a header.
pub(super) fn header(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(header).collect();
            items?.join(",")
        }
        Value::Null | Value::Object(_) => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    is_header(&text).then_some(text)
}

/// Whether a text can stand in a header, and is still the same afterwards.
pub(super) fn is_header(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && text.chars().all(|c| (' '..='~').contains(&c))
}

/// The text of a string; JSON of all other values.
pub(super) fn body(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value like this one, and not the same.
pub(super) fn another(value: &Value) -> Value {
    match value {
        Value::String(text) => format!("{text}2").into(),
        Value::Number(number) => number
            .as_i64()
            .map_or(Value::Null, |it| (it.wrapping_add(1)).into()),
        other => other.clone(),
    }
}

/// Whether a media type is JSON; lower case, without parameters.
pub(super) fn is_json(essence: &str) -> bool {
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a media type is XML; lower case, without parameters.
pub(super) fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    let name = name.split(';').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

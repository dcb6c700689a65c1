//! Nested values as pairs with brackets: `a[b]=c`, the style `deepObject`.

use crate::json::Json;

/// Writes a value as pairs, each name beginning with that of the parameter.
pub(super) fn deep_object(name: &str, value: &Json) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    push_pairs(name.to_owned(), value, &mut pairs);
    pairs
}

fn push_pairs(name: String, value: &Json, pairs: &mut Vec<(String, String)>) {
    match value {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                push_pairs(format!("{name}[{index}]"), item, pairs);
            }
        }
        Json::Object(object) => {
            for (member, value) in object.iter() {
                push_pairs(format!("{name}[{member}]"), value, pairs);
            }
        }
        plain => pairs.push((name, plain.plain_text())),
    }
}

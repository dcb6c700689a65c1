//! Nested values as pairs with brackets: `a[b]=c`, as in forms and in the style `deepObject`.

use super::percent;
use crate::json::Json;

/// Writes an object as the body of a form.
///
/// A list of plain values repeats its name, as the API descriptions' default has it.
pub(super) fn form(value: &Json) -> String {
    let mut pairs = Vec::new();
    for (name, member) in value
        .as_object()
        .into_iter()
        .flat_map(|object| object.iter())
    {
        match member {
            Json::Array(items) if items.iter().all(is_plain) => {
                pairs.extend(items.iter().map(|item| (name.to_owned(), item.plain_text())));
            }
            member => push_pairs(name.to_owned(), member, &mut pairs),
        }
    }
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", percent::form(name), percent::form(value)))
        .collect();
    pairs.join("&")
}

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

fn is_plain(value: &Json) -> bool {
    !matches!(value, Json::Array(_) | Json::Object(_))
}

#[cfg(test)]
mod tests {
    use super::form;
    use crate::json::Json;

    #[test]
    fn a_form_with_everything() {
        let value = Json::from_slice(
            br#"{"amount":100,"unset":null,"expand":["a","b c"],"card":{"number":"4&2","limits":[1,2]},"items":[{"sku":"x"}]}"#,
        )
        .unwrap();
        assert_eq!(
            form(&value),
            "amount=100&unset=&expand=a&expand=b+c&card%5Bnumber%5D=4%262&card%5Blimits%5D%5B0%5D=1\
             &card%5Blimits%5D%5B1%5D=2&items%5B0%5D%5Bsku%5D=x"
        );
    }
}

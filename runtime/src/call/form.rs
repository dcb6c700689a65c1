//! Objects as `application/x-www-form-urlencoded`.

use super::operation::Parameter;
use super::{percent, style};
use crate::json::Json;

/// Writes an object as a form: each member as its field says, or the usual way.
///
/// By default a list repeats its name, and what is nested deeper is JSON; anything that is no object
/// has no names, and makes an empty form.
pub(super) fn encode(value: &Json, fields: &[Parameter]) -> String {
    let members = value
        .as_object()
        .into_iter()
        .flat_map(|members| members.iter());
    let pairs =
        members.flat_map(
            |(name, member)| match fields.iter().find(|field| field.name == name) {
                Some(field) => style::in_form(field, member),
                None => usual(name, member),
            },
        );
    pairs.collect::<Vec<_>>().join("&")
}

fn usual(name: &str, member: &Json) -> Vec<String> {
    let pair = |value: &Json| {
        format!(
            "{}={}",
            percent::form(name),
            percent::form(&value.plain_text())
        )
    };
    match member {
        Json::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            items.map(pair).collect()
        }
        value => vec![pair(value)],
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, Parameter, encode};
    use crate::call::Style;

    const VALUE: &str = r#"{"amount":100,"unset":null,"expand":["a","b c",null],"card":{"number":"4&2","limits":[1,2]},"items":[{"sku":"x"}]}"#;

    fn value() -> Json {
        Json::from_slice(VALUE.as_bytes()).expect("it is JSON")
    }

    #[test]
    fn without_fields_what_is_nested_is_json() {
        assert_eq!(
            encode(&value(), &[]),
            "amount=100&unset=&expand=a&expand=b+c\
             &card=%7B%22number%22%3A%224%262%22%2C%22limits%22%3A%5B1%2C2%5D%7D\
             &items=%7B%22sku%22%3A%22x%22%7D"
        );
    }

    #[test]
    fn fields_say_how_members_are_written() {
        let deep = |name| Parameter::field(name).style(Style::DeepObject);
        assert_eq!(
            encode(&value(), &[deep("expand"), deep("card"), deep("items")]),
            "amount=100&unset=&expand%5B0%5D=a&expand%5B1%5D=b+c&expand%5B2%5D=\
             &card%5Bnumber%5D=4%262&card%5Blimits%5D%5B0%5D=1&card%5Blimits%5D%5B1%5D=2\
             &items%5B0%5D%5Bsku%5D=x"
        );
        let fields = [
            Parameter::field("expand").explode(false),
            Parameter::field("card"),
            Parameter::field("amount").style(Style::Json),
            Parameter::field("items").style(Style::Json),
        ];
        assert_eq!(
            encode(&value(), &fields),
            "amount=100&unset=&expand=a,b+c&number=4%262&limits=%5B1%2C2%5D\
             &items=%5B%7B%22sku%22%3A%22x%22%7D%5D"
        );
    }

    #[test]
    fn reserved_characters_where_they_are_allowed() {
        let value = Json::from_slice(br#"{"to":"a/b&c d"}"#).expect("it is JSON");
        let fields = [Parameter::field("to").allow_reserved()];
        assert_eq!(encode(&value, &fields), "to=a/b%26c%20d");
        assert_eq!(encode(&value, &[]), "to=a%2Fb%26c+d");
        assert_eq!(encode(&Json::from("a"), &[]), "");
    }
}

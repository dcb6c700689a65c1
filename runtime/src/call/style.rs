//! Writes a parameter in its style: one function for each place, all driven by [`Parameter`].

use super::operation::{Parameter, Style};
use super::{brackets, form, percent};
use crate::json::Json;

/// What a value is made of, with every part already encoded.
enum Shape {
    Plain(String),
    List(Vec<String>),
    Members(Vec<(String, String)>),
}

/// Returns what stands in the path in place of the parameter.
pub(super) fn in_path(parameter: &Parameter, value: &Json) -> String {
    const STRUCTURAL: &str = "/?#";
    let name = percent::component(parameter.name);
    let shape = shape(parameter, value, &|text| {
        encode(parameter, text, STRUCTURAL)
    });
    match parameter.style {
        Style::Label => match parameter.explode {
            true => format!(".{}", shape.joined(".", true)),
            false => format!(".{}", shape.joined(",", false)),
        },
        Style::Matrix => match (shape, parameter.explode) {
            (Shape::List(items), true) => items.iter().map(|item| matrix(&name, item)).collect(),
            (Shape::Members(members), true) => members
                .iter()
                .map(|(name, value)| matrix(name, value))
                .collect(),
            (shape, _) => matrix(&name, &shape.joined(",", false)),
        },
        _ => shape.joined(",", parameter.explode),
    }
}

/// Returns the pairs of the query, without the separators between them.
pub(super) fn in_query(parameter: &Parameter, value: &Json) -> Vec<String> {
    const STRUCTURAL: &str = "#&+[]";
    pairs(parameter, value, &percent::component, &|text| {
        encode(parameter, text, STRUCTURAL)
    })
}

/// Returns the pairs of a form, without the separators between them.
pub(super) fn in_form(parameter: &Parameter, value: &Json) -> Vec<String> {
    match parameter.allow_reserved {
        true => in_query(parameter, value),
        false => pairs(parameter, value, &percent::form, &percent::form),
    }
}

/// Returns the cookies, without the separators between them.
pub(super) fn in_cookie(parameter: &Parameter, value: &Json) -> Vec<String> {
    match parameter.style {
        Style::Cookie => pairs(parameter, value, &str::to_owned, &str::to_owned),
        _ => pairs(parameter, value, &percent::component, &|text| {
            encode(parameter, text, ";,")
        }),
    }
}

/// Returns the value of the header, which is not percent-encoded.
pub(super) fn in_header(parameter: &Parameter, value: &Json) -> String {
    shape(parameter, value, &str::to_owned).joined(",", parameter.explode)
}

fn pairs(
    parameter: &Parameter,
    value: &Json,
    encode_name: &dyn Fn(&str) -> String,
    encode: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let name = encode_name(parameter.name);
    let separator = match parameter.style {
        Style::DeepObject => return deep_object(parameter, value, encode_name, encode),
        Style::QueryForm => return vec![form::encode(value, &[])],
        Style::QueryJson => return vec![percent::component(&value.to_string())],
        Style::SpaceDelimited => percent::delimiter(' '),
        Style::PipeDelimited => percent::delimiter('|'),
        Style::Delimited(delimiter) => percent::delimiter(delimiter),
        _ => ",".to_owned(),
    };
    match (shape(parameter, value, encode), parameter.explode) {
        (Shape::List(items), true) => items.iter().map(|item| format!("{name}={item}")).collect(),
        (Shape::Members(members), true) => members
            .iter()
            .map(|(member, value)| format!("{member}={value}"))
            .collect(),
        (shape, _) => vec![format!("{name}={}", shape.joined(&separator, false))],
    }
}

fn deep_object(
    parameter: &Parameter,
    value: &Json,
    encode_name: &dyn Fn(&str) -> String,
    encode: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let pairs = brackets::deep_object(parameter.name, value);
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode_name(name), encode(value)))
        .collect()
}

fn encode(parameter: &Parameter, text: &str, structural: &str) -> String {
    match (parameter.as_is, parameter.allow_reserved) {
        (true, _) => percent::as_is(text),
        (false, true) => percent::reserved(text, structural),
        (false, false) => percent::component(text),
    }
}

/// Takes a value apart; nulls in lists and objects are left out, what is nested deeper is JSON text.
fn shape(parameter: &Parameter, value: &Json, encode: &dyn Fn(&str) -> String) -> Shape {
    match value {
        Json::Array(items) if parameter.style != Style::Json => {
            let items = items.iter().filter(|item| !item.is_null());
            Shape::List(items.map(|item| encode(&item.plain_text())).collect())
        }
        Json::Object(object) if parameter.style != Style::Json => {
            let members = object.iter().filter(|(_, value)| !value.is_null());
            Shape::Members(
                members
                    .map(|(name, value)| (encode(name), encode(&value.plain_text())))
                    .collect(),
            )
        }
        value if parameter.style == Style::Json => Shape::Plain(encode(&value.to_string())),
        value => Shape::Plain(encode(&value.plain_text())),
    }
}

fn matrix(name: &str, value: &str) -> String {
    match value.is_empty() {
        true => format!(";{name}"),
        false => format!(";{name}={value}"),
    }
}

impl Shape {
    /// Joins the parts; exploded members are `name=value`, others `name,value`.
    fn joined(self, separator: &str, explode: bool) -> String {
        match self {
            Shape::Plain(text) => text,
            Shape::List(items) => items.join(separator),
            Shape::Members(members) => {
                let between = if explode { "=" } else { separator };
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("{name}{between}{value}"))
                    .collect();
                members.join(separator)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, Parameter, Style, in_cookie, in_header, in_path, in_query};

    const LIST: &str = r#"["blue","black","brown"]"#;
    const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

    fn json(text: &str) -> Json {
        Json::from_slice(text.as_bytes()).expect(text)
    }

    #[test]
    fn path_styles() {
        for (style, explode, value, expected) in [
            (Style::Simple, false, "\"blue\"", "blue"),
            (Style::Simple, false, LIST, "blue,black,brown"),
            (Style::Simple, true, LIST, "blue,black,brown"),
            (Style::Simple, false, OBJECT, "R,100,G,200,B,150"),
            (Style::Simple, true, OBJECT, "R=100,G=200,B=150"),
            (Style::Label, false, "\"blue\"", ".blue"),
            (Style::Label, false, LIST, ".blue,black,brown"),
            (Style::Label, true, LIST, ".blue.black.brown"),
            (Style::Label, false, OBJECT, ".R,100,G,200,B,150"),
            (Style::Label, true, OBJECT, ".R=100.G=200.B=150"),
            (Style::Matrix, false, "\"\"", ";color"),
            (Style::Matrix, false, "\"blue\"", ";color=blue"),
            (Style::Matrix, false, LIST, ";color=blue,black,brown"),
            (
                Style::Matrix,
                true,
                LIST,
                ";color=blue;color=black;color=brown",
            ),
            (Style::Matrix, false, OBJECT, ";color=R,100,G,200,B,150"),
            (Style::Matrix, true, OBJECT, ";R=100;G=200;B=150"),
        ] {
            let parameter = Parameter::path("color").style(style).explode(explode);
            assert_eq!(
                in_path(&parameter, &json(value)),
                expected,
                "{style:?} {explode} {value}"
            );
        }
    }

    #[test]
    fn query_styles() {
        for (style, explode, value, expected) in [
            (Style::Form, true, "\"\"", "color="),
            (Style::Form, true, "\"a b&c\"", "color=a%20b%26c"),
            (Style::Form, false, LIST, "color=blue,black,brown"),
            (
                Style::Form,
                true,
                LIST,
                "color=blue&color=black&color=brown",
            ),
            (Style::Form, false, OBJECT, "color=R,100,G,200,B,150"),
            (Style::Form, true, OBJECT, "R=100&G=200&B=150"),
            (Style::Form, true, "[]", ""),
            (Style::Form, false, "[]", "color="),
            (
                Style::SpaceDelimited,
                false,
                LIST,
                "color=blue%20black%20brown",
            ),
            (
                Style::SpaceDelimited,
                true,
                LIST,
                "color=blue&color=black&color=brown",
            ),
            (
                Style::PipeDelimited,
                false,
                LIST,
                "color=blue%7Cblack%7Cbrown",
            ),
            (
                Style::PipeDelimited,
                false,
                OBJECT,
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ),
            (
                Style::Delimited('\t'),
                false,
                LIST,
                "color=blue%09black%09brown",
            ),
            (
                Style::DeepObject,
                true,
                OBJECT,
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ),
            (
                Style::DeepObject,
                true,
                r#"{"a":{"b":[1]}}"#,
                "color%5Ba%5D%5Bb%5D%5B0%5D=1",
            ),
            (
                Style::Json,
                true,
                r#"{"a":[1]}"#,
                "color=%7B%22a%22%3A%5B1%5D%7D",
            ),
        ] {
            let parameter = Parameter::query("color").style(style).explode(explode);
            assert_eq!(
                in_query(&parameter, &json(value)).join("&"),
                expected,
                "{style:?} {explode} {value}"
            );
        }
    }

    #[test]
    fn reserved_characters_where_they_are_allowed() {
        let query = Parameter::query("to").allow_reserved();
        assert_eq!(
            in_query(&query, &json("\"a/b?c&d#e%2F\"")),
            ["to=a/b?c%26d%23e%2F"]
        );
        let path = Parameter::path("to").allow_reserved();
        assert_eq!(in_path(&path, &json("\"a/b:c?\"")), "a%2Fb:c%3F");
    }

    #[test]
    fn headers_and_cookies() {
        assert_eq!(
            in_header(&Parameter::header("X"), &json(LIST)),
            "blue,black,brown"
        );
        assert_eq!(
            in_header(&Parameter::header("X").explode(true), &json(OBJECT)),
            "R=100,G=200,B=150"
        );
        assert_eq!(in_header(&Parameter::header("X"), &json("\"a b\"")), "a b");
        assert_eq!(
            in_cookie(&Parameter::cookie("c"), &json("[\"a;\",2]")).join("; "),
            "c=a%3B; c=2"
        );
        assert_eq!(
            in_cookie(
                &Parameter::cookie("c").style(Style::Cookie),
                &json("\"a b\"")
            ),
            ["c=a b"]
        );
    }

    #[test]
    fn a_parameter_that_is_the_whole_query() {
        let value = json(r#"{"foo":"a + b","bar":true}"#);
        let query = |style| in_query(&Parameter::query("q").style(style), &value).join("&");
        assert_eq!(query(Style::QueryForm), "foo=a+%2B+b&bar=true");
        assert_eq!(
            query(Style::QueryJson),
            "%7B%22foo%22%3A%22a%20%2B%20b%22%2C%22bar%22%3Atrue%7D"
        );
    }
}

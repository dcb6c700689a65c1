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
        Style::Delimited(delimiter) => shape.joined(&percent::delimiter(delimiter), false),
        _ => shape.joined(",", parameter.explode),
    }
}

/// Writes what [`in_path`] returns; the usual value costs nothing more.
pub(super) fn push_in_path(parameter: &Parameter, value: &Json, path: &mut String) {
    match value {
        Json::String(text)
            if parameter.style == Style::Simple
                && !parameter.as_is
                && !parameter.allow_reserved =>
        {
            percent::push_component(path, text);
        }
        value => path.push_str(&in_path(parameter, value)),
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
    let shape = shape(parameter, value, &str::to_owned);
    match parameter.style {
        Style::Delimited(delimiter) => shape.joined(&delimiter.to_string(), false),
        _ => shape.joined(",", parameter.explode),
    }
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
mod tests;

//! What a parameter's value looks like on the wire, decoded.

use super::arguments::text;
use super::body::unlike;
use super::exchange::Argument;
use crate::json::{Json, JsonObject};

/// What the decoded text of a value may be. The members of an object have no order.
pub(super) enum Spelling {
    Text(String),
    Json(Json),
    /// Members behind what stands before them all, with a delimiter between them.
    Members {
        before: String,
        members: Vec<String>,
        delimiter: String,
    },
}

impl Spelling {
    pub(super) fn is(&self, sent: &str) -> bool {
        match self {
            Spelling::Text(wanted) => sent == wanted,
            Spelling::Json(wanted) => Json::from_slice(sent.as_bytes())
                .is_ok_and(|sent| unlike(wanted, &sent, String::new()).is_none()),
            Spelling::Members {
                before,
                members,
                delimiter,
            } => sent
                .strip_prefix(before.as_str())
                .is_some_and(|sent| is_made_of(sent, &mut members.clone(), delimiter)),
        }
    }
}

/// Whether a text is these members in some order.
fn is_made_of(sent: &str, members: &mut Vec<String>, delimiter: &str) -> bool {
    if members.is_empty() {
        return sent.is_empty();
    }
    for at in 0..members.len() {
        let member = members.swap_remove(at);
        let is_fitting = sent.strip_prefix(member.as_str()).is_some_and(|rest| {
            match (members.is_empty(), rest.strip_prefix(delimiter)) {
                (true, _) => rest.is_empty(),
                (false, Some(rest)) => is_made_of(rest, members, delimiter),
                (false, None) => false,
            }
        });
        if is_fitting {
            return true;
        }
        members.push(member);
        let last = members.len() - 1;
        members.swap(at, last);
    }
    false
}

impl std::fmt::Display for Spelling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Spelling::Text(text) => f.write_str(text),
            Spelling::Json(value) => write!(f, "{value}"),
            Spelling::Members {
                before,
                members,
                delimiter,
            } => write!(f, "{before}{}", members.join(delimiter)),
        }
    }
}

/// The pairs of a query, or of cookies, that an argument becomes.
pub(super) fn query(argument: &Argument) -> Vec<(String, Spelling)> {
    let named = |value: Spelling| vec![(argument.name.clone(), value)];
    match (argument.style.as_str(), &argument.value) {
        ("json", value) => named(Spelling::Json(value.clone())),
        ("query-json", value) => vec![(value.to_string(), Spelling::Text(String::new()))],
        ("deepObject" | "query-form", Json::Object(_)) | ("deepObject", Json::Array(_)) => {
            let mut pairs = Vec::new();
            let name = match argument.style.as_str() {
                "deepObject" => argument.name.as_str(),
                _ => "",
            };
            nested(name, &argument.value, &mut pairs);
            let pair = |(name, text)| (name, Spelling::Text(text));
            pairs.into_iter().map(pair).collect()
        }
        (_, Json::Array(items)) if argument.explode => {
            let pair = |item| (argument.name.clone(), plain(item));
            items.iter().map(pair).collect()
        }
        (_, Json::Object(members)) if argument.explode => {
            let pair = |(name, value): (&str, &Json)| (name.to_owned(), plain(value));
            members.iter().map(pair).collect()
        }
        (_, value) => named(joined(
            String::new(),
            value,
            delimiter(&argument.style),
            false,
        )),
    }
}

/// The text that an argument becomes in a path or a header.
pub(super) fn simple(argument: &Argument) -> Spelling {
    let (value, explode) = (&argument.value, argument.explode);
    let named = || format!(";{}=", argument.name);
    match argument.style.as_str() {
        "json" => Spelling::Json(value.clone()),
        "label" if explode => joined(".".to_owned(), value, ".", true),
        "label" => joined(".".to_owned(), value, ",", false),
        "matrix" => match value {
            Json::Array(_) if explode => joined(named(), value, &named(), true),
            Json::Object(_) if explode => joined(";".to_owned(), value, ";", true),
            _ => joined(named(), value, ",", false),
        },
        style => joined(String::new(), value, delimiter(style), explode),
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
fn joined(before: String, value: &Json, delimiter: &str, explode: bool) -> Spelling {
    let between = if explode { "=" } else { delimiter };
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            Spelling::Text(before + &items.join(delimiter))
        }
        Json::Object(object) => Spelling::Members {
            before,
            members: members(object, between),
            delimiter: delimiter.to_owned(),
        },
        value if before.is_empty() => plain(value),
        value => Spelling::Text(before + &text(value)),
    }
}

/// What is no list and no object, or stands in one: a string as it is, all else as JSON, in which numbers have many
/// spellings.
fn plain(value: &Json) -> Spelling {
    match value {
        Json::String(text) => Spelling::Text(text.clone()),
        value => Spelling::Json(value.clone()),
    }
}

fn members(object: &JsonObject, between: &str) -> Vec<String> {
    let member = |(name, value): (&str, &Json)| format!("{name}{between}{}", text(value));
    object.iter().map(member).collect()
}

fn delimiter(style: &str) -> &str {
    match style {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        style => style.strip_prefix("delimited ").unwrap_or(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument(style: &str, explode: bool) -> Argument {
        Argument {
            argument: "color".to_owned(),
            place: "path".to_owned(),
            name: "color".to_owned(),
            required: true,
            style: style.to_owned(),
            explode,
            value: Json::from_slice(br#"{"R": 100, "G": 200}"#).unwrap(),
        }
    }

    #[test]
    fn members_have_no_order_but_belong_to_their_names() {
        for (style, explode, sent, expected) in [
            ("simple", false, "G,200,R,100", true),
            ("simple", false, "R,100,G,200", true),
            ("simple", false, "R,200,G,100", false),
            ("simple", false, "R,100", false),
            ("simple", true, "G=200,R=100", true),
            ("label", true, ".G=200.R=100", true),
            ("label", true, "G=200.R=100", false),
            ("matrix", false, ";color=G,200,R,100", true),
            ("matrix", true, ";G=200;R=100", true),
            ("matrix", true, ";G=200;R=100;B=1", false),
            ("json", false, r#"{"G":200,"R":100}"#, true),
        ] {
            let spelling = simple(&argument(style, explode));
            assert_eq!(
                spelling.is(sent),
                expected,
                "{style} {explode} {sent}: {spelling}"
            );
        }
    }
}

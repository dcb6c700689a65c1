//! Whether a body is the one that was asked for.

use super::arguments::text;
use super::decoded::nested;
use super::exchange::Argument;
use super::multipart;
use crate::call::form_pair;
use crate::json::{Json, JsonObject};

/// What is wrong with a body that is to hold this value under this media type.
pub(super) fn difference(argument: &Argument, content_type: &str, body: &[u8]) -> Option<String> {
    let essence = essence(content_type);
    if essence.contains("x-www-form-urlencoded") {
        // What a value without members is as a form, nothing says.
        let has_members = argument.value.as_object().is_some();
        return has_members.then(|| form(&argument.value, body)).flatten();
    }
    if essence.starts_with("multipart/")
        && let Some(members) = argument.value.as_object()
    {
        let member = |(name, value): (&str, &Json)| Argument {
            name: name.to_owned(),
            value: value.clone(),
            ..argument.clone()
        };
        let members: Vec<Argument> = members.iter().map(member).collect();
        return parts(&members.iter().collect::<Vec<_>>(), content_type, body);
    }
    if essence.starts_with("multipart/") {
        return unnamed(&argument.value, content_type, body);
    }
    if essence.ends_with("/xml") || essence.ends_with("+xml") {
        // Which XML a value is, only its type says.
        return (!body.starts_with(b"<")).then(|| "it is no XML".to_owned());
    }
    if !(essence.ends_with("/json") || essence.ends_with("+json")) {
        let wanted = text(&argument.value);
        return (body != wanted.as_bytes()).then(|| format!("its bytes are not {wanted:?}"));
    }
    match Json::from_slice(body) {
        Ok(sent) => unlike(&argument.value, &sent, String::new()),
        Err(error) => Some(format!("it is no JSON: {error}")),
    }
}

/// What is wrong with the parts of a body.
pub(super) fn parts(arguments: &[&Argument], content_type: &str, body: &[u8]) -> Option<String> {
    if essence(content_type).contains("x-www-form-urlencoded") {
        let pair = |argument: &&Argument| (argument.name.clone(), argument.value.clone());
        let members: JsonObject = arguments.iter().map(pair).collect();
        return form(&members.into(), body);
    }
    let sent = match multipart::parts(content_type, body) {
        Ok(sent) => sent,
        Err(reason) => return Some(reason),
    };
    for (name, _) in &sent {
        if arguments.iter().all(|argument| argument.name != *name) {
            return Some(format!("the part `{name}` was not asked for"));
        }
    }
    arguments.iter().find_map(|argument| {
        let mut found = sent.iter().filter(|(name, _)| *name == argument.name);
        match (&argument.value, found.next()) {
            (Json::Array(items), None) if items.is_empty() => None,
            (_, None) => Some(format!("the part `{}` is missing", argument.name)),
            (Json::Array(_), Some(_)) => None,
            (value, Some((name, bytes))) => {
                let is_same = text(value).as_bytes() == bytes || is_json(value, bytes);
                (!is_same).then(|| format!("the part `{name}` is not {value}"))
            }
        }
    })
}

/// Whether a body is one of parts, and has none.
pub(super) fn has_no_parts(content_type: &str, body: &[u8]) -> bool {
    essence(content_type).starts_with("multipart/")
        && multipart::parts(content_type, body).is_ok_and(|parts| parts.is_empty())
}

/// What is wrong with parts that are told apart by their order.
fn unnamed(value: &Json, content_type: &str, body: &[u8]) -> Option<String> {
    let sent = match multipart::parts(content_type, body) {
        Ok(sent) => sent,
        Err(reason) => return Some(reason),
    };
    let items = match value {
        Json::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    if sent.len() != items.len() {
        return Some(format!("it has {} parts, not {}", sent.len(), items.len()));
    }
    let is_same =
        |value: &Json, bytes: &[u8]| text(value).as_bytes() == bytes || is_json(value, bytes);
    let mut pairs = items.iter().zip(&sent);
    let wrong = pairs.find(|(value, (_, bytes))| !is_same(value, bytes));
    wrong.map(|(value, _)| format!("a part is not {value}"))
}

fn is_json(value: &Json, bytes: &[u8]) -> bool {
    let sent = Json::from_slice(bytes);
    sent.is_ok_and(|sent| unlike(value, &sent, String::new()).is_none())
}

/// A form has many spellings; members have to be there under their names, and plain ones with their values.
fn form(value: &Json, body: &[u8]) -> Option<String> {
    let sent = String::from_utf8_lossy(body);
    let sent: Vec<(String, String)> = sent.split('&').map(form_pair).collect();
    let stem = |name: &str| name.split(['[', '.']).next().unwrap_or_default().to_owned();
    let mut wanted = Vec::new();
    nested("", value, &mut wanted);
    for (name, text) in &wanted {
        let is_plain = !name.contains('[');
        let is_this = |(key, value): &(String, String)| match is_plain {
            true => key == name && value == text,
            false => stem(key) == stem(name),
        };
        // A list of lists, or null, may be spelled by leaving it out.
        if !text.is_empty() && text != "null" && !sent.iter().any(is_this) {
            return Some(format!("the pair `{name}={text}` is missing"));
        }
    }
    let is_wanted = |key: &str| {
        let members = value.as_object();
        members
            .is_some_and(|members| members.get(&stem(key)).is_some() || members.get(key).is_some())
    };
    let mut unasked = sent
        .iter()
        .filter(|(key, _)| !key.is_empty() && !is_wanted(key));
    unasked
        .next()
        .map(|(key, _)| format!("the pair `{key}` was not asked for"))
}

/// The first place where what was sent is not what was asked for; numbers are compared by value.
pub(super) fn unlike(wanted: &Json, sent: &Json, place: String) -> Option<String> {
    match (wanted, sent) {
        (Json::Object(wanted), Json::Object(sent)) => {
            let missing = wanted.iter().find_map(|(name, value)| {
                let place = format!("{place}/{name}");
                match sent.get(name) {
                    Some(sent) => unlike(value, sent, place),
                    None => Some(format!("{place} is missing")),
                }
            });
            let unasked = || sent.iter().find(|(name, _)| wanted.get(name).is_none());
            missing
                .or_else(|| unasked().map(|(name, _)| format!("{place}/{name} was not asked for")))
        }
        (Json::Array(wanted), Json::Array(sent)) if wanted.len() == sent.len() => {
            let mut pairs = wanted.iter().zip(sent).enumerate();
            pairs.find_map(|(index, (wanted, sent))| {
                unlike(wanted, sent, format!("{place}/{index}"))
            })
        }
        (Json::Number(wanted), Json::Number(sent)) if wanted.as_f64() == sent.as_f64() => None,
        (wanted, sent) if wanted == sent => None,
        (wanted, sent) => Some(format!("{place} is {sent}, not {wanted}")),
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    let name = name.split(';').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

//! Where a page begins, and a call that fetches it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::link;
use super::outline::Outline;
use super::scheme::{Flag, Pagination, Step, Target};
use crate::call::Call;
use crate::json::{Json, JsonObject};
use crate::response::Answer;

/// Where a page begins, when it is not the first.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Position {
    /// A token that the server gave.
    Token(Json),
    /// A number that was counted.
    Number(i64),
    /// An address, as the server gave it.
    Url(String),
}

impl Position {
    /// A number to know a position again by.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        match self {
            Position::Token(token) => (0, token.to_string()).hash(&mut hasher),
            Position::Number(number) => (1, number).hash(&mut hasher),
            Position::Url(url) => (2, url).hash(&mut hasher),
        }
        hasher.finish()
    }

    /// Where a call begins that its caller has given a token or number of a page.
    pub(super) fn of_call(call: &Call, scheme: &Pagination) -> Option<Self> {
        let value = match scheme.target {
            _ if scheme.operation.is_some() => None,
            Target::None => None,
            Target::Parameter(index) => call.argument_at(index).cloned(),
            Target::Body(pointer) => call.json_body()?.pointer(pointer).cloned(),
        };
        let value = value.filter(|value| !value.is_null())?;
        match scheme.step {
            Step::Offset(_) | Step::Page(_) => whole_number(&value).map(Position::Number),
            _ => Some(Position::Token(value)),
        }
    }

    /// Where the page after this answer begins; nothing after the last one.
    pub(super) fn after(
        answer: &Answer,
        scheme: &Pagination,
        current: Option<&Position>,
    ) -> Option<Self> {
        let outline = Outline::of(answer.body());
        if scheme.more.as_ref().is_some_and(|flag| ends(flag, outline)) {
            return None;
        }
        match scheme.step {
            Step::Token(pointer) => outline.value(pointer).filter(leads_on).map(Position::Token),
            Step::HeaderToken(name) => answer
                .headers()
                .get(name)
                .filter(|token| !token.is_empty())
                .map(|token| Position::Token(Json::from(token))),
            Step::LastItem(pointer) => {
                let last = outline.list(scheme.items?).last?;
                let token = last.value(pointer).filter(|token| !token.is_null())?;
                Some(Position::Token(token))
            }
            Step::Offset(first) => offset(outline, scheme, first, current),
            Step::Page(first) => page(outline, scheme, first, current),
            Step::NextUrl(pointer) => {
                let url = outline.value(pointer)?;
                let url = url.as_str().filter(|url| !url.trim().is_empty())?;
                Some(Position::Url(url.trim().to_owned()))
            }
            Step::Link => link::next(answer.headers()).map(Position::Url),
            Step::Single => None,
        }
    }

    /// Makes the call that fetches the page; `Err` says why there is none.
    pub(super) fn apply(&self, call: &mut Call, scheme: &Pagination) -> Result<(), String> {
        if let Some(operation) = scheme.operation {
            call.turn_to(operation);
        }
        let value = match self {
            Position::Url(url) => return call.go_to(url, scheme.keeping),
            Position::Token(token) => token.clone(),
            Position::Number(number) => Json::from(*number),
        };
        if let Some(kept) = scheme.only_with {
            call.keep_only(kept);
        }
        match scheme.target {
            Target::None => Ok(()),
            Target::Parameter(index) => {
                call.set_argument_at(index, value);
                Ok(())
            }
            Target::Body(pointer) => {
                let mut body = match call.json_body() {
                    Some(body) => body,
                    None if call.has_body() => {
                        return Err("the body of the request is no JSON in memory, so the position of the next page cannot be put into it".to_owned());
                    }
                    None => Json::Object(JsonObject::new()),
                };
                put(&mut body, pointer, value);
                call.replace_json(&body);
                Ok(())
            }
        }
    }
}

fn ends(flag: &Flag, outline: Outline<'_>) -> bool {
    let value = outline.value(flag.pointer);
    value.and_then(|value| value.as_bool()) == Some(!flag.means_more)
}

/// Whether a token is one: not null, empty, false, or a number that is not above zero.
fn leads_on(token: &Json) -> bool {
    match token {
        Json::Null | Json::Bool(false) => false,
        Json::String(text) => !text.is_empty(),
        Json::Number(number) => number.as_f64() > 0.0,
        _ => true,
    }
}

fn offset(
    outline: Outline<'_>,
    scheme: &Pagination,
    first: i64,
    current: Option<&Position>,
) -> Option<Position> {
    let count = i64::try_from(outline.list(scheme.items?).count).ok()?;
    let next = start(current, first).checked_add(count)?;
    let total = scheme
        .total_items
        .and_then(|pointer| outline.value(pointer));
    let is_end = total
        .and_then(|total| total.as_i64())
        .is_some_and(|total| next.saturating_sub(first) >= total);
    (count > 0 && !is_end).then_some(Position::Number(next))
}

fn page(
    outline: Outline<'_>,
    scheme: &Pagination,
    first: i64,
    current: Option<&Position>,
) -> Option<Position> {
    let count = outline.list(scheme.items?).count;
    let next = start(current, first).checked_add(1)?;
    let total = scheme
        .total_pages
        .and_then(|pointer| outline.value(pointer));
    let is_end = total
        .and_then(|total| total.as_i64())
        .is_some_and(|total| next.saturating_sub(first) >= total);
    (count > 0 && !is_end).then_some(Position::Number(next))
}

fn start(current: Option<&Position>, first: i64) -> i64 {
    match current {
        Some(Position::Number(number)) => *number,
        _ => first,
    }
}

/// A whole number, also one that the caller's type writes as text.
fn whole_number(value: &Json) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

/// Sets a member of nested objects, making those that are not there.
fn put(body: &mut Json, pointer: &str, value: Json) {
    let Some((step, rest)) = pointer.strip_prefix('/').map(|steps| {
        let (step, rest) = steps.split_at(steps.find('/').unwrap_or(steps.len()));
        (step.replace("~1", "/").replace("~0", "~"), rest)
    }) else {
        *body = value;
        return;
    };
    if !matches!(body, Json::Object(_)) {
        *body = Json::Object(JsonObject::new());
    }
    if let Json::Object(object) = body {
        let mut inner = object.get(&step).cloned().unwrap_or_default();
        put(&mut inner, rest, value);
        object.insert(step, inner);
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, leads_on, put};

    #[test]
    fn members_are_put_where_they_belong() {
        let mut body = Json::from_slice(br#"{"a":{"x":1},"b":2}"#).expect("it is JSON");
        put(&mut body, "/a/cursor", Json::from("c"));
        put(&mut body, "/page/after~1~0", Json::from(3));
        put(&mut body, "/b", Json::from(true));
        assert_eq!(
            body.to_string(),
            r#"{"a":{"x":1,"cursor":"c"},"b":true,"page":{"after/~":3}}"#
        );
    }

    #[test]
    fn what_is_no_token() {
        for (json, expected) in [
            ("null", false),
            ("false", false),
            ("\"\"", false),
            ("0", false),
            ("-1", false),
            ("2", true),
            ("\"c\"", true),
            ("[1]", true),
        ] {
            let token = Json::from_slice(json.as_bytes()).expect("it is JSON");
            assert_eq!(leads_on(&token), expected, "{json}");
        }
    }
}

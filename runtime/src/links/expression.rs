//! Runtime expressions.

use super::Sent;
use crate::call::Location;
use crate::json::Json;
use crate::response::Answer;

/// An expression, or a text with expressions in it.
#[derive(Debug, PartialEq)]
pub(super) enum Expression<'e> {
    Url,
    Method,
    StatusCode,
    Request(Source<'e>),
    Response(Source<'e>),
    Text(Vec<Piece<'e>>),
}

/// Where in a message a value stands.
#[derive(Debug, PartialEq)]
pub(super) enum Source<'e> {
    Header(&'e str),
    Query(&'e str),
    Path(&'e str),
    /// A JSON pointer; empty for all of it.
    Body(&'e str),
}

#[derive(Debug, PartialEq)]
pub(super) enum Piece<'e> {
    Literal(&'e str),
    Expression(Expression<'e>),
}

impl<'e> Expression<'e> {
    /// Reads an expression; a text without any is its own value.
    pub(super) fn parse(text: &'e str) -> Result<Self, String> {
        match text.starts_with('$') {
            true => Self::whole(text),
            false => pieces(text).map(Expression::Text),
        }
    }

    fn whole(text: &'e str) -> Result<Self, String> {
        let of = |rest: &'e str| {
            source(rest).ok_or_else(|| "this is no runtime expression of OpenAPI".to_owned())
        };
        match text {
            "$url" => Ok(Expression::Url),
            "$method" => Ok(Expression::Method),
            "$statusCode" => Ok(Expression::StatusCode),
            _ => match text.strip_prefix("$request.") {
                Some(rest) => of(rest).map(Expression::Request),
                None => of(text.strip_prefix("$response.").unwrap_or_default())
                    .map(Expression::Response),
            },
        }
    }

    /// `Err` says why it gives nothing.
    pub(super) fn evaluate(&self, answer: &Answer) -> Result<Json, String> {
        let sent = || {
            let sent = answer.sent();
            sent.ok_or_else(|| "what was sent is not kept for this operation".to_owned())
        };
        match self {
            Expression::Url => Ok(Json::String(sent()?.url.clone())),
            Expression::Method => Ok(Json::String(sent()?.method.clone())),
            Expression::StatusCode => Ok(Json::of(&i64::from(answer.status()))),
            Expression::Request(source) => source.of_request(sent()?),
            Expression::Response(source) => source.of_response(answer),
            Expression::Text(pieces) => {
                let mut text = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Literal(literal) => text.push_str(literal),
                        Piece::Expression(expression) => {
                            text.push_str(&expression.evaluate(answer)?.plain_text());
                        }
                    }
                }
                Ok(Json::String(text))
            }
        }
    }
}

impl Source<'_> {
    fn of_request(&self, sent: &Sent) -> Result<Json, String> {
        let argument = |location: Location, name: &str| {
            let mut arguments = sent.arguments.iter();
            let found = arguments.find(|(at, known, _)| *at == location && known == name);
            found.map(|(_, _, value)| value.clone())
        };
        match self {
            Source::Header(name) => header(sent.headers.get(name), "request", name),
            Source::Query(name) => argument(Location::Query, name)
                .ok_or_else(|| format!("the request has no `{name}` in its query")),
            Source::Path(name) => argument(Location::Path, name)
                .ok_or_else(|| format!("the request has no `{name}` in its path")),
            Source::Body(pointer) => {
                let body = sent.body.as_ref();
                let body = body.ok_or("the request has no body of JSON")?;
                at(body, pointer, "request")
            }
        }
    }

    fn of_response(&self, answer: &Answer) -> Result<Json, String> {
        match self {
            Source::Header(name) => header(answer.headers().get(name), "answer", name),
            Source::Body(pointer) => match Json::from_slice(answer.body()) {
                Ok(body) => at(&body, pointer, "answer"),
                Err(_) if pointer.is_empty() => {
                    let text = String::from_utf8_lossy(answer.body());
                    Ok(Json::String(text.into_owned()))
                }
                Err(error) => Err(format!("the body of the answer is no JSON: {error}")),
            },
            Source::Query(_) | Source::Path(_) => {
                Err("an answer has neither a path nor a query".to_owned())
            }
        }
    }
}

fn header(value: Option<&str>, of: &str, name: &str) -> Result<Json, String> {
    let value = value.map(|text| Json::String(text.to_owned()));
    value.ok_or_else(|| format!("the {of} has no header `{name}`"))
}

fn at(body: &Json, pointer: &str, of: &str) -> Result<Json, String> {
    let found = body.pointer(pointer).cloned();
    found.ok_or_else(|| format!("the body of the {of} has nothing at `{pointer}`"))
}

/// `header.token`, `query.name`, `path.name`, `body`, `body#/pointer`.
fn source(text: &str) -> Option<Source<'_>> {
    if let Some(rest) = text.strip_prefix("body") {
        let pointer = match rest {
            "" => "",
            rest => rest.strip_prefix('#')?,
        };
        return (pointer.is_empty() || pointer.starts_with('/')).then_some(Source::Body(pointer));
    }
    let (place, name) = text.split_once('.')?;
    if name.is_empty() {
        return None;
    }
    match place {
        "header" => Some(Source::Header(name)),
        "query" => Some(Source::Query(name)),
        "path" => Some(Source::Path(name)),
        _ => None,
    }
}

/// A text, and the expressions in it, each in braces.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((literal, tail)) = rest.split_once("{$") {
        if !literal.is_empty() {
            found.push(Piece::Literal(literal));
        }
        let start = rest.len() - tail.len() - 1;
        let end = rest[start..].find('}').map(|end| start + end);
        let end = end.ok_or_else(|| "a brace is not closed".to_owned())?;
        found.push(Piece::Expression(Expression::whole(&rest[start..end])?));
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() || found.is_empty() {
        found.push(Piece::Literal(rest));
    }
    Ok(found)
}

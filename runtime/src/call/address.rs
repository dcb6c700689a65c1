//! The address of a request: the path of its operation, filled in, and its query.

use super::operation::{Location, Parameter};
use super::percent::{self, pair};
use super::{Argument, Call, Value, style};
use crate::json::Json;
use crate::transport::Url;

/// An address that is being written.
struct Address {
    text: String,
    /// Where the path begins, and where what is appended to the base URL does.
    path: usize,
    appended: usize,
    has_query: bool,
}

/// Writes the address of a call below a base URL, without what a credential adds to it.
pub(super) fn address(call: &Call, base_url: &Url) -> Result<Url, String> {
    // One that the server gave is complete, but for arguments that are set since.
    let mut address = match &call.overrides().address {
        Some(given) => Address::after(&given.root(), given.as_str().len()),
        None => Address::after(
            base_url,
            base_url.as_str().len() + call.operation.path().len(),
        ),
    };
    match &call.overrides().address {
        Some(given) => {
            address.text.push_str(given.path());
            address.end_path();
            address.push_query(given.query().unwrap_or_default());
        }
        None => {
            address.fill_path(call)?;
            address.push_query(call.operation.fixed_query);
            address.push_query(call.operation.free().map_or("", |free| &free.query));
        }
    }
    let queries = call
        .arguments
        .iter()
        .filter(|it| it.location == Location::Query);
    for argument in queries {
        if let Value::Json(value) = &argument.value {
            address.push_argument(&argument.parameter(&call.operation), argument, value);
        }
    }
    if call.overrides().address.is_none() {
        let queries = call.overrides().queries.iter();
        queries.for_each(|pair| address.push_query(pair));
    }
    Ok(Url::of_parts(address.text, address.path))
}

impl Address {
    fn after(base_url: &Url, length: usize) -> Self {
        /// For values, and a query.
        const ROOM: usize = 64;
        let mut text = String::with_capacity(length + ROOM);
        text.push_str(base_url.as_str());
        Self {
            path: base_url.origin().len(),
            appended: text.len(),
            has_query: false,
            text,
        }
    }

    /// Ends the path: what has been written below the base URL begins with a slash, unless there is nothing.
    fn end_path(&mut self) {
        let path = &self.text.as_bytes()[self.appended..];
        if !matches!(path, [] | [b'/' | b'?', ..]) {
            self.text.insert(self.appended, '/');
        }
    }

    fn push_query(&mut self, pairs: &str) {
        if !pairs.is_empty() {
            self.text.push(if self.has_query { '&' } else { '?' });
            self.has_query = true;
            self.text.push_str(pairs);
        }
    }

    fn fill_path(&mut self, call: &Call) -> Result<(), String> {
        let (path, template) = (call.operation.path(), &call.station.template);
        let mut has_dot = !template.is_plain;
        for (literal, name, parameter) in template.pieces(path) {
            self.push_literal(call, literal);
            let begin = self.text.len();
            self.push_value(call, name, parameter)?;
            has_dot |= self.text.as_bytes()[begin..].contains(&b'.');
        }
        self.push_literal(call, template.rest(path));
        self.end_path();
        let path = &self.text[self.appended..];
        // A parameter that is sent as it is may have brought a query along.
        self.has_query = !template.is_plain && path.contains('?');
        // A URL parser removes such segments, encoded or not, and the request would go elsewhere.
        match has_dot && has_dot_segment(path) {
            true => Err(
                "a path parameter makes a segment `.` or `..`, which would name another path"
                    .to_owned(),
            ),
            false => Ok(()),
        }
    }

    /// What a caller wrote may hold anything; what a description has, stays as it is.
    fn push_literal(&mut self, call: &Call, text: &str) {
        match call.operation.free() {
            _ if text.is_empty() => {}
            Some(_) => self.text.push_str(&percent::reserved(text, "?#")),
            None => self.text.push_str(text),
        }
    }

    fn push_value(&mut self, call: &Call, name: &str, parameter: &Parameter) -> Result<(), String> {
        let is_this =
            |argument: &&Argument| argument.location == Location::Path && argument.name == name;
        let found = call.arguments.iter().find(is_this);
        let Some(Value::Json(value)) = found.map(|found| &found.value) else {
            return Err(format!("the path parameter {name:?} is not set"));
        };
        let length = self.text.len();
        style::push_in_path(parameter, value, &mut self.text);
        match self.text.len() == length && !parameter.may_be_empty {
            true => Err(format!(
                "the path parameter {name:?} is empty, which would name another path"
            )),
            false => Ok(()),
        }
    }

    fn push_argument(&mut self, parameter: &Parameter, argument: &Argument, value: &Json) {
        let pairs = match parameter.name {
            // No table says how it is written.
            "" => pairs(&argument.name, value),
            _ => style::in_query(parameter, value),
        };
        pairs.iter().for_each(|pair| self.push_query(pair));
    }
}

fn has_dot_segment(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// A parameter that nobody describes: a list repeats its name, an object gives a pair for each member.
pub(super) fn pairs(name: &str, value: &Json) -> Vec<String> {
    match value {
        Json::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            items.map(|item| pair(name, &item.plain_text())).collect()
        }
        Json::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            members
                .map(|(name, value)| pair(name, &value.plain_text()))
                .collect()
        }
        value => vec![pair(name, &value.plain_text())],
    }
}

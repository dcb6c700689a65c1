//! Turns the arguments of a call into a request that lacks only its credential.

use std::borrow::Cow;

use super::operation::{Location, OperationMeta, Parameter};
use super::percent::{self, pair};
use super::{Argument, Call, Value, content, style};
use crate::body::Body;
use crate::client::Shared;
use crate::credential::Grant;
use crate::json::Json;
use crate::response::ACCEPTED;
use crate::transport::{Headers, TransportRequest, Url, check_header};

/// A request without its credential; each attempt makes one to send of it.
pub(super) struct Draft {
    pub(super) base_url: Url,
    /// Credentials of the client may go there.
    pub(super) is_own: bool,
    method: Cow<'static, str>,
    path: String,
    query: Vec<String>,
    headers: Headers,
    cookies: Vec<String>,
    body: Body,
}

/// Assembles the request, or says why the arguments cannot be sent.
pub(super) fn assemble(call: &Call) -> Result<Draft, String> {
    if let Some(problem) = call.operation.free().and_then(|free| free.problem.clone()) {
        return Err(problem);
    }
    let mut draft = Draft::of_address(call)?;
    if !call.operation.accept.is_empty() {
        draft.headers.set("Accept", call.operation.accept);
    }
    if !ACCEPTED.is_empty() && draft.headers.get("Accept-Encoding").is_none() {
        draft.headers.set("Accept-Encoding", ACCEPTED);
    }
    if let Some((content_type, body)) = content::content(call)? {
        draft.headers.set("Content-Type", content_type);
        draft.body = body;
    }
    for argument in &call.arguments {
        if let Value::Json(value) = &argument.value {
            draft.add(&argument.parameter(&call.operation), argument, value);
        }
    }
    // An address that the server gave is complete.
    if call.address.is_none() {
        draft.query.extend(call.queries.iter().cloned());
    }
    for (name, value) in call.headers.iter() {
        draft.headers.set(name, value);
    }
    draft.check()?;
    Ok(draft)
}

impl Draft {
    /// A draft that has method, path and the part of the query that is no argument.
    fn of_address(call: &Call) -> Result<Self, String> {
        let shared = call.client.shared();
        let place = call.target.place(&call.operation, shared)?;
        let mut draft = Draft {
            base_url: place.base_url,
            is_own: place.is_own,
            method: call.operation.method.clone(),
            path: String::new(),
            query: Vec::new(),
            headers: own_headers(shared, place.is_own),
            cookies: Vec::new(),
            body: Body::new(),
        };
        match &call.address {
            Some(address) => {
                draft.base_url = address.root();
                draft.method = "GET".into();
                draft.path = address.path().to_owned();
                draft.query.extend(address.query().map(str::to_owned));
            }
            None => {
                let path = fill_path(call)?;
                // A parameter that is sent as it is may bring a query along.
                let (path, query) = path.split_once('?').unwrap_or((&path, ""));
                draft.path = path.to_owned();
                let given = call.operation.free().map_or("", |free| &free.query);
                let fixed = [query, call.operation.fixed_query, given];
                let fixed = fixed.into_iter().filter(|query| !query.is_empty());
                draft.query.extend(fixed.map(str::to_owned));
            }
        }
        Ok(draft)
    }

    /// The address, without what a credential adds to it.
    pub(super) fn url(&self) -> Url {
        self.base_url.join(&self.path, &self.query.join("&"))
    }

    /// Whether it can be sent more than once.
    pub(super) fn is_repeatable(&self) -> bool {
        self.body.is_repeatable()
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.get(name).is_some()
    }

    pub(super) fn set_header(&mut self, name: &str, value: String) {
        self.headers.set(name, value);
    }

    /// Makes a request that lacks only its credentials.
    pub(super) fn request(&self) -> TransportRequest {
        let mut headers = self.headers.clone();
        if !self.cookies.is_empty() {
            headers.set("Cookie", self.cookies.join("; "));
        }
        TransportRequest {
            method: self.method.clone(),
            url: self.url(),
            headers,
            body: self.body.clone(),
        }
    }

    fn add(&mut self, parameter: &Parameter, argument: &Argument, value: &Json) {
        let (name, is_unknown) = (argument.name.as_str(), parameter.name.is_empty());
        match argument.location {
            Location::Path | Location::Part | Location::PartHeader(_) | Location::Field => {}
            // No table says how it is written.
            Location::Query if is_unknown => self.query.extend(pairs(name, value)),
            Location::Cookie if is_unknown => self.cookies.extend(pairs(name, value)),
            Location::Query => self.query.extend(style::in_query(parameter, value)),
            Location::Header => self.headers.set(name, style::in_header(parameter, value)),
            Location::Cookie => self.cookies.extend(style::in_cookie(parameter, value)),
        }
    }

    fn check(&self) -> Result<(), String> {
        let cookies = self
            .cookies
            .iter()
            .map(|cookie| ("Cookie", cookie.as_str()));
        self.headers
            .iter()
            .chain(cookies)
            .try_for_each(|(name, value)| check_header(name, value))
    }
}

impl Argument {
    /// Returns how the operation's table says it is written, or the usual way.
    pub(super) fn parameter(&self, operation: &OperationMeta) -> Parameter {
        let is_this = |parameter: &&Parameter| {
            parameter.location == self.location && parameter.name == self.name
        };
        let declared = operation.parameters.iter().find(is_this);
        declared
            .copied()
            .unwrap_or(Parameter::new("", self.location))
    }
}

fn fill_path(call: &Call) -> Result<String, String> {
    let mut path = String::new();
    let mut template = call.operation.path();
    // What a caller wrote may hold anything; what a description has, stays as it is.
    let literal = |text: &str| match call.operation.free() {
        Some(_) => percent::reserved(text, "?#"),
        None => text.to_owned(),
    };
    while let Some((before, rest)) = template.split_once('{') {
        let Some((name, after)) = rest.split_once('}') else {
            break;
        };
        path.push_str(&literal(before));
        path.push_str(&path_value(call, name)?);
        template = after;
    }
    path.push_str(&literal(template));
    // A URL parser removes such segments, encoded or not, and the request would go elsewhere.
    match path.split('/').any(|segment| matches!(segment, "." | "..")) {
        true => Err(
            "a path parameter makes a segment `.` or `..`, which would name another path"
                .to_owned(),
        ),
        false => Ok(path),
    }
}

fn path_value(call: &Call, name: &str) -> Result<String, String> {
    let is_this =
        |argument: &&Argument| argument.location == Location::Path && argument.name == name;
    let found = call.arguments.iter().find(is_this);
    let Some((argument, Value::Json(value))) = found.map(|found| (found, &found.value)) else {
        return Err(format!("the path parameter {name:?} is not set"));
    };
    let parameter = argument.parameter(&call.operation);
    let text = style::in_path(&parameter, value);
    match text.is_empty() && !parameter.may_be_empty {
        true => Err(format!(
            "the path parameter {name:?} is empty, which would name another path"
        )),
        false => Ok(text),
    }
}

/// A parameter that nobody describes: a list repeats its name, an object gives a pair for each member.
fn pairs(name: &str, value: &Json) -> Vec<String> {
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

/// What the client sends with every request; elsewhere than to its server no more than who it is.
fn own_headers(shared: &Shared, is_own: bool) -> Headers {
    match (is_own, shared.headers.get("User-Agent")) {
        (true, _) => shared.headers.clone(),
        (false, Some(agent)) => Headers::from_iter([("User-Agent", agent)]),
        (false, None) => Headers::new(),
    }
}

/// Adds credentials to a request.
pub(super) fn authorize(request: &mut TransportRequest, grants: &[Grant]) -> Result<(), String> {
    for grant in grants {
        match grant {
            Grant::Header(name, value) => {
                check_header(name, value)?;
                request.headers.set(*name, value.as_str());
            }
            Grant::Query(name, value) => {
                // Some servers repeat it in the address of the next page.
                let others = request.url.query().unwrap_or_default().split('&');
                let others = others.filter(|pair| !pair.is_empty() && !is_of(pair, name));
                let pairs: Vec<String> = others.map(str::to_owned).collect();
                let pairs = [pairs, vec![pair(name, value)]].concat();
                request.url = request.url.with_query(&pairs.join("&"));
            }
            Grant::Cookie(name, value) => {
                let cookies = request.headers.get("Cookie").map(str::to_owned);
                let cookies = [cookies, Some(pair(name, value))];
                let cookies: Vec<String> = cookies.into_iter().flatten().collect();
                request.headers.set("Cookie", cookies.join("; "));
            }
        }
    }
    Ok(())
}

/// Whether a pair of a query has a name.
fn is_of(pair: &str, name: &str) -> bool {
    let given = pair.split('=').next().unwrap_or_default();
    given == name || given == percent::component(name)
}

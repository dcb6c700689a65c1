//! Turns the arguments of a call into a request that lacks only its credential.

use super::address::{address, pairs};
use super::content::content;
use super::operation::Location;
use super::percent::{self, pair};
use super::target::Place;
use super::{Call, Value, style};
use crate::body::Body;
use crate::client::Shared;
use crate::credential::Grant;
use crate::response::accepting_codings;
use crate::token::Held;
use crate::transport::{Headers, TransportRequest, check_header};

/// What the requests of a call have in common, one for each attempt.
pub(super) struct Draft<'c> {
    pub(super) place: Place<'c>,
    /// The media type of the body, and the body.
    content: Option<(String, Body)>,
    /// The key that was made for the call.
    key: Option<String>,
    /// The first request, until it is sent.
    first: Option<TransportRequest>,
}

impl<'c> Draft<'c> {
    /// Begins with nothing but where the requests go.
    pub(super) fn to(place: Place<'c>) -> Self {
        Self {
            place,
            content: None,
            key: None,
            first: None,
        }
    }

    /// Makes what all requests need, and the first one; or says why the arguments cannot be sent.
    pub(super) fn prepare(&mut self, call: &Call) -> Result<(), String> {
        if let Some(problem) = call.operation.free().and_then(|free| free.problem.clone()) {
            return Err(problem);
        }
        self.content = content(call)?;
        self.first = Some(self.request(call)?);
        Ok(())
    }

    /// The first request, until it is sent.
    pub(super) fn first(&self) -> Option<&TransportRequest> {
        self.first.as_ref()
    }

    /// Gives the first request away; those after it are made anew.
    pub(super) fn take_first(&mut self) -> Option<TransportRequest> {
        self.first.take()
    }

    pub(super) fn has_body(&self) -> bool {
        self.content.is_some()
    }

    /// Whether it can be sent more than once.
    pub(super) fn is_repeatable(&self) -> bool {
        let body = self.content.as_ref().map(|(_, body)| body);
        body.is_none_or(Body::is_repeatable)
    }

    /// Sends a key with all requests.
    pub(super) fn set_key(&mut self, header: &'static str, key: String) {
        if let Some(first) = &mut self.first {
            first.headers.set(header, &key);
        }
        self.key = Some(key);
    }

    /// Makes a request that lacks only its credentials, the same each time; or says why the arguments cannot be sent.
    pub(super) fn request(&self, call: &Call) -> Result<TransportRequest, String> {
        let url = address(call, &self.place.base_url)?;
        let mut headers = own_headers(call.client.shared(), self.place.is_own);
        if !call.operation.accept.is_empty() {
            headers.set_static("Accept", call.operation.accept);
        }
        if let Some((content_type, _)) = &self.content {
            check_header("Content-Type", content_type)?;
            headers.set("Content-Type", content_type);
        }
        add_arguments(call, &mut headers)?;
        for (name, value) in call.overrides().headers.iter() {
            check_header(name, value)?;
            headers.set(name, value);
        }
        if let Some(key) = &self.key {
            headers.set(call.client.shared().api.idempotency_header, key);
        }
        let body = self.content.as_ref().map(|(_, body)| body.clone());
        Ok(TransportRequest {
            // An address that the server gave is fetched.
            method: match call.overrides().address {
                Some(_) => "GET".into(),
                None => call.operation.sent_method(),
            },
            url,
            headers,
            body: body.unwrap_or_default(),
        })
    }
}

/// Adds the arguments that are headers and cookies.
fn add_arguments(call: &Call, headers: &mut Headers) -> Result<(), String> {
    let mut cookies = Vec::new();
    for argument in &call.arguments {
        let Value::Json(value) = &argument.value else {
            continue;
        };
        let name = argument.name.as_str();
        match argument.location {
            Location::Header => {
                let parameter = argument.parameter(&call.operation);
                let value = style::in_header(&parameter, value);
                check_header(name, &value)?;
                headers.set(name, value);
            }
            Location::Cookie => {
                let parameter = argument.parameter(&call.operation);
                cookies.extend(match parameter.name {
                    // No table says how it is written.
                    "" => pairs(name, value),
                    _ => style::in_cookie(&parameter, value),
                });
            }
            _ => {}
        }
    }
    if cookies.is_empty() {
        return Ok(());
    }
    let cookies = cookies.join("; ");
    check_header("Cookie", &cookies)?;
    headers.set("Cookie", cookies);
    Ok(())
}

/// What the client sends with every request; elsewhere than to its server no more than who it is.
fn own_headers(shared: &Shared, is_own: bool) -> Headers {
    /// For what the operation, the call and its credential add.
    const ROOM: usize = 6;
    if is_own {
        return shared.headers.with_room(ROOM);
    }
    let agent = shared.headers.get("User-Agent");
    let agent = agent.map(|agent| ("User-Agent", agent));
    accepting_codings(agent.into_iter().collect())
}

/// Adds a credential to a request.
pub(super) fn authorize(
    request: &mut TransportRequest,
    grant: Grant<'_>,
    tokens: &[Held],
) -> Result<(), String> {
    match grant {
        Grant::Header(name, value) => {
            request.headers.set_secret(name, value)?;
        }
        Grant::Token(token) => {
            let held = tokens.iter().find(|held| held.is_of(token));
            let held = held.ok_or("its access token has not been fetched")?;
            request.headers.set_secret(held.header, &held.value)?;
        }
        // Signed at the end.
        Grant::Signature(_) | Grant::Connection => {}
        Grant::Keys(..) => return Err("its key has not been chosen".to_owned()),
        Grant::Query(name, value) => {
            // Some servers repeat it in the address of the next page.
            let others = request.url.query().unwrap_or_default().split('&');
            let others = others.filter(|pair| !pair.is_empty() && !is_of(pair, name));
            let pairs: Vec<String> = others.map(str::to_owned).collect();
            let pairs = [pairs, vec![pair(name, value.expose())]].concat();
            request.url = request.url.with_query(&pairs.join("&"));
        }
        Grant::Cookie(name, value) => {
            let cookies = request.headers.get("Cookie").map(str::to_owned);
            let cookies = [cookies, Some(pair(name, value.expose()))];
            let cookies: Vec<String> = cookies.into_iter().flatten().collect();
            request.headers.set("Cookie", cookies.join("; "));
        }
    }
    Ok(())
}

/// Whether a pair of a query has a name.
fn is_of(pair: &str, name: &str) -> bool {
    let given = pair.split('=').next().unwrap_or_default();
    given == name || given == percent::component(name)
}

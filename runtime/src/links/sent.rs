//! What was sent for an answer.

use crate::call::{Call, Location};
use crate::json::Json;
use crate::transport::{Headers, TransportRequest};

/// A request as expressions see it: before it has credentials.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Headers,
    /// Values of the path and the query, by their names.
    pub(super) arguments: Vec<(Location, String, Json)>,
    pub(super) body: Option<Json>,
}

impl Sent {
    pub(crate) fn of(call: &Call, request: &TransportRequest) -> Self {
        Sent {
            method: request.method.clone().into_owned(),
            url: request.url.as_str().to_owned(),
            headers: request.headers.clone(),
            arguments: call.plain_arguments(),
            body: call.json_body(),
        }
    }
}

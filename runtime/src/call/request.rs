//! Requests for what a description lacks.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::media_type::Encoding;
use super::{Call, Location, Operation, OperationMeta, percent};
use super::{Pending, PendingDownload, PendingRaw, PendingResponse};
use crate::body::{Body, Upload};
use crate::client::ApiMeta;
use crate::credential::Credential;
use crate::json::{Encode, Json, to_vec};
use crate::response::Undocumented;
use crate::retry::RetryClass;
use crate::transport::Url;

/// What an answer that nobody describes is hoped to be.
const ACCEPT: &str = "application/json, */*;q=0.8";

const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY",
];

/// What OpenTelemetry calls any other method.
const OTHER_METHOD: &str = "_OTHER";

/// An operation that the description lacks.
#[derive(Debug)]
pub(crate) struct FreeOperation {
    /// What a table holds is known when it is compiled; so it has neither the path, nor a method that nobody knows.
    pub(super) meta: OperationMeta,
    pub(super) method: String,
    pub(super) path: String,
    /// The server that an absolute address names.
    pub(super) root: Option<Url>,
    /// What stands behind the question mark.
    pub(super) query: String,
    /// Why there can be no such request.
    pub(super) problem: Option<String>,
}

impl FreeOperation {
    /// Takes method and address apart.
    pub(crate) fn new(api: &'static ApiMeta, method: &str, address: &str) -> Self {
        let mut problem = None;
        if address.contains('#') {
            problem = Some("the path has a fragment, `#…`, which is never sent".to_owned());
        }
        if !is_token(method) {
            problem = Some(format!("{method:?} is no method"));
        }
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let (root, path) = match Url::split_root(address) {
            None => (None, address),
            Some((Ok(root), path)) => (Some(root), path),
            Some((Err(reason), path)) => {
                problem = Some(reason);
                (None, path)
            }
        };
        let known = METHODS
            .iter()
            .find(|known| known.eq_ignore_ascii_case(method));
        let mut meta = OperationMeta::new("request", "", "")
            .accept(ACCEPT)
            .security(api.security);
        meta.method = known.copied().unwrap_or(OTHER_METHOD);
        let method = known.map_or(method, |known| *known).to_owned();
        meta.retry_class = RetryClass::of_method(&method);
        Self {
            meta,
            method,
            path: path.to_owned(),
            root,
            query: percent::reserved(query, ""),
            problem,
        }
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// A request for what the API's description lacks; it goes the same way as every call.
///
/// Deadline, credentials, headers, errors and the span are those of the client.
/// A path is appended to the base URL; what varies in it is named in braces and given with
/// [`path`](Request::path), so that no value can change where the request goes.
/// The path is seen in logs and errors, the values are not.
/// An absolute address is taken if it is on the same server, and refused if it is not.
///
/// ```
/// # use attache_runtime::transport::replay::Replay;
/// # use attache_runtime::{ApiMeta, Client, ClientBuilder, Json};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// # let replay = Replay::new().json(200, r#"{"seen":2}"#);
/// # let client = ClientBuilder::new(&API).transport(replay.clone()).build()?;
/// let history = client
///     .request("GET", "/parcels/{id}/history")
///     .path("id", "p/1")
///     .query("limit", 5)
///     .send::<Json>()
///     .await?;
/// # assert_eq!(history.to_string(), r#"{"seen":2}"#);
/// # assert_eq!(replay.requests()[0].url.as_str(), "https://api.example.com/v1/parcels/p%2F1/history?limit=5");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    call: Call,
}

impl Request {
    pub(crate) fn new(client: crate::Client, method: &str, path: &str) -> Self {
        let free = FreeOperation::new(client.shared().api, method, path);
        Self {
            call: Call::new(client, Operation::Free(Arc::new(free))),
        }
    }

    /// Sets what stands in the path in braces; every part of the value is encoded.
    pub fn path(mut self, name: &str, value: impl Encode) -> Self {
        self.call.argument(Location::Path, name, value);
        self
    }

    /// Sets a parameter of the query; a list repeats its name, one that is null is not sent.
    pub fn query(mut self, name: &str, value: impl Encode) -> Self {
        self.call.argument(Location::Query, name, value);
        self
    }

    /// Sets a header, also one that would else be set by the client, such as `Accept` or `Content-Type`.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.call.extra_header(name, value);
        self
    }

    /// Sets the body to JSON.
    pub fn json(mut self, value: impl Encode) -> Self {
        self.call.set_body("application/json", to_vec(&value));
        self
    }

    /// Sets the body to a form (`application/x-www-form-urlencoded`).
    pub fn form(mut self, value: impl Encode) -> Self {
        let form = Json::of(&value);
        self.call
            .set_value("application/x-www-form-urlencoded", form, Encoding::Form);
        self
    }

    /// Sets the body to a text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.call.text("text/plain; charset=utf-8", text);
        self
    }

    /// Sets the body to bytes, in memory or from a source.
    pub fn bytes(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.call.bytes(content_type, body);
        self
    }

    /// Adds a part to the body, which then is `multipart/form-data`.
    pub fn part(mut self, name: &str, value: impl Encode) -> Self {
        self.call.argument(Location::Part, name, value);
        self
    }

    /// Adds a part that is a file.
    pub fn file(mut self, name: &str, upload: impl Into<Upload>) -> Self {
        self.call.file(name, upload);
        self
    }

    /// Sends this credential instead of the client's.
    pub fn auth(mut self, credential: impl Into<Credential>) -> Self {
        self.call.auth(credential);
        self
    }

    /// Sends the client's credentials for these security schemes together, whatever the API asks for by default.
    pub fn security<'s>(mut self, schemes: impl IntoIterator<Item = &'s str>) -> Self {
        self.call.security(schemes);
        self
    }

    /// Sends no credential.
    pub fn anonymous(self) -> Self {
        self.security([])
    }

    /// Says whether the request may be sent again; without, its method does.
    pub fn retry_class(mut self, class: RetryClass) -> Self {
        self.call.operation.set_retry_class(class);
        self
    }

    /// Limits how long the call may take in all.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout(timeout);
        self
    }

    /// Sends the request to another server; see [`Call::base_url`] for what goes with it.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.call.base_url(base_url);
        self
    }

    /// Changes what else the call lets change.
    pub fn with(mut self, change: impl FnOnce(&mut Call)) -> Self {
        change(&mut self.call);
        self
    }

    /// Sends the request and yields what the answer holds: a type of the codec, `Json`, `Text`, `Bytes`, or `()` for whatever it is.
    pub fn send<T>(self) -> Pending<T, Undocumented> {
        self.call.send()
    }

    /// Sends the request and yields the whole response.
    pub fn send_full<T>(self) -> PendingResponse<T, Undocumented> {
        self.call.send_full()
    }

    /// Sends the request and yields the answer undecoded, whatever its status.
    pub fn send_raw(self) -> PendingRaw {
        self.call.send_raw()
    }

    /// Sends the request and yields the body of a successful answer piece by piece.
    pub fn download(self) -> PendingDownload<Undocumented> {
        self.call.download()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

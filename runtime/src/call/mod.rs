//! One call: from the arguments of an operation to its decoded answer.
//!
//! Input: the table of an operation, its arguments, the client.
//! Output: an answer that is decoded only at the end, or a failure.
//! Invariants: one function, `Run::drive` in `path`, is the whole path, for all operations; what is
//! wrong about the arguments comes out of `send`, before anything is sent.
//! Never: a spawned task, or code that is compiled for each operation again.

mod address;
mod argument;
mod arrived;
mod assemble;
mod attempt;
mod begun;
mod brackets;
mod content;
mod continued;
mod deadline;
mod entry;
mod form;
mod handle;
mod hedged;
mod hooks;
mod keys;
mod media_type;
mod operation;
mod outcome;
mod overrides;
mod parts;
mod path;
mod pending;
mod percent;
mod request;
mod scopes;
mod skew;
mod span;
mod streaming;
mod style;
mod target;
mod template;
mod tokens;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::admission::Priority;
use crate::body::{Body, Multipart};
use crate::client::{Client, Station};
use crate::credential::Credential;
use crate::hedge::Hedge;
use crate::json::{Encode, Json, to_vec};
use crate::pagination::{Pages, Pagination};
use crate::response::Answer;
use crate::retry::Retry;
use crate::settings::Settled;
use crate::stream::{EventStream, StreamMeta};
use crate::transport::TransportRequest;

use argument::{Argument, Value};
use content::{Content, Payload};
use media_type::Encoding;
use overrides::Overrides;
use target::Place;
pub(crate) use target::usual as usual_server;

pub(crate) use arrived::{Arrived, Outcome};
pub(crate) use handle::Operation;
pub(crate) use hooks::Hooks;
pub use media_type::MediaType;
pub use operation::{ApiOperation, Location, OperationMeta, Parameter, Style, XmlAnswer};
pub(crate) use path::carry_out;
pub(crate) use pending::decode;
pub use pending::{Pending, PendingDownload, PendingRaw, PendingResponse};
#[cfg(any(feature = "hmac", feature = "sigv4"))]
pub(crate) use percent::component;
#[cfg(any(feature = "http-signatures", feature = "login", feature = "testing"))]
pub(crate) use percent::form_pair;
pub(crate) use percent::{as_is, form as form_component};
pub use request::Request;
pub(crate) use template::Template;

/// A call that is being prepared: an operation and its arguments.
///
/// Setting a parameter or the body again replaces it. The type of a value is named, since setters of
/// generated crates take anything that converts into it:
///
/// ```
/// use attache_runtime::{Call, Client, OperationMeta};
///
/// static GET_PARCEL: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/{id}");
///
/// fn get_parcel(client: &Client, id: impl Into<String>) -> Call {
///     let mut call = client.call(&GET_PARCEL);
///     call.path::<String>("id", id);
///     call.query_list::<i64>("boxes", [1, 2]);
///     call
/// }
/// ```
///
/// `Debug` shows what has been set, without the values.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    client: Client,
    operation: Operation,
    station: Arc<Station>,
    arguments: Vec<Argument>,
    body: Option<Box<Content>>,
    /// On the heap, like the body, since a call is handed on many times.
    overrides: Option<Box<Overrides>>,
}

impl Call {
    pub(crate) fn new(client: Client, operation: Operation) -> Self {
        let station = client.shared().station(&operation);
        Self {
            client,
            operation,
            station,
            arguments: Vec::new(),
            body: None,
            overrides: None,
        }
    }

    /// Sets the body to a value, as JSON under the name of its media type.
    pub fn json<T: Encode>(&mut self, content_type: &str, value: impl Into<T>) {
        self.set_body(content_type, to_vec(&value.into()));
    }

    /// Sets the body to a form (`application/x-www-form-urlencoded`): one pair for each member.
    ///
    /// How each is written stands in the operation's table; the usual way repeats the name of a list,
    /// and writes what is nested deeper as JSON.
    pub fn form<T: Encode>(&mut self, content_type: &str, value: impl Into<T>) {
        self.set_value(content_type, Json::of(&value.into()), Encoding::Form);
    }

    /// Sets the body to a value, which is written as the operation's table says for its media type.
    pub fn value<T: Encode>(&mut self, content_type: &str, value: impl Into<T>) {
        self.set_value(content_type, Json::of(&value.into()), Encoding::Json);
    }

    /// Sends the body as another media type of the operation's table.
    pub fn content_type(&mut self, content_type: impl Into<String>) {
        self.overrides_mut().content_type = Some(content_type.into());
    }

    /// Sets the body to a text.
    pub fn text(&mut self, content_type: &str, text: impl Into<String>) {
        self.set_body(content_type, text.into());
    }

    /// Sets the body to bytes, in memory or from a source.
    pub fn bytes(&mut self, content_type: &str, body: impl Into<Body>) {
        self.set_body(content_type, body);
    }

    /// Sets the body to parts, whatever kind of `multipart` the media type is.
    pub fn multipart(&mut self, content_type: &str, body: impl Into<Multipart>) {
        self.set_content(content_type, Payload::Parts(body.into()));
    }

    /// Limits how long the call may take in all.
    pub fn timeout(&mut self, timeout: Duration) {
        self.overrides_mut().settings.timeout = Some(timeout);
    }

    /// Limits how long each attempt may take, its answer included.
    pub fn attempt_timeout(&mut self, timeout: Duration) {
        self.overrides_mut().settings.attempt_timeout = Some(timeout);
    }

    /// Says who goes first where calls wait for room; see [`Admission`](crate::Admission).
    pub fn priority(&mut self, priority: Priority) {
        self.overrides_mut().settings.priority = Some(priority);
    }

    /// Tries this call again in another way than the client does.
    pub fn retry(&mut self, retry: Retry) {
        self.overrides_mut().settings.retry = Some(retry);
    }

    /// Sends a second request beside one that takes long, where the operation changes nothing; see [`Hedge`].
    pub fn hedge(&mut self, hedge: Hedge) {
        self.overrides_mut().settings.hedge = Some(hedge);
    }

    /// Counts the call as so many requests of its quotas.
    pub fn weight(&mut self, weight: u32) {
        self.overrides_mut().settings.weight = Some(weight);
    }

    /// Sends a header that the operation does not declare, in place of one with the same name.
    pub fn extra_header(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        self.overrides_mut().headers.set(name, value);
    }

    /// Adds a pair to the query that the operation does not declare; it may be there more than once.
    pub fn extra_query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        let pair = percent::pair(&name, &value);
        self.overrides_mut().queries.push(pair);
    }

    /// Sends the call to another server than the client's.
    ///
    /// What the client was given for its own server, credentials and headers, goes with it only if scheme, host and
    /// port are the same. Elsewhere the call needs a credential of its own, given with [`auth`](Call::auth).
    pub fn base_url(&mut self, base_url: impl Into<String>) {
        self.overrides_mut().target.set(base_url.into(), false);
    }

    /// Sends the call to another server, and with it the credentials and headers of the client.
    pub fn trusted_base_url(&mut self, base_url: impl Into<String>) {
        self.overrides_mut().target.set(base_url.into(), true);
    }

    /// Sends this credential with the call, which the client's then only complement.
    ///
    /// It is sent or the call fails: an alternative that does without it is not taken. For an operation that asks for
    /// several at once, those that are not given here are the client's. Where the operation asks for none, it goes
    /// where the first scheme of the API has it that it fits.
    pub fn auth(&mut self, credential: impl Into<Credential>) {
        self.overrides_mut().credentials.push(credential.into());
    }

    /// Sends a key by which the server knows the call again, should it be sent more than once.
    ///
    /// The API says which header it is in; without, it is `Idempotency-Key`.
    pub fn idempotency_key(&mut self, key: impl Into<String>) {
        let header = self.client.shared().api.idempotency_header;
        let key: String = key.into();
        self.overrides_mut().headers.set(header, key);
    }

    /// Calls a function with the request, each time before it is sent, after those of the client.
    ///
    /// See [`ClientBuilder::on_request`](crate::ClientBuilder::on_request).
    pub fn on_request(
        &mut self,
        hook: impl Fn(&OperationMeta, &mut TransportRequest) + Send + Sync + 'static,
    ) {
        self.overrides_mut().hooks.on_request(hook);
    }

    /// Calls a function with the answer, after those of the client.
    ///
    /// See [`ClientBuilder::on_response`](crate::ClientBuilder::on_response).
    pub fn on_response(&mut self, hook: impl Fn(&Answer) + Send + Sync + 'static) {
        self.overrides_mut().hooks.on_response(hook);
    }

    /// Takes these security schemes together, whatever the operation asks for; with none of them, no credential is sent.
    pub fn security<'s>(&mut self, schemes: impl IntoIterator<Item = &'s str>) {
        let schemes = schemes.into_iter().map(str::to_owned).collect();
        self.overrides_mut().schemes = Some(schemes);
    }

    /// Sends the call and yields what the answer holds.
    pub fn send<T, E>(self) -> Pending<T, E> {
        Pending::new(self)
    }

    /// Sends the call and yields the whole response.
    ///
    /// `H` is what the operation documents as headers of a success, or `()`.
    pub fn send_full<T, E, H>(self) -> PendingResponse<T, E, H> {
        PendingResponse::new(self)
    }

    /// Sends the call and yields the answer undecoded, whatever its status.
    pub fn send_raw(self) -> PendingRaw {
        PendingRaw::new(self)
    }

    /// Sends the call and yields the body of a successful answer piece by piece.
    ///
    /// The timeout of the call limits how long the answer takes to begin, and each piece to come. The server is asked
    /// not to compress, unless `Accept-Encoding` is set.
    pub fn download<E>(mut self) -> PendingDownload<E> {
        self.prepare_download();
        PendingDownload::new(self)
    }

    /// Sends the call, once the first is asked for, and yields the values of its answer one by one.
    pub fn stream<T, E>(self, meta: &'static StreamMeta) -> EventStream<T, E> {
        EventStream::new(self, meta)
    }

    /// Sends the call, and further ones for as long as there are pages, one when each is asked for.
    pub fn pages<T, E>(self, scheme: &'static Pagination) -> Pages<T, E> {
        Pages::new(self, scheme)
    }

    /// What it says besides its arguments.
    fn overrides(&self) -> &Overrides {
        self.overrides.as_deref().unwrap_or(Overrides::NONE)
    }

    fn overrides_mut(&mut self) -> &mut Overrides {
        self.overrides.get_or_insert_default()
    }

    /// Where it goes.
    fn place(&self) -> Result<Place<'_>, String> {
        let target = &self.overrides().target;
        target.place(&self.operation, &self.station, self.client.shared())
    }

    /// What holds for the call.
    fn settled(&self) -> Settled<'_> {
        Settled::of(&self.overrides().settings, &self.station.settings)
    }

    fn set_body(&mut self, content_type: &str, body: impl Into<Body>) {
        self.set_content(content_type, Payload::Ready(body.into()));
    }

    fn set_value(&mut self, content_type: &str, value: Json, encoding: Encoding) {
        self.set_content(content_type, Payload::Value(value, encoding));
    }

    fn set_content(&mut self, content_type: &str, payload: Payload) {
        self.body = Some(Box::new(Content {
            content_type: content_type.into(),
            payload,
        }));
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self
            .arguments
            .iter()
            .map(|argument| argument.name.as_str())
            .collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.id())
            .field("arguments", &names)
            .field("headers", &self.overrides().headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

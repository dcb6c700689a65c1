//! Records exchanges.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::exchange::Exchange;
use super::player::Cassette;
use super::scrubbing::Scrubbing;
use crate::log::Secrets;
use crate::response::{Collected, decoded, unreadable_coding};
use crate::transport::{BoxFuture, Bytes, Headers, ResponseBody, Transport, TransportError};
use crate::transport::{TransportRequest, TransportResponse};

/// Carries requests to a server by way of another transport, and keeps what is said, without its secrets.
///
/// Secrets are the values of request headers that are not known to be harmless, what is named like a secret in headers,
/// queries, forms and JSON, what [`hide`](Self::hide) names, and every occurrence of a credential that the request
/// carries. They are replaced by `***`, or by zero and false where they are no texts, so that answers can still be read.
/// A secret in the middle of another text that was not sent along is not known to be one: look through what is recorded
/// before you hand it on.
///
/// ```no_run
/// # async fn example(builder: attache_runtime::ClientBuilder) -> Result<(), Box<dyn std::error::Error>> {
/// use attache_runtime::testing::{Cassette, Recorder};
/// use attache_runtime::transport::HyperTransport;
///
/// let recorder = Recorder::new(HyperTransport::new()?).hide("iban");
/// let client = builder.clone().transport(recorder.clone()).build()?;
/// // Calls, and then:
/// recorder.cassette().save("tests/parcels.cassette")?;
///
/// // From then on, without a server:
/// let client = builder.transport(Cassette::load("tests/parcels.cassette")?).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Recorder {
    inner: Arc<dyn Transport>,
    hidden: Vec<String>,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    /// Records what goes through a transport; copies record together.
    pub fn new(inner: impl Transport) -> Self {
        Self {
            inner: Arc::new(inner),
            hidden: Vec::new(),
            exchanges: Arc::default(),
        }
    }

    /// Hides the values of members, parameters and headers with this name as well; case, `_` and `-` do not count.
    pub fn hide(mut self, name: impl Into<String>) -> Self {
        self.hidden.push(name.into());
        self
    }

    /// Returns what has been recorded so far.
    pub fn cassette(&self) -> Cassette {
        Cassette::new(self.exchanges().clone(), self.secrets())
    }

    fn secrets(&self) -> Secrets {
        Secrets::new(self.hidden.iter().map(String::as_str)).keeping_kinds()
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.exchanges
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    async fn record(&self, request: TransportRequest) -> Result<TransportResponse, TransportError> {
        let secrets = self.secrets();
        let scrubbing = Scrubbing::of(&request, &secrets);
        let asked = scrubbing.request(&request);
        let response = self.inner.send(request).await?;
        let (status, headers) = (response.status, response.headers);
        let body = whole(decoded(&headers, response.body)).await?;
        let headers = uncoded(&headers);
        let answer = scrubbing.answer(status, &headers, &body);
        self.exchanges().push(Exchange {
            request: asked,
            answer,
        });
        Ok(TransportResponse::new(status, headers, body))
    }
}

/// A body in one piece, which may take any length: whoever asked limits it.
async fn whole(body: ResponseBody) -> Result<Bytes, TransportError> {
    let mut collected = Collected::new(usize::MAX);
    collected.read(body).await?;
    Ok(collected.into_bytes())
}

/// Headers of a body without its codings.
fn uncoded(headers: &Headers) -> Headers {
    let mut headers = headers.clone();
    if unreadable_coding(&headers).is_none() {
        headers.remove("Content-Encoding");
    }
    headers.remove("Content-Length");
    headers.remove("Transfer-Encoding");
    headers
}

impl Transport for Recorder {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        Box::pin(self.record(request))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("exchanges", &self.exchanges().len())
            .finish_non_exhaustive()
    }
}

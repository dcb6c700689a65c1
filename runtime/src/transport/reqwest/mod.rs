//! The default transport: reqwest over rustls.

mod connections;

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use ::reqwest::{Client, Method, Request};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue};

pub use connections::Connections;

use super::headers::is_shown;
use super::{BoxFuture, Bytes, Headers, ResponseBody, Transport, TransportError};
use super::{TransportErrorKind, TransportRequest, TransportResponse};
use crate::body::{Body, BodyStream};

/// Sends requests with reqwest, over HTTP/1.1 or HTTP/2.
///
/// Redirects are not followed: a redirected request would carry credentials to wherever the server
/// says. Retries are off, since the call path decides about them. Content codings are not
/// touched.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: Client,
}

impl ReqwestTransport {
    /// Sets up the connection pool and TLS, with [`Connections::new`].
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::with(Connections::new())
    }

    /// Sets up the connection pool and TLS.
    ///
    /// # Errors
    /// A certificate or the address of a proxy is none, or TLS cannot be set up.
    pub fn with(connections: Connections) -> Result<Self, TransportError> {
        let client = connections.client()?;
        Ok(Self { client })
    }

    async fn exchange(
        &self,
        request: TransportRequest,
    ) -> Result<TransportResponse, TransportError> {
        let request = convert(request)?;
        let response = self.client.execute(request).await.map_err(no_answer)?;
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())));
        let headers: Headers = headers.collect();
        let body = ResponseBody::stream(Arriving(Box::pin(response.bytes_stream())));
        Ok(TransportResponse::new(status, headers, body))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

fn convert(request: TransportRequest) -> Result<Request, TransportError> {
    let method = Method::from_bytes(request.method.as_bytes());
    let method = method.map_err(|error| not_sent("the method is not valid").with_source(error))?;
    let url = request.url.as_str().parse();
    let url = url.map_err(|_| not_sent(format!("{:?} is not a valid URL", request.url)))?;
    let mut converted = Request::new(method, url);
    *converted.headers_mut() = convert_headers(&request.headers)?;
    set_body(&mut converted, &request.body);
    Ok(converted)
}

/// A body whose length is known says so; one that is not goes in chunks.
fn set_body(request: &mut Request, body: &Body) {
    if body.is_empty() {
        return;
    }
    if let Some(bytes) = body.as_bytes() {
        *request.body_mut() = Some(bytes.into_inner().into());
        return;
    }
    if let Some(length) = body.length() {
        let headers = request.headers_mut();
        headers.insert(CONTENT_LENGTH, length.into());
    }
    *request.body_mut() = Some(::reqwest::Body::wrap_stream(Pieces(body.open())));
}

/// A body as reqwest takes it.
struct Pieces(BodyStream);

impl Stream for Pieces {
    type Item = Result<bytes::Bytes, Unread>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = Pin::new(&mut self.0).poll_next(context);
        piece.map(|piece| piece.map(|piece| piece.map(Bytes::into_inner).map_err(Unread)))
    }
}

/// The body of an answer as reqwest reads it.
struct Arriving(Pin<Box<dyn Stream<Item = ::reqwest::Result<bytes::Bytes>> + Send>>);

impl Stream for Arriving {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.0.as_mut().poll_next(context);
        piece.map(|piece| piece.map(|piece| piece.map(Bytes::from_inner).map_err(broken_body)))
    }
}

/// Marks the errors of a body among all that the libraries below wrap around them.
#[derive(Debug)]
struct Unread(io::Error);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Unread {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

fn is_of_body(error: &::reqwest::Error) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = next {
        if error.is::<Unread>() {
            return true;
        }
        next = error.source();
    }
    false
}

fn convert_headers(headers: &Headers) -> Result<HeaderMap, TransportError> {
    let mut converted = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers.iter() {
        let refused = || not_sent(format!("the header {name:?} is not valid"));
        let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
        // The libraries below log headers, and HTTP/2 remembers them, unless they are marked.
        value.set_sensitive(!is_shown(name));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        converted.append(name, value);
    }
    Ok(converted)
}

fn no_answer(error: ::reqwest::Error) -> TransportError {
    let (kind, message) = match () {
        () if error.is_connect() && error.is_timeout() => {
            (TransportErrorKind::NotSent, "connecting took too long")
        }
        () if error.is_connect() => (TransportErrorKind::NotSent, "cannot connect"),
        () if error.is_builder() => (TransportErrorKind::NotSent, "the request is not valid"),
        () if is_of_body(&error) => (
            TransportErrorKind::MaybeSent,
            "the body could not be sent to its end",
        ),
        () if error.is_timeout() => (TransportErrorKind::Timeout, "the server took too long"),
        () => (
            TransportErrorKind::MaybeSent,
            "the connection broke before the answer",
        ),
    };
    TransportError::new(kind, message).with_source(error.without_url())
}

fn broken_body(error: ::reqwest::Error) -> TransportError {
    let message = "the answer broke off in its body";
    TransportError::new(TransportErrorKind::BodyBroken, message).with_source(error.without_url())
}

fn not_sent(message: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::NotSent, message)
}

//! Another transport: reqwest over rustls.

mod client;

use std::pin::Pin;
use std::task::{Context, Poll};

use ::reqwest::{Client, Request};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;

use super::connections::Connections;
use super::conversion::{
    Unread, broken_body, broken_on_the_way, from_map, method, not_sent, to_map,
};
use super::{BoxFuture, Bytes, ResponseBody, Transport, TransportError};
use super::{TransportRequest, TransportResponse};
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
        let client = client::build(&connections)?;
        Ok(Self { client })
    }

    async fn exchange(
        &self,
        request: TransportRequest,
    ) -> Result<TransportResponse, TransportError> {
        let request = convert(request)?;
        let response = self.client.execute(request).await.map_err(no_answer)?;
        let status = response.status().as_u16();
        let headers = from_map(response.headers());
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
    let method = method(&request.method)?;
    let url = request.url.as_str().parse();
    let url = url.map_err(|_| not_sent(format!("{:?} is not a valid URL", request.url)))?;
    let mut converted = Request::new(method, url);
    *converted.headers_mut() = to_map(&request.headers)?;
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
        piece.map(|piece| {
            piece.map(|piece| {
                let piece = piece.map(Bytes::from_inner);
                piece.map_err(|error| broken_body(error.without_url()))
            })
        })
    }
}

fn no_answer(error: ::reqwest::Error) -> TransportError {
    let answerless = match () {
        () if error.is_connect() && error.is_timeout() => not_sent("connecting took too long"),
        () if error.is_connect() => not_sent("cannot connect"),
        () if error.is_builder() => not_sent("the request is not valid"),
        () => broken_on_the_way(&error),
    };
    answerless.with_source(error.without_url())
}

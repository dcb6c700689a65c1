//! The default transport: hyper over rustls.

mod connector;
mod outgoing;
mod resolver;
mod tls;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::hyper::body::{Body, Incoming};
use futures_core::Stream;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Uri};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use self::connector::{Connector, TookTooLong};
use self::outgoing::Outgoing;
use super::connections::{Connections, Version};
use super::conversion::{
    broken_body, broken_on_the_way, from_map, is_caused_by, method, not_sent, to_map,
};
use super::{BoxFuture, Bytes, ResponseBody, Transport, TransportError};
use super::{TransportRequest, TransportResponse};

/// Sends requests with hyper, over HTTP/1.1 or HTTP/2, and TLS with rustls.
///
/// Redirects are not followed: a redirected request would carry credentials to wherever the server
/// says. Content codings are not touched.
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connector, Outgoing>,
    connector: Connector,
}

impl HyperTransport {
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
        let connector = Connector::new(&connections)?;
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(connections.idle_timeout)
            .pool_max_idle_per_host(connections.idle_per_host)
            .http2_only(matches!(connections.version, Some(Version::Http2)))
            .build(connector.clone());
        Ok(Self { client, connector })
    }

    async fn exchange(
        &self,
        request: TransportRequest,
    ) -> Result<TransportResponse, TransportError> {
        let request = self.convert(request)?;
        let response = self.client.request(request).await.map_err(no_answer)?;
        let (head, body) = response.into_parts();
        let body = ResponseBody::stream(Arriving(body));
        let headers = from_map(&head.headers);
        Ok(TransportResponse::new(head.status.as_u16(), headers, body))
    }

    fn convert(&self, request: TransportRequest) -> Result<Request<Outgoing>, TransportError> {
        let uri = Uri::try_from(request.url.as_str());
        let uri = uri.map_err(|_| not_sent(format!("{:?} is not a valid URL", request.url)))?;
        let mut converted = Request::new(Outgoing::new(&request.body));
        *converted.method_mut() = method(&request.method)?;
        *converted.headers_mut() = to_map(&request.headers)?;
        if let Some(authorization) = self.connector.proxy_authorization(&uri) {
            let headers = converted.headers_mut();
            headers.insert(PROXY_AUTHORIZATION, authorization);
        }
        *converted.uri_mut() = uri;
        Ok(converted)
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

/// The body of an answer as hyper reads it.
struct Arriving(Incoming);

impl Stream for Arriving {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            return Poll::Ready(match frame {
                None => None,
                Some(Err(error)) => Some(Err(broken_body(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(Bytes::from_inner(bytes))),
                    // Trailers.
                    Err(_) => continue,
                },
            });
        }
    }
}

fn no_answer(error: Error) -> TransportError {
    let answerless = match () {
        () if !error.is_connect() => broken_on_the_way(&error),
        () if is_caused_by::<TookTooLong>(&error) => not_sent("connecting took too long"),
        () => not_sent("cannot connect"),
    };
    answerless.with_source(error)
}

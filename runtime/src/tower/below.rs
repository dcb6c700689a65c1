//! Below the call path: what carries requests.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_service::Service;

use crate::transport::{BoxFuture, Transport, TransportError, TransportRequest, TransportResponse};

/// A transport made of a service, for layers of `tower` around a transport; see [`TransportService`] for the innermost.
///
/// The service is cloned for each request, and awaited until it is ready.
///
/// ```
/// use attache_runtime::tower::{ServiceTransport, TransportService};
/// use attache_runtime::transport::replay::Replay;
/// use tower::ServiceBuilder;
///
/// let stack = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .service(TransportService::new(Replay::new()));
/// let transport = ServiceTransport::new(stack);
/// # fn with(builder: attache_runtime::ClientBuilder, transport: impl attache_runtime::Transport) -> attache_runtime::ClientBuilder {
/// builder.transport(transport)
/// # }
/// # let _ = with(attache_runtime::ClientBuilder::new(&API), transport);
/// # static API: attache_runtime::ApiMeta = attache_runtime::ApiMeta::new("a", "https://a");
/// ```
#[derive(Clone, Debug)]
pub struct ServiceTransport<S>(S);

impl<S> ServiceTransport<S> {
    /// Takes the service.
    pub const fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S> Transport for ServiceTransport<S>
where
    S: Service<TransportRequest, Response = TransportResponse, Error = TransportError>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await?;
            service.call(request).await
        })
    }
}

/// A service made of a transport, always ready.
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl TransportService {
    /// Takes the transport.
    pub fn new(transport: impl Transport) -> Self {
        Self(Arc::new(transport))
    }
}

impl Service<TransportRequest> for TransportService {
    type Response = TransportResponse;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<TransportResponse, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: TransportRequest) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.send(request).await })
    }
}

impl fmt::Debug for TransportService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportService").finish_non_exhaustive()
    }
}

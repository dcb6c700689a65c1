//! How a connection comes about: straight to the server, or through a proxy.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::ClientConfig;
use tower_service::Service;

use super::resolver::Resolver;
use super::{not_sent, tls};
use crate::transport::connections::{Connections, ProxyChoice};
use crate::transport::{BoxFuture, TransportError};

type BoxError = Box<dyn Error + Send + Sync>;
type Tcp = HttpConnector<Resolver>;

/// Makes connections; copies share everything.
#[derive(Clone)]
pub(super) struct Connector(Arc<Ways>);

struct Ways {
    timeout: Duration,
    proxies: Option<Matcher>,
    tls: Arc<ClientConfig>,
    to_server: HttpsConnector<Tcp>,
    to_proxy: HttpsConnector<Tcp>,
}

impl Connector {
    pub(super) fn new(connections: &Connections) -> Result<Self, TransportError> {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new(&connections.resolved));
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(connections.tcp_keep_alive));
        let (to_server, to_proxy) = tls::configs(connections)?;
        let tls = Arc::new(to_server);
        Ok(Self(Arc::new(Ways {
            timeout: connections.connect_timeout,
            proxies: proxies(&connections.proxy)?,
            to_server: (tcp.clone(), tls.clone()).into(),
            to_proxy: (tcp, to_proxy).into(),
            tls,
        })))
    }

    /// What a request tells its proxy; inside a tunnel there is no proxy that reads it.
    pub(super) fn proxy_authorization(&self, uri: &Uri) -> Option<HeaderValue> {
        if uri.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.intercept(uri)?.basic_auth().cloned()
    }

    fn intercept(&self, uri: &Uri) -> Option<Intercept> {
        self.0.proxies.as_ref()?.intercept(uri)
    }

    async fn connect(&self, uri: Uri) -> Result<Link, BoxError> {
        let Some(proxy) = self.intercept(&uri) else {
            return Ok(Link::to_server(self.0.to_server.clone().call(uri).await?));
        };
        if !is_http(&proxy) {
            return Err("the proxy of the system is neither one of http nor of https".into());
        }
        let mut to_proxy = self.0.to_proxy.clone();
        if uri.scheme() != Some(&Scheme::HTTPS) {
            return Ok(Link::to_proxy(to_proxy.call(proxy.uri().clone()).await?));
        }
        let tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
        let tunnel = match proxy.basic_auth() {
            Some(authorization) => tunnel.with_auth(authorization.clone()),
            None => tunnel,
        };
        let mut https = HttpsConnector::from((tunnel, self.0.tls.clone()));
        Ok(Link::to_server(https.call(uri).await?))
    }
}

fn proxies(choice: &ProxyChoice) -> Result<Option<Matcher>, TransportError> {
    match choice {
        ProxyChoice::None => Ok(None),
        ProxyChoice::OfTheSystem => Ok(Some(Matcher::from_system())),
        ProxyChoice::At(url) => {
            let matcher = Matcher::builder().all(url.as_str()).build();
            let found = matcher.intercept(&Uri::from_static("http://example.com"));
            // What stands in the address may be a password, and is not shown.
            match found.is_some_and(|proxy| is_http(&proxy)) {
                true => Ok(Some(matcher)),
                false => Err(not_sent("the address of the proxy is none")),
            }
        }
    }
}

fn is_http(proxy: &Intercept) -> bool {
    matches!(proxy.uri().scheme_str(), Some("http" | "https"))
}

impl Service<Uri> for Connector {
    type Response = Link;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Link, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let connecting = connector.connect(uri);
            let connected = tokio::time::timeout(connector.0.timeout, connecting).await;
            connected.map_err(|_| TookTooLong)?
        })
    }
}

/// Marks the end of the time that a connection may take.
#[derive(Debug)]
pub(super) struct TookTooLong;

impl fmt::Display for TookTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection in time")
    }
}

impl Error for TookTooLong {}

trait Io: Read + Write + Connection + Send + Unpin {}

impl<T: Read + Write + Connection + Send + Unpin> Io for T {}

/// A connection.
pub(super) struct Link {
    io: Box<dyn Io>,
    is_to_proxy: bool,
}

impl Link {
    fn to_server(io: impl Io + 'static) -> Self {
        Self {
            io: Box::new(io),
            is_to_proxy: false,
        }
    }

    /// To a proxy that reads the requests.
    fn to_proxy(io: impl Io + 'static) -> Self {
        Self {
            io: Box::new(io),
            is_to_proxy: true,
        }
    }
}

impl Connection for Link {
    fn connected(&self) -> Connected {
        self.io.connected().proxy(self.is_to_proxy)
    }
}

impl Read for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.io).poll_read(context, buffer)
    }
}

impl Write for Link {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.io).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.io).poll_write_vectored(context, pieces)
    }
}

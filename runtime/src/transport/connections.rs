//! How connections are made and kept.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

/// How the transports make connections and keep them.
///
/// ```
/// use attache_runtime::transport::{Connections, HyperTransport};
/// use std::time::Duration;
///
/// let connections = Connections::new()
///     .connect_timeout(Duration::from_secs(2))
///     .idle_per_host(8)
///     .resolve("api.example.com", "127.0.0.1:8443".parse().unwrap());
/// let transport = HyperTransport::with(connections).unwrap();
/// # let _ = transport;
/// ```
///
/// `Debug` shows neither certificates nor addresses of proxies.
#[derive(Clone)]
#[must_use = "it does nothing until a transport is made with it"]
pub struct Connections {
    pub(super) connect_timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) idle_per_host: usize,
    pub(super) tcp_keep_alive: Duration,
    pub(super) version: Option<Version>,
    pub(super) proxy: ProxyChoice,
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) trusts_only_these: bool,
    pub(super) identity: Option<Vec<u8>>,
    pub(super) resolved: Vec<(String, SocketAddr)>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Version {
    Http1,
    Http2,
}

#[derive(Clone)]
pub(super) enum ProxyChoice {
    OfTheSystem,
    None,
    At(String),
}

impl Connections {
    /// Returns the defaults, version 1: five seconds to connect; idle connections are closed after 20 seconds, which is
    /// sooner than most servers close them; TCP asks every 60 seconds whether the other side is still there; the
    /// proxies of the system; the roots of the system.
    pub fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(20),
            idle_per_host: usize::MAX,
            tcp_keep_alive: Duration::from_secs(60),
            version: None,
            proxy: ProxyChoice::OfTheSystem,
            roots: Vec::new(),
            trusts_only_these: false,
            identity: None,
            resolved: Vec::new(),
        }
    }

    /// Limits how long a connection may take, TLS included.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets after how long an idle connection is closed.
    ///
    /// Shorter than the server's own time is best: a request on a connection that the server is closing may be lost.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Limits how many idle connections are kept for each host; zero keeps none.
    pub fn idle_per_host(mut self, connections: usize) -> Self {
        self.idle_per_host = connections;
        self
    }

    /// Sets how often TCP asks whether the other side is still there.
    pub fn tcp_keep_alive(mut self, interval: Duration) -> Self {
        self.tcp_keep_alive = interval;
        self
    }

    /// Speaks HTTP/1.1 only.
    pub fn http1_only(mut self) -> Self {
        self.version = Some(Version::Http1);
        self
    }

    /// Speaks HTTP/2 only, from the first byte on, also without TLS.
    pub fn http2_only(mut self) -> Self {
        self.version = Some(Version::Http2);
        self
    }

    /// Sends all requests through a proxy, `http://user:password@proxy:3128`, in place of those of the system.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::At(url.into());
        self
    }

    /// Heeds no proxy of the system.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// Trusts further root certificates, as PEM.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Trusts the given root certificates, and none of the system.
    pub fn trust_only_given(mut self) -> Self {
        self.trusts_only_these = true;
        self
    }

    /// Shows servers a certificate of one's own: PEM of the certificate, its chain, and its private key.
    pub fn client_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.identity = Some(pem.into());
        self
    }

    /// Connects to an address in place of the one that the system finds for a host.
    pub fn resolve(mut self, host: impl Into<String>, address: SocketAddr) -> Self {
        self.resolved.push((host.into(), address));
        self
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections")
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("idle_per_host", &self.idle_per_host)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

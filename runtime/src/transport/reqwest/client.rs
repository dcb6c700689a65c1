//! The settings of connections, as reqwest takes them.

use ::reqwest::{Certificate, Client, ClientBuilder, Identity, Proxy, redirect, retry};

use super::{TransportError, not_sent};
use crate::transport::connections::{Connections, ProxyChoice, Version};

pub(super) fn build(connections: &Connections) -> Result<Client, TransportError> {
    let builder = Client::builder()
        .connect_timeout(connections.connect_timeout)
        .pool_idle_timeout(connections.idle_timeout)
        .pool_max_idle_per_host(connections.idle_per_host)
        .tcp_keepalive(connections.tcp_keep_alive)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never());
    let builder = match connections.version {
        None => builder,
        Some(Version::Http1) => builder.http1_only(),
        Some(Version::Http2) => builder.http2_prior_knowledge(),
    };
    let builder = connections
        .resolved
        .iter()
        .fold(builder, |builder, (host, address)| {
            builder.resolve(host, *address)
        });
    let builder = with_proxy(connections, builder)?;
    let built = with_certificates(connections, builder)?.build();
    built.map_err(|error| not_sent("cannot set up HTTPS").with_source(error))
}

fn with_proxy(
    connections: &Connections,
    builder: ClientBuilder,
) -> Result<ClientBuilder, TransportError> {
    Ok(match &connections.proxy {
        ProxyChoice::OfTheSystem => builder,
        ProxyChoice::None => builder.no_proxy(),
        ProxyChoice::At(url) => {
            // The error would show the address, which may hold a password.
            let proxy = Proxy::all(url).map_err(|_| not_sent("the address of the proxy is none"));
            builder.no_proxy().proxy(proxy?)
        }
    })
}

fn with_certificates(
    connections: &Connections,
    builder: ClientBuilder,
) -> Result<ClientBuilder, TransportError> {
    let mut roots = Vec::new();
    for pem in &connections.roots {
        let read = Certificate::from_pem_bundle(pem);
        let read =
            read.map_err(|error| not_sent("a root certificate is none").with_source(error))?;
        if read.is_empty() {
            return Err(not_sent(
                "a root certificate is none: the text has no certificate in PEM",
            ));
        }
        roots.extend(read);
    }
    let builder = match connections.trusts_only_these {
        true => builder.tls_certs_only(roots),
        false => builder.tls_certs_merge(roots),
    };
    let Some(pem) = &connections.identity else {
        return Ok(builder);
    };
    // Nothing of the key may be in an error.
    let identity = Identity::from_pem(pem).map_err(|_| {
        not_sent("the client certificate is none: it takes PEM of a certificate and its key")
    })?;
    Ok(builder.identity(identity))
}

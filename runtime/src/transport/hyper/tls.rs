//! How servers prove who they are, and the client to them.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::not_sent;
use crate::transport::TransportError;
use crate::transport::connections::{Connections, Version};

const NO_IDENTITY: &str =
    "the client certificate is none: it takes PEM of a certificate and its key";

/// Settings of TLS to servers, and to proxies, which are asked for neither HTTP/2 nor shown a certificate.
pub(super) fn configs(
    connections: &Connections,
) -> Result<(ClientConfig, ClientConfig), TransportError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let roots = roots(&connections.roots)?;
    let builder = verified(provider, roots, connections.trusts_only_these)?;
    let to_proxy = builder.clone().with_no_client_auth();
    let mut to_server = match &connections.identity {
        None => builder.with_no_client_auth(),
        Some(pem) => identified(builder, pem)?,
    };
    let protocols: &[&[u8]] = match connections.version {
        None => &[b"h2", b"http/1.1"],
        Some(Version::Http1) => &[b"http/1.1"],
        Some(Version::Http2) => &[b"h2"],
    };
    to_server.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Ok((to_server, to_proxy))
}

type Verified = ConfigBuilder<ClientConfig, WantsClientCert>;

fn verified(
    provider: Arc<CryptoProvider>,
    roots: Vec<CertificateDer<'static>>,
    only_these: bool,
) -> Result<Verified, TransportError> {
    let fail = |error| not_sent("cannot set up HTTPS").with_source(error);
    let builder = ClientConfig::builder_with_provider(provider.clone());
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(fail)?;
    if !only_these {
        let verifier = Verifier::new_with_extra_roots(roots, provider).map_err(fail)?;
        let builder = builder.dangerous();
        return Ok(builder.with_custom_certificate_verifier(Arc::new(verifier)));
    }
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root).map_err(no_root)?;
    }
    Ok(builder.with_root_certificates(store))
}

fn roots(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let mut roots = Vec::new();
    for pem in pems {
        let before = roots.len();
        for root in CertificateDer::pem_slice_iter(pem) {
            roots.push(root.map_err(no_root)?);
        }
        if roots.len() == before {
            return Err(no_root("the text has no certificate in PEM"));
        }
    }
    Ok(roots)
}

/// Nothing of the key may be in an error.
fn identified(builder: Verified, pem: &[u8]) -> Result<ClientConfig, TransportError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let chain = chain.map_err(|_| not_sent(NO_IDENTITY))?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| not_sent(NO_IDENTITY))?;
    let identified = builder.with_client_auth_cert(chain, key);
    identified.map_err(|_| not_sent(NO_IDENTITY))
}

fn no_root(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    not_sent("a root certificate is none").with_source(error)
}

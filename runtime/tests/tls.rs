//! TLS: whom the client trusts, what it shows of itself, through a tunnel, and which HTTP it agrees on.

mod fetch;
mod transports;

use std::io::{Read, Write, copy};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use attache_runtime::transport::Connections;
use fetch::fetch;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, Stream};
use transports::{Make, TRANSPORTS};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok";

/// Who signs certificates.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new([]).expect("no name is valid");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    fn sign(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let params = CertificateParams::new([name.to_owned()]).expect("the name is valid");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("it is signed");
        (certificate, key)
    }

    fn server(&self, asks_clients: bool, protocol: &str) -> ServerConfig {
        let (certificate, key) = self.sign("parcels.invalid");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("it is a key");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("the provider knows them");
        let config = if asks_clients {
            let mut roots = RootCertStore::empty();
            roots.add(self.0.der().clone()).expect("it is a root");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            config.with_client_cert_verifier(verifier.build().expect("there is a root"))
        } else {
            config.with_no_client_auth()
        };
        let config = config.with_single_cert(vec![certificate.der().clone()], key);
        let mut config = config.expect("the key is that of the certificate");
        config.alpn_protocols = vec![protocol.into()];
        config
    }
}

/// Answers one connection, and gives what it read on it; nothing where there was no TLS.
fn serve(config: ServerConfig) -> (SocketAddr, JoinHandle<Option<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a client connects");
        let mut tls = ServerConnection::new(Arc::new(config)).expect("the settings are valid");
        let mut stream = Stream::new(&mut tls, &mut socket);
        let mut request = Vec::new();
        let mut piece = [0; 1_024];
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut piece) {
                Ok(read @ 1..) => request.extend_from_slice(&piece[..read]),
                _ => return None,
            }
        }
        let _ = stream.write_all(ANSWER);
        let _ = stream.flush();
        tls.send_close_notify();
        let _ = tls.complete_io(&mut socket);
        Some(String::from_utf8_lossy(&request).into_owned())
    });
    (address, server)
}

fn connections(address: SocketAddr) -> Connections {
    Connections::new()
        .no_proxy()
        .resolve("parcels.invalid", address)
}

async fn fetch_from(
    make: Make,
    connections: Connections,
    at: SocketAddr,
) -> Result<String, String> {
    let base_url = format!("https://parcels.invalid:{}", at.port());
    fetch(make, connections, &base_url).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_of_ones_own_is_trusted_and_no_other() {
    let authority = Authority::new();
    for make in TRANSPORTS {
        for only_given in [true, false] {
            let (address, server) = serve(authority.server(false, "http/1.1"));
            let trusting = connections(address).root_certificates(authority.pem());
            let trusting = match only_given {
                true => trusting.trust_only_given(),
                false => trusting,
            };
            let answer = fetch_from(make, trusting, address).await;
            assert_eq!(answer.as_deref(), Ok("ok"));
            let request = server.join().expect("the server ends");
            assert!(request.is_some_and(|request| request.starts_with("GET /parcels HTTP/1.1")));
        }
        for stranger in [
            connections("127.0.0.1:0".parse().expect("an address")),
            Connections::new().no_proxy().trust_only_given(),
            Connections::new()
                .no_proxy()
                .root_certificates(Authority::new().pem())
                .trust_only_given(),
        ] {
            let (address, server) = serve(authority.server(false, "http/1.1"));
            let stranger = stranger.resolve("parcels.invalid", address);
            let error = fetch_from(make, stranger, address).await;
            let error = error.expect_err("nobody vouches for the server");
            assert!(error.contains("cannot connect"), "{error}");
            assert_eq!(server.join().expect("the server ends"), None);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    for make in TRANSPORTS {
        let (address, server) = serve(authority.server(false, "http/1.1"));
        let connections = Connections::new()
            .no_proxy()
            .root_certificates(authority.pem());
        let answer = fetch(make, connections, &format!("https://{address}")).await;
        assert!(answer.is_err(), "it is that of parcels.invalid");
        assert_eq!(server.join().expect("the server ends"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_may_ask_who_the_client_is() {
    let authority = Authority::new();
    let (certificate, key) = authority.sign("client.invalid");
    let identity = format!("{}{}", certificate.pem(), key.serialize_pem());
    for make in TRANSPORTS {
        for shows in [true, false] {
            let (address, server) = serve(authority.server(true, "http/1.1"));
            let connections = connections(address).root_certificates(authority.pem());
            let connections = match shows {
                true => connections.client_certificate(identity.as_str()),
                false => connections,
            };
            let answer = fetch_from(make, connections, address).await;
            assert_eq!(answer.is_ok(), shows, "{answer:?}");
            assert_eq!(server.join().expect("the server ends").is_some(), shows);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tunnel_hides_the_request_from_the_proxy() {
    let authority = Authority::new();
    for make in TRANSPORTS {
        let (address, server) = serve(authority.server(false, "http/1.1"));
        let (proxy, heard) = tunnel_to(address);
        let connections = Connections::new()
            .proxy(format!("http://user:pass@{proxy}"))
            .root_certificates(authority.pem());
        let answer = fetch(make, connections, "https://parcels.invalid").await;
        assert_eq!(answer.as_deref(), Ok("ok"));
        let heard = heard.join().expect("the proxy ends").to_lowercase();
        assert!(
            heard.starts_with("connect parcels.invalid:443 http/1.1"),
            "{heard}"
        );
        assert!(
            heard.contains("proxy-authorization: basic dxnlcjpwyxnz"),
            "{heard}"
        );
        let request = server.join().expect("the server ends").expect("a request");
        assert!(!request.contains("proxy-authorization"), "{request}");
    }
}

/// A proxy for one tunnel, which leads to the same place whatever it is asked for.
fn tunnel_to(server: SocketAddr) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let proxy = thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("a client connects");
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).expect("the client asks");
            asked.push(byte[0]);
        }
        let mut server = TcpStream::connect(server).expect("the server listens");
        client
            .write_all(b"HTTP/1.1 200 OK\r\n\r\n")
            .expect("the client waits");
        let mut up = (
            client.try_clone().expect("a handle"),
            server.try_clone().expect("a handle"),
        );
        thread::spawn(move || copy(&mut up.0, &mut up.1));
        let _ = copy(&mut server, &mut client);
        String::from_utf8(asked).expect("it is text")
    });
    (address, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_is_spoken_where_the_server_knows_it() {
    let authority = Authority::new();
    for make in TRANSPORTS {
        let (address, server) = serve(authority.server(false, "h2"));
        let connections = connections(address).root_certificates(authority.pem());
        let answer = fetch_from(make, connections, address).await;
        assert!(answer.is_err(), "the server knows no more than the name");
        let request = server.join().expect("the server ends");
        assert!(request.is_some_and(|request| request.starts_with("PRI * HTTP/2.0\r\n")));
        // Who speaks HTTP/1.1 only has nothing in common with it.
        let (address, server) = serve(authority.server(false, "h2"));
        let connections = Connections::new().no_proxy().http1_only();
        let connections = connections
            .resolve("parcels.invalid", address)
            .root_certificates(authority.pem());
        assert!(fetch_from(make, connections, address).await.is_err());
        assert_eq!(server.join().expect("the server ends"), None);
    }
}

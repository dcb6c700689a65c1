//! How connections are made: to other addresses, through a proxy, with whose certificates.

#![cfg(feature = "transport-reqwest")]

mod connection;

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::thread;

use attache_runtime::transport::{Connections, ReqwestTransport};
use attache_runtime::{ApiMeta, ClientBuilder, OperationMeta, Retry, Text, Undocumented};
use connection::serve;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");
const ANSWER: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok";

async fn fetch(connections: Connections, base_url: &str) -> Result<String, String> {
    let transport = ReqwestTransport::with(connections).map_err(|error| error.to_string())?;
    let client = ClientBuilder::new(&API)
        .base_url(base_url)
        .transport(transport)
        .retry(Retry::off())
        .build()
        .expect("the settings are valid");
    let answer = client.call(&GET).send::<Text, Undocumented>().await;
    answer.map(|text| text.0).map_err(|error| error.to_string())
}

fn address(url: &str) -> SocketAddr {
    let address = url.strip_prefix("http://").expect("it is HTTP");
    address.parse().expect("it is an address")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_looked_up_elsewhere() {
    let (url, server) = serve(vec![Box::new(|connection| connection.send(ANSWER))]);
    let address = address(&url);
    let connections = Connections::new()
        .no_proxy()
        .resolve("parcels.invalid", address);
    let base_url = format!("http://parcels.invalid:{}", address.port());
    assert_eq!(fetch(connections, &base_url).await.as_deref(), Ok("ok"));
    let requests = server.join().expect("the server ends");
    assert!(requests[0].contains(&format!("host: parcels.invalid:{}", address.port())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_carries_the_request() {
    let (url, server) = serve(vec![Box::new(|connection| connection.send(ANSWER))]);
    let connections = Connections::new().proxy(url.replace("http://", "http://user:pass@"));
    assert!(!format!("{connections:?}").contains("pass"));
    assert_eq!(
        fetch(connections, "http://parcels.invalid")
            .await
            .as_deref(),
        Ok("ok")
    );
    let requests = server.join().expect("the server ends");
    assert!(requests[0].starts_with("GET http://parcels.invalid/parcels HTTP/1.1"));
    assert!(
        requests[0].contains("proxy-authorization: Basic dXNlcjpwYXNz"),
        "{}",
        requests[0]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_is_spoken_from_the_first_byte() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        let mut preface = [0; 14];
        stream.read_exact(&mut preface).expect("the client writes");
        preface
    });
    let error = fetch(Connections::new().no_proxy().http2_only(), &url).await;
    assert!(error.is_err(), "the server speaks no HTTP/2");
    assert_eq!(&server.join().expect("it ends"), b"PRI * HTTP/2.0");
}

#[test]
fn what_is_no_certificate_is_refused() {
    let secret = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    for (connections, expected) in [
        (
            Connections::new().root_certificates("text"),
            "a root certificate is none",
        ),
        (
            Connections::new().client_certificate(secret),
            "the client certificate is none",
        ),
        (
            Connections::new().proxy("no address"),
            "the address of the proxy is none",
        ),
    ] {
        let shown = format!("{connections:?}");
        let error = ReqwestTransport::with(connections).expect_err("it cannot be used");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{shown}{error:?}").contains("c2VjcmV0"));
    }
    let roots = Connections::new().trust_only_given();
    ReqwestTransport::with(roots).expect("no root at all is a choice");
}

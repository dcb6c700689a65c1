//! How connections are made: to other addresses, through a proxy, with whose certificates.

mod connection;
mod fetch;
mod transports;

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::thread;

use attache_runtime::transport::Connections;
use connection::serve;
use fetch::fetch;
use transports::TRANSPORTS;

const ANSWER: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok";

fn address(url: &str) -> SocketAddr {
    let address = url.strip_prefix("http://").expect("it is HTTP");
    address.parse().expect("it is an address")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_looked_up_elsewhere() {
    for make in TRANSPORTS {
        let (url, server) = serve(vec![Box::new(|connection| connection.send(ANSWER))]);
        let address = address(&url);
        let connections = Connections::new()
            .no_proxy()
            .resolve("parcels.invalid", address);
        let base_url = format!("http://parcels.invalid:{}", address.port());
        let answer = fetch(make, connections, &base_url).await;
        assert_eq!(answer.as_deref(), Ok("ok"));
        let requests = server.join().expect("the server ends");
        assert!(requests[0].contains(&format!("host: parcels.invalid:{}", address.port())));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_nobody_knows() {
    for make in TRANSPORTS {
        let answer = fetch(
            make,
            Connections::new().no_proxy(),
            "http://parcels.invalid",
        )
        .await;
        let error = answer.expect_err("there is no such host");
        assert!(error.contains("cannot connect"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_carries_the_request() {
    for make in TRANSPORTS {
        let (url, server) = serve(vec![Box::new(|connection| connection.send(ANSWER))]);
        let connections = Connections::new().proxy(url.replace("http://", "http://user:pass@"));
        assert!(!format!("{connections:?}").contains("pass"));
        let answer = fetch(make, connections, "http://parcels.invalid").await;
        assert_eq!(answer.as_deref(), Ok("ok"));
        let requests = server.join().expect("the server ends");
        assert!(requests[0].starts_with("GET http://parcels.invalid/parcels HTTP/1.1"));
        let authorization = "proxy-authorization: Basic dXNlcjpwYXNz";
        assert!(requests[0].contains(authorization), "{}", requests[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_is_spoken_from_the_first_byte() {
    for make in TRANSPORTS {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client connects");
            let mut preface = [0; 14];
            stream.read_exact(&mut preface).expect("the client writes");
            preface
        });
        let connections = Connections::new().no_proxy().http2_only();
        let error = fetch(make, connections, &url).await;
        assert!(error.is_err(), "the server speaks no HTTP/2");
        assert_eq!(&server.join().expect("it ends"), b"PRI * HTTP/2.0");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_connection_for_ever() {
    for make in TRANSPORTS {
        // It is bound, and its queue takes the connection, but nobody ever speaks TLS on it.
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("https://{}", listener.local_addr().expect("it is bound"));
        let connections = Connections::new()
            .no_proxy()
            .connect_timeout(std::time::Duration::from_millis(50));
        let error = fetch(make, connections, &url)
            .await
            .expect_err("nobody answers");
        assert!(error.contains("connecting took too long"), "{error}");
    }
}

#[test]
fn what_is_no_certificate_is_refused() {
    let secret = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    for make in TRANSPORTS {
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
            let error = make(connections).err().expect("it cannot be used");
            assert!(error.to_string().contains(expected), "{error}");
            assert!(!format!("{shown}{error:?}").contains("c2VjcmV0"));
        }
        let roots = Connections::new().trust_only_given();
        assert!(make(roots).is_ok(), "no root at all is a choice");
    }
}

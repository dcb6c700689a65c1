//! Where a browser comes back to a program on the same machine.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::Authorization;
use super::authorization::Redirected;

const PATH: &str = "/callback";
/// No browser sends a longer head.
const LONGEST_HEAD: usize = 16 << 10;
/// How long a browser may take to send it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a browser comes back to a program on the same machine (RFC 8252, section 7.3).
///
/// It listens on this machine alone, and takes nothing but the answer to one login. See
/// [`AuthorizationCode`](super::AuthorizationCode) for an example.
#[derive(Debug)]
pub struct LoopbackRedirect {
    listener: TcpListener,
    uri: String,
}

impl LoopbackRedirect {
    /// Listens on a port of 127.0.0.1; 0 stands for one that is free.
    ///
    /// # Errors
    /// The port is taken, or there is none.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        let uri = format!("http://127.0.0.1:{port}{PATH}");
        Ok(Self { listener, uri })
    }

    /// Returns the redirect address, `http://127.0.0.1:49152/callback` for example.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Waits for the browser, and returns the address it was sent to. What belongs to another login is turned away, and
    /// does not end the wait; it ends when it is dropped.
    ///
    /// # Errors
    /// The system takes no connections any more.
    pub async fn receive(&self, authorization: &Authorization) -> io::Result<String> {
        loop {
            let (mut stream, _) = self.listener.accept().await?;
            let target = timeout(PATIENCE, target(&mut stream)).await;
            let Ok(Ok(Some(target))) = target else {
                continue;
            };
            let is_callback = target.split('?').next() == Some(PATH);
            let is_ours = is_callback && authorization.is_answered_by(&Redirected::read(&target));
            let page = match (is_callback, is_ours) {
                (_, true) => page("200 OK", "Done. You can close this page."),
                (true, false) => page("400 Bad Request", "This belongs to another login."),
                (false, false) => page("404 Not Found", "There is nothing here."),
            };
            // Also a browser that has gone has brought what was waited for.
            let _ = timeout(PATIENCE, write(&mut stream, &page)).await;
            if is_ours {
                return Ok(target);
            }
        }
    }
}

/// The target of a request that is a GET.
async fn target(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > LONGEST_HEAD || stream.read_buf(&mut head).await? == 0 {
            return Ok(None);
        }
    }
    let head = String::from_utf8_lossy(&head);
    let line = head.lines().next().unwrap_or_default();
    let target = line
        .strip_prefix("GET ")
        .and_then(|it| it.split(' ').next());
    Ok(target.map(str::to_owned))
}

async fn write(stream: &mut TcpStream, page: &str) -> io::Result<()> {
    stream.write_all(page.as_bytes()).await?;
    stream.shutdown().await
}

/// A page that loads nothing, and gives its address, which has the code, to nobody.
fn page(status: &str, text: &str) -> String {
    let body = format!("<!doctype html><meta charset=utf-8><title>Login</title><p>{text}");
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'\r\nReferrer-Policy: no-referrer\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

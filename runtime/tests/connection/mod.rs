//! A server of a few lines that does with each connection what a test wants.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// A connection whose request has been read.
pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
}

impl Connection {
    /// Sends a part of the answer; the client may have gone away.
    pub(crate) fn send(&mut self, text: &str) {
        let _ = self.stream.write_all(text.as_bytes());
    }
}

type Script = Box<dyn FnOnce(&mut Connection) + Send>;

/// Listens, plays one script for each connection, and returns the requests.
pub(crate) fn serve(scripts: Vec<Script>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the listener is bound");
    let play = move |script: Script| {
        let (stream, _) = listener.accept().expect("a client connects");
        let request = read_request(&stream);
        script(&mut Connection { stream });
        request
    };
    let server = thread::spawn(move || scripts.into_iter().map(play).collect());
    (format!("http://{address}"), server)
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        let read = reader.read_line(&mut request).expect("the client writes");
        assert_ne!(read, 0, "the client went away: {request}");
    }
    if request.contains("transfer-encoding: chunked") {
        while !request.ends_with("\r\n0\r\n\r\n") {
            let read = reader.read_line(&mut request).expect("the client writes");
            assert_ne!(read, 0, "the client went away: {request}");
        }
        return request;
    }
    let length = request
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader
        .read_exact(&mut body)
        .expect("the client writes its body");
    request + &String::from_utf8(body).expect("the body is text")
}

//! What a server does with a request.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

/// What a server does with a request, from an answer to the ways in which there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Act {
    /// Answers with JSON, and keeps the connection.
    Answer(u16, String),
    /// Answers the same with further headers, each a name and a value.
    AnswerWith(u16, Vec<(String, String)>, String),
    /// Answers as if it kept the connection, and closes it: the next request on it meets nobody.
    AnswerAndClose(u16, String),
    /// Resets the connection before a byte of the answer.
    ResetBeforeHeaders,
    /// Resets the connection within the headers of the answer.
    ResetInHeaders,
    /// Sends so many bytes of a longer body, and resets the connection.
    ResetInBody(usize),
    /// Sends so many bytes of a longer body, and closes the connection in good order.
    CloseInBody(usize),
    /// Says that it will say nothing more, and goes on reading.
    HalfClose,
    /// Answers byte by byte, with a pause after each: a slow loris.
    Drip(Duration, u16, String),
    /// Says that the body is longer, or shorter, than it is.
    WrongLength(usize, String),
    /// Says nothing until the client has gone.
    Silence,
    /// Answers in no language of the web.
    Garbage,
}

/// Whether the connection can go on.
pub(super) enum After {
    Goes,
    Ends,
}

impl Act {
    /// Answers with an empty JSON object.
    pub fn ok() -> Self {
        Act::Answer(200, "{}".to_owned())
    }

    /// Whether the last byte of the request stays unread, so that closing the connection resets it.
    pub(super) fn resets(&self) -> bool {
        matches!(
            self,
            Act::ResetBeforeHeaders | Act::ResetInHeaders | Act::ResetInBody(_)
        )
    }

    /// Does it. An error is that of a client that has gone, which it may.
    pub(super) fn play(&self, stream: &mut TcpStream) -> io::Result<After> {
        match self {
            Act::Answer(status, body) => {
                stream.write_all(&answer(*status, &[], body.len(), body))?;
                return Ok(After::Goes);
            }
            Act::AnswerWith(status, headers, body) => {
                stream.write_all(&answer(*status, headers, body.len(), body))?;
                return Ok(After::Goes);
            }
            Act::AnswerAndClose(status, body) => {
                stream.write_all(&answer(*status, &[], body.len(), body))?;
            }
            Act::ResetBeforeHeaders => {}
            Act::ResetInHeaders => stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-ty")?,
            Act::ResetInBody(length) | Act::CloseInBody(length) => {
                let body = "x".repeat(*length);
                stream.write_all(&answer(200, &[], length + 100, &body))?;
                // What is sent is seen by the client before a reset would throw it away.
                thread::sleep(Duration::from_millis(20));
            }
            Act::HalfClose => {
                stream.shutdown(Shutdown::Write)?;
                wait_for_end(stream);
            }
            Act::Drip(pause, status, body) => {
                for byte in answer(*status, &[], body.len(), body) {
                    stream.write_all(&[byte])?;
                    thread::sleep(*pause);
                }
                return Ok(After::Goes);
            }
            Act::WrongLength(length, body) => {
                stream.write_all(&answer(200, &[], *length, body))?;
            }
            Act::Silence => wait_for_end(stream),
            Act::Garbage => stream.write_all(b"\x16\x03\x01 no HTTP at all\r\n\r\n")?,
        }
        Ok(After::Ends)
    }
}

fn answer(status: u16, headers: &[(String, String)], length: usize, body: &str) -> Vec<u8> {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let head = format!(
        "HTTP/1.1 {status} Scripted\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

fn wait_for_end(stream: &mut TcpStream) {
    let mut rest = [0; 1_024];
    while matches!(stream.read(&mut rest), Ok(1..)) {}
}

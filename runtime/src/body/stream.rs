//! A body while it is being read.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{ByteStream, Segment};
use crate::transport::{BoxFuture, Bytes};

/// The bytes of a body, in pieces; sources are opened when their turn comes.
pub struct BodyStream {
    segments: VecDeque<Segment>,
    source: State,
}

enum State {
    None,
    Opening(BoxFuture<'static, io::Result<ByteStream>>, Option<u64>),
    /// With how many bytes have still to come, where that has been stated.
    Open(ByteStream, Option<u64>),
}

impl BodyStream {
    pub(super) fn new(segments: Vec<Segment>) -> Self {
        Self {
            segments: segments.into(),
            source: State::None,
        }
    }

    /// Gives nothing more.
    fn stop(&mut self, error: io::Error) -> io::Error {
        self.segments.clear();
        self.source = State::None;
        error
    }
}

/// The server has been told how many bytes there are, so there must be neither more nor fewer.
fn count(piece: Option<io::Result<Bytes>>, left: &mut Option<u64>) -> Option<io::Result<Bytes>> {
    let expected = left.as_mut();
    match (piece, expected) {
        (Some(Ok(piece)), Some(left)) => match left.checked_sub(piece.len() as u64) {
            Some(rest) => {
                *left = rest;
                Some(Ok(piece))
            }
            None => Some(Err(io::Error::other(
                "the body is longer than the length that was stated for it",
            ))),
        },
        (None, Some(1..)) => Some(Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "the body ended before the length that was stated for it",
        ))),
        (piece, _) => piece,
    }
}

impl Stream for BodyStream {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.source {
                State::None => match self.segments.pop_front() {
                    None => return Poll::Ready(None),
                    Some(Segment::Bytes(bytes)) if bytes.is_empty() => {}
                    Some(Segment::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                    Some(Segment::Source(source)) => {
                        self.source = State::Opening(source.open(), source.length());
                    }
                },
                State::Opening(opening, length) => match ready!(opening.as_mut().poll(context)) {
                    Ok(stream) => self.source = State::Open(stream, *length),
                    Err(error) => return Poll::Ready(Some(Err(self.stop(error)))),
                },
                State::Open(stream, left) => {
                    let piece = ready!(stream.as_mut().poll_next(context));
                    match count(piece, left) {
                        Some(Ok(piece)) => return Poll::Ready(Some(Ok(piece))),
                        Some(Err(error)) => return Poll::Ready(Some(Err(self.stop(error)))),
                        None => self.source = State::None,
                    }
                }
            }
        }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").finish_non_exhaustive()
    }
}

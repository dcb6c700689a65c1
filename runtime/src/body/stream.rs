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
    Opening(BoxFuture<'static, io::Result<ByteStream>>),
    Open(ByteStream),
}

impl BodyStream {
    pub(super) fn new(segments: Vec<Segment>) -> Self {
        Self {
            segments: segments.into(),
            source: State::None,
        }
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
                    Some(Segment::Source(source)) => self.source = State::Opening(source.open()),
                },
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(stream) => self.source = State::Open(stream),
                    Err(error) => {
                        self.segments.clear();
                        self.source = State::None;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Open(stream) => match ready!(stream.as_mut().poll_next(context)) {
                    Some(piece) => return Poll::Ready(Some(piece)),
                    None => self.source = State::None,
                },
            }
        }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").finish_non_exhaustive()
    }
}

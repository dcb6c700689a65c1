//! The body of a request, as hyper reads it.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use hyper::body::{Body, Frame, SizeHint};

use crate::body::{self, BodyStream};
use crate::transport::Bytes;
use crate::transport::conversion::Unread;

/// A body whose length is known says so; one that is not goes in chunks.
pub(super) enum Outgoing {
    Whole(Option<Bytes>),
    Pieces(BodyStream, Option<u64>),
}

impl Outgoing {
    pub(super) fn new(body: &body::Body) -> Self {
        match body.is_empty() {
            true => Outgoing::Whole(None),
            false => match body.as_bytes() {
                Some(bytes) => Outgoing::Whole(Some(bytes)),
                None => Outgoing::Pieces(body.open(), body.length()),
            },
        }
    }
}

impl Body for Outgoing {
    type Data = bytes::Bytes;
    type Error = Unread;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<bytes::Bytes>, Unread>>> {
        match &mut *self {
            Outgoing::Whole(bytes) => {
                let bytes = bytes.take().map(Bytes::into_inner);
                Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
            Outgoing::Pieces(stream, _) => {
                let piece = Pin::new(stream).poll_next(context);
                piece.map(|piece| {
                    let piece = piece.map(|piece| piece.map(Bytes::into_inner));
                    piece.map(|piece| piece.map(Frame::data).map_err(Unread))
                })
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Outgoing::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Outgoing::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Outgoing::Pieces(_, Some(length)) => SizeHint::with_exact(*length),
            Outgoing::Pieces(_, None) => SizeHint::default(),
        }
    }
}

//! A body that is read to its end.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Poll, ready};

use futures_core::Stream;

use crate::transport::{Bytes, TransportError, TransportErrorKind};

/// What has arrived of a body; it stays readable when reading is given up.
pub(crate) struct Collected {
    limit: usize,
    length: usize,
    first: Bytes,
    others: Vec<Bytes>,
}

impl Collected {
    /// Begins with nothing; no more than `limit` bytes will be kept.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            length: 0,
            first: Bytes::new(),
            others: Vec::new(),
        }
    }

    /// Reads a body to its end, or to the limit.
    pub(crate) fn read(
        &mut self,
        mut body: impl Stream<Item = Result<Bytes, TransportError>> + Unpin,
    ) -> impl Future<Output = Result<(), TransportError>> {
        poll_fn(move |context| {
            while let Some(piece) = ready!(Pin::new(&mut body).poll_next(context)) {
                self.take(piece?)?;
            }
            Poll::Ready(Ok(()))
        })
    }

    fn take(&mut self, piece: Bytes) -> Result<(), TransportError> {
        let room = self.limit - self.length;
        if piece.len() > room {
            self.push(piece[..room].into());
            return Err(too_large(self.limit));
        }
        self.push(piece);
        Ok(())
    }

    fn push(&mut self, piece: Bytes) {
        let length = piece.len();
        match self.length {
            0 => self.first = piece,
            _ => self.others.push(piece),
        }
        self.length += length;
    }

    /// The bytes so far; those of a body that came in one piece are not copied.
    pub(crate) fn into_bytes(self) -> Bytes {
        if self.others.is_empty() {
            return self.first;
        }
        let mut bytes = Vec::with_capacity(self.length);
        bytes.extend_from_slice(&self.first);
        for piece in &self.others {
            bytes.extend_from_slice(piece);
        }
        bytes.into()
    }
}

/// The answer has more bytes than the caller wants.
fn too_large(limit: usize) -> TransportError {
    let message = format!(
        "the body has more than {limit} bytes; a larger `body_limit` lets it through, or `download` reads it piece by piece"
    );
    TransportError::new(TransportErrorKind::BodyTooLarge, message)
}

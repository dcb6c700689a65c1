//! A body that is read to its end.

use crate::transport::{Bytes, ResponseBody, TransportError, TransportErrorKind};

/// What has arrived of a body; it stays readable when reading is given up.
pub(crate) struct Collected {
    limit: usize,
    length: usize,
    pieces: Vec<Bytes>,
}

impl Collected {
    /// Begins with nothing; no more than `limit` bytes will be kept.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            length: 0,
            pieces: Vec::new(),
        }
    }

    /// Reads a body to its end, or to the limit.
    pub(crate) async fn read(&mut self, mut body: ResponseBody) -> Result<(), TransportError> {
        while let Some(piece) = body.next().await {
            let piece = piece?;
            let room = self.limit - self.length;
            if piece.len() > room {
                self.push(piece[..room].into());
                return Err(too_large(self.limit));
            }
            self.push(piece);
        }
        Ok(())
    }

    fn push(&mut self, piece: Bytes) {
        self.length += piece.len();
        self.pieces.push(piece);
    }

    /// The bytes so far; those of a body that came in one piece are not copied.
    pub(crate) fn into_bytes(mut self) -> Bytes {
        match self.pieces.len() {
            0 => Bytes::new(),
            1 => self.pieces.remove(0),
            _ => {
                let mut bytes = Vec::with_capacity(self.length);
                for piece in &self.pieces {
                    bytes.extend_from_slice(piece);
                }
                bytes.into()
            }
        }
    }
}

/// The answer has more bytes than the caller wants.
fn too_large(limit: usize) -> TransportError {
    let message = format!(
        "the body has more than {limit} bytes; a larger `body_limit` lets it through, or `download` reads it piece by piece"
    );
    TransportError::new(TransportErrorKind::BodyTooLarge, message)
}

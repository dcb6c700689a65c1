//! A file on disk, read as it is sent.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::{BodySource, ByteStream};
use crate::transport::{BoxFuture, Bytes};

/// How much is read at a time.
const PIECE: usize = 64 << 10;

pub(super) struct FileSource {
    path: PathBuf,
    length: u64,
}

impl FileSource {
    /// Looks up the size of a file.
    pub(super) fn new(path: PathBuf) -> io::Result<Self> {
        let length = std::fs::metadata(&path)?.len();
        Ok(Self { path, length })
    }
}

impl BodySource for FileSource {
    fn length(&self) -> Option<u64> {
        Some(self.length)
    }

    fn open(&self) -> BoxFuture<'static, io::Result<ByteStream>> {
        let (path, left) = (self.path.clone(), self.length);
        Box::pin(async move {
            let mut file = File::open(path).await?;
            file.set_max_buf_size(PIECE);
            let buffer = vec![0; PIECE].into_boxed_slice();
            Ok(Box::pin(Pieces { file, left, buffer }) as ByteStream)
        })
    }
}

struct Pieces {
    file: File,
    /// The server has been told how many bytes there are, so there must be neither more nor fewer.
    left: u64,
    buffer: Box<[u8]>,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pieces = self.get_mut();
        if pieces.left == 0 {
            return Poll::Ready(None);
        }
        let room = usize::try_from(pieces.left).map_or(PIECE, |left| left.min(PIECE));
        let mut buffer = ReadBuf::new(&mut pieces.buffer[..room]);
        ready!(Pin::new(&mut pieces.file).poll_read(context, &mut buffer))?;
        let read = buffer.filled();
        if read.is_empty() {
            pieces.left = 0;
            let message = "the file has become shorter since its size was looked up";
            return Poll::Ready(Some(Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                message,
            ))));
        }
        pieces.left -= read.len() as u64;
        Poll::Ready(Some(Ok(read.into())))
    }
}

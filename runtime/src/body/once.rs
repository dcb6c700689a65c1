//! Bodies that can be read only once.

use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::{BodySource, ByteStream};
use crate::transport::{BoxFuture, Bytes};

/// How much is read at a time.
const PIECE: usize = 64 << 10;

/// A stream that is there for one attempt.
pub(super) struct Once {
    stream: Mutex<Option<ByteStream>>,
    length: Option<u64>,
}

impl Once {
    pub(super) fn new(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self {
            stream: Mutex::new(Some(Box::pin(stream))),
            length,
        }
    }
}

impl BodySource for Once {
    fn length(&self) -> Option<u64> {
        self.length
    }

    fn is_repeatable(&self) -> bool {
        false
    }

    fn open(&self) -> BoxFuture<'static, io::Result<ByteStream>> {
        // What a panic left behind is as good as before: the stream is there, or it is not.
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let stream = stream.take();
        let gone = "the body can be read only once, and has been sent already";
        Box::pin(async move { stream.ok_or_else(|| io::Error::other(gone)) })
    }
}

/// What a reader gives.
pub(super) struct Reading<R> {
    reader: Pin<Box<R>>,
    buffer: Box<[u8]>,
}

impl<R: AsyncRead> Reading<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: vec![0; PIECE].into_boxed_slice(),
        }
    }
}

impl<R: AsyncRead> Stream for Reading<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let mut buffer = ReadBuf::new(&mut this.buffer);
        Poll::Ready(
            match ready!(this.reader.as_mut().poll_read(context, &mut buffer)) {
                Ok(()) if buffer.filled().is_empty() => None,
                Ok(()) => Some(Ok(buffer.filled().into())),
                Err(error) => Some(Err(error)),
            },
        )
    }
}

/// What an iterator gives.
pub(super) struct Iterated<I>(pub(super) I);

impl<I: Iterator<Item = Bytes> + Unpin> Stream for Iterated<I> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

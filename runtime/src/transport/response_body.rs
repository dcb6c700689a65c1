//! The body of an answer while it arrives.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{Bytes, TransportError};

/// The bytes of an answer, in the pieces in which they arrive.
///
/// Dropping it before its end gives the rest up, and closes the connection where there is one.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use attache_runtime::transport::ResponseBody;
///
/// let mut body = ResponseBody::from("hello");
/// assert_eq!(body.next().await.unwrap()?.as_ref(), b"hello");
/// assert!(body.next().await.is_none());
/// # Ok::<(), attache_runtime::transport::TransportError>(())
/// # }).unwrap();
/// ```
pub struct ResponseBody(Pieces);

enum Pieces {
    /// What is left of bytes that are all there; none, once they have been taken.
    Whole(Option<Bytes>),
    Arriving(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>),
}

impl ResponseBody {
    /// Takes the pieces from a stream, as they arrive.
    pub fn stream(
        pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self(Pieces::Arriving(Box::pin(pieces)))
    }

    /// Waits for the next piece; none at the end.
    ///
    /// # Errors
    /// The answer broke off.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Pieces::Whole(bytes) => {
                let bytes = bytes.take().filter(|bytes| !bytes.is_empty());
                Poll::Ready(bytes.map(Ok))
            }
            Pieces::Arriving(pieces) => pieces.as_mut().poll_next(context),
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self(Pieces::Whole(Some(bytes.into())))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Pieces::Whole(bytes) => bytes.fmt(f),
            Pieces::Arriving(_) => f.write_str("ResponseBody(arriving)"),
        }
    }
}

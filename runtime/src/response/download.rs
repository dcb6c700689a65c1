//! A body that goes to a file, or is taken piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::arriving::Arriving;
use super::saving::Saving;
use super::{Answer, FromResponse};
use crate::error::{Error, Failure, FailureKind};
use crate::transport::{Bytes, Headers, TransportError, TransportErrorKind};

/// The body of a successful answer while it arrives, in pieces, never as a whole in memory.
///
/// Dropping it gives the rest up and closes the connection. `E` is what the operation documents as
/// the bodies of errors.
///
/// ```
/// # use attache_runtime::response::Download;
/// # use attache_runtime::{Error, Undocumented};
/// async fn save(label: Download<Undocumented>) -> Result<u64, Error<Undocumented>> {
///     label.limit(20 << 20).to_file("label.pdf").await
/// }
/// ```
pub struct Download<E> {
    answer: Answer,
    arriving: Arriving,
    limit: Option<u64>,
    received: u64,
    is_over: bool,
    documented: PhantomData<fn() -> E>,
}

impl<E> Download<E> {
    pub(crate) fn new(answer: Answer, arriving: Arriving) -> Self {
        Self {
            answer,
            arriving,
            limit: None,
            received: 0,
            is_over: false,
            documented: PhantomData,
        }
    }

    /// Returns the status code.
    pub fn status(&self) -> u16 {
        self.answer.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &Headers {
        self.answer.headers()
    }

    /// Returns the media type, without parameters, as the server gives it.
    pub fn media_type(&self) -> Option<&str> {
        self.answer.media_type()
    }

    /// Returns how many bytes the server says there are, where it says so and they are not compressed.
    pub fn length(&self) -> Option<u64> {
        let headers = self.headers();
        match headers.get("content-encoding") {
            None => headers.get("content-length")?.trim().parse().ok(),
            Some(_) => None,
        }
    }

    /// Returns how many bytes have been taken.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Fails once there are more bytes than this, counted after decompression; without, there is no limit.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// Limits how long each piece may take; the default is the timeout of the call.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.arriving.set_idle(timeout);
        self
    }

    fn fail(&mut self, kind: FailureKind) -> Error<E> {
        self.is_over = true;
        Error::new(Failure::interrupted(self.answer.clone(), kind), None)
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error<E>>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let piece = match ready!(self.arriving.poll_piece(context)) {
            Some(Ok(piece)) => piece,
            Some(Err(kind)) => return Poll::Ready(Some(Err(self.fail(kind)))),
            None => {
                self.is_over = true;
                return Poll::Ready(None);
            }
        };
        self.received += piece.len() as u64;
        Poll::Ready(Some(match self.limit {
            Some(limit) if self.received > limit => Err(self.fail(too_large(limit))),
            _ => Ok(piece),
        }))
    }
}

impl<E: FromResponse> Download<E> {
    /// Waits for the next piece; none at the end.
    ///
    /// # Errors
    /// The answer broke off, stopped coming, or has more bytes than the limit.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error<E>>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// Saves the rest in a file, and says how many bytes that was.
    ///
    /// The bytes are first written to a file beside it, which takes the place of `path` at the end, so
    /// `path` is whole or untouched. When this fails, or is given up, that file is removed.
    ///
    /// # Errors
    /// As for [`next`](Self::next), or the file cannot be written.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error<E>> {
        let path = path.as_ref();
        let mut saving = match Saving::beside(path).await {
            Ok(saving) => saving,
            Err(error) => return Err(self.not_saved(path, error)),
        };
        let begun_at = self.received;
        while let Some(piece) = self.next().await {
            if let Err(error) = saving.write(&piece?).await {
                return Err(self.not_saved(path, error));
            }
        }
        match saving.finish().await {
            Ok(()) => Ok(self.received - begun_at),
            Err(error) => Err(self.not_saved(path, error)),
        }
    }

    fn not_saved(&mut self, path: &Path, error: io::Error) -> Error<E> {
        self.fail(FailureKind::NotSaved(path.to_owned(), error.into()))
    }
}

impl<E> Stream for Download<E> {
    type Item = Result<Bytes, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context)
    }
}

impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("answer", &self.answer)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

fn too_large(limit: u64) -> FailureKind {
    let message = format!("the body has more than the {limit} bytes that the download may have");
    FailureKind::Transport(TransportError::new(
        TransportErrorKind::BodyTooLarge,
        message,
    ))
}

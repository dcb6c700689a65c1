//! What requests carry: bytes, files and streams, one after the other.
//!
//! Input: bytes, or sources that can be opened.
//! Output: a stream of bytes, as often as the request is sent.
//! Invariants: nothing is read before the request is sent, and never more of it than is about to be
//! sent; a source is opened anew for each attempt, so that a second one sends the same again.
//! Never: a whole file in memory.

mod file;
mod multipart;
mod once;
mod part;
mod source;
mod stream;
mod upload;

use std::fmt;
use std::io;
use std::sync::Arc;

use futures_core::Stream;
use tokio::io::AsyncRead;

pub use multipart::Multipart;
use once::{Iterated, Once, Reading};
pub use part::Part;
pub use source::{BodySource, ByteStream};
pub use stream::BodyStream;
pub use upload::Upload;

use crate::transport::Bytes;

/// The body of a request: bytes, and sources of bytes between them.
///
/// ```
/// use attache_runtime::body::Body;
///
/// let body = Body::from("hello");
/// assert_eq!(body.length(), Some(5));
/// assert_eq!(body.as_bytes().as_deref(), Some(&b"hello"[..]));
/// ```
#[derive(Clone, Default)]
pub struct Body {
    segments: Vec<Segment>,
}

#[derive(Clone)]
enum Segment {
    Bytes(Bytes),
    Source(Arc<dyn BodySource>),
}

impl Body {
    /// Returns a body without bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a body of what a source yields.
    pub fn source(source: impl BodySource) -> Self {
        Self {
            segments: vec![Segment::Source(Arc::new(source))],
        }
    }

    /// Makes a body of a stream that is there once; it is never sent a second time.
    ///
    /// Without a length the request goes in chunks, which not every server takes. With one, the call
    /// fails where the stream gives more or fewer bytes.
    pub fn once(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: impl Into<Option<u64>>,
    ) -> Self {
        Self::source(Once::new(stream, length.into()))
    }

    /// Makes a body of what a reader gives, under the terms of [`Body::once`].
    ///
    /// ```
    /// use attache_runtime::Body;
    ///
    /// let body = Body::reader(&b"hello"[..], 5);
    /// assert_eq!(body.length(), Some(5));
    /// assert!(!body.is_repeatable());
    /// ```
    pub fn reader(reader: impl AsyncRead + Send + 'static, length: impl Into<Option<u64>>) -> Self {
        Self::once(Reading::new(reader), length)
    }

    /// Makes a body of what an iterator gives, under the terms of [`Body::once`].
    ///
    /// ```
    /// use attache_runtime::Body;
    ///
    /// let lines = (1..4).map(|number| format!("{number}\n"));
    /// assert_eq!(Body::pieces(lines, None).length(), None);
    /// ```
    pub fn pieces<I>(pieces: I, length: impl Into<Option<u64>>) -> Self
    where
        I: IntoIterator<Item: Into<Bytes> + 'static, IntoIter: Send + Unpin + 'static>,
    {
        Self::once(Iterated(pieces.into_iter().map(Into::into)), length)
    }

    /// Returns how many bytes there are, if that is known before they are read.
    pub fn length(&self) -> Option<u64> {
        let lengths = self.segments.iter().map(|segment| match segment {
            Segment::Bytes(bytes) => Some(bytes.len() as u64),
            Segment::Source(source) => source.length(),
        });
        lengths.sum()
    }

    /// Returns true if the body certainly has no bytes.
    pub fn is_empty(&self) -> bool {
        self.length() == Some(0)
    }

    /// Returns true if the body can be sent more than once.
    pub fn is_repeatable(&self) -> bool {
        self.segments.iter().all(|segment| match segment {
            Segment::Bytes(_) => true,
            Segment::Source(source) => source.is_repeatable(),
        })
    }

    /// Returns the bytes, if all of them are in memory.
    pub fn as_bytes(&self) -> Option<Bytes> {
        let mut found = Vec::new();
        for segment in &self.segments {
            match segment {
                Segment::Bytes(bytes) if self.segments.len() == 1 => return Some(bytes.clone()),
                Segment::Bytes(bytes) => found.extend_from_slice(bytes),
                Segment::Source(_) => return None,
            }
        }
        Some(found.into())
    }

    /// Reads the body from its beginning.
    pub fn open(&self) -> BodyStream {
        BodyStream::new(self.segments.clone())
    }

    fn push(&mut self, bytes: impl Into<Bytes>) {
        self.segments.push(Segment::Bytes(bytes.into()));
    }

    fn append(&mut self, other: Body) {
        self.segments.extend(other.segments);
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        let mut body = Body::new();
        body.push(bytes);
        body
    }
}

/// Shows how much there is, not what.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length})"),
            None => write!(f, "Body(of unknown length)"),
        }
    }
}

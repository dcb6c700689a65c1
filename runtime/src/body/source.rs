//! Where a streamed body comes from.

use std::io;
use std::pin::Pin;

use futures_core::Stream;

use crate::transport::{BoxFuture, Bytes};

/// Pieces of a body, one after the other.
pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Opens the same bytes for each attempt to send them.
///
/// ```
/// use std::io;
/// use attache_runtime::body::{Body, BodySource, ByteStream};
/// use attache_runtime::transport::BoxFuture;
///
/// struct Zeros(u64);
///
/// impl BodySource for Zeros {
///     fn length(&self) -> Option<u64> {
///         Some(self.0)
///     }
///     fn open(&self) -> BoxFuture<'static, io::Result<ByteStream>> {
///         let whole = Body::from(vec![0; self.0 as usize]);
///         Box::pin(async move { Ok(Box::pin(whole.open()) as ByteStream) })
///     }
/// }
/// assert_eq!(Body::source(Zeros(3)).length(), Some(3));
/// ```
pub trait BodySource: Send + Sync + 'static {
    /// Returns how many bytes there will be, if that is known; the request then says so to the server.
    fn length(&self) -> Option<u64>;

    /// Returns whether it can be opened again. A body that cannot is never sent a second time.
    fn is_repeatable(&self) -> bool {
        true
    }

    /// Begins to read.
    ///
    /// # Errors
    /// Whatever keeps it from being read; the call then fails.
    fn open(&self) -> BoxFuture<'static, io::Result<ByteStream>>;
}

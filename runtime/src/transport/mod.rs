//! What carries a request to a server and an answer back.
//!
//! Input: one request, complete down to its last header.
//! Output: an answer, whatever its status, whose body may still be arriving; or why there is none and
//! whether the server may have acted.
//! Invariants: one call of `send` is one request on the wire.
//! Never: a retry, a redirect followed, or a type of an HTTP library in a signature.

mod bytes;
mod chosen;
#[cfg(any(feature = "transport-hyper", feature = "transport-reqwest"))]
mod connections;
#[cfg(any(feature = "transport-hyper", feature = "transport-reqwest"))]
mod conversion;
mod error;
mod headers;
#[cfg(feature = "transport-hyper")]
mod hyper;
mod message;
mod reference;
pub mod replay;
#[cfg(feature = "transport-reqwest")]
mod reqwest;
mod response_body;
mod url;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use self::bytes::Bytes;
pub(crate) use self::chosen::chosen;
#[cfg(any(feature = "transport-hyper", feature = "transport-reqwest"))]
pub use self::connections::Connections;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::headers::Headers;
#[cfg(feature = "testing")]
pub(crate) use self::headers::is_shown;
pub(crate) use self::headers::{check_header, is_header_value};
#[cfg(feature = "transport-hyper")]
pub use self::hyper::HyperTransport;
pub use self::message::{TransportRequest, TransportResponse};
#[cfg(feature = "transport-reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::response_body::ResponseBody;
pub use self::url::Url;
pub(crate) use self::url::{origin_of, without_query};

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests; implement it to put in another HTTP library, or something before one.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and waits for the head of the answer; the body is read by the caller.
    ///
    /// The future may be dropped at any time, which gives the request up, as dropping the body does
    /// with the rest of the answer.
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        (**self).send(request)
    }
}

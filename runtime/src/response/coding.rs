//! Content codings (RFC 9110, section 8.4): bodies that servers compress.
//!
//! Each coding is a feature. What is read is limited after decoding, so a small answer cannot unpack
//! into more than the caller allows.

use crate::transport::{Headers, ResponseBody};

/// The codings that are understood, as `Accept-Encoding` lists them; none without a feature.
const ACCEPTED: &str = accepted();

const fn accepted() -> &'static str {
    match (
        cfg!(feature = "gzip"),
        cfg!(feature = "brotli"),
        cfg!(feature = "zstd"),
    ) {
        (false, false, false) => "",
        (true, false, false) => "gzip",
        (false, true, false) => "br",
        (false, false, true) => "zstd",
        (true, true, false) => "br, gzip",
        (true, false, true) => "zstd, gzip",
        (false, true, true) => "zstd, br",
        (true, true, true) => "zstd, br, gzip",
    }
}

/// Headers that ask for the codings that are understood, unless they ask for some.
pub(crate) fn accepting_codings(mut headers: Headers) -> Headers {
    if !ACCEPTED.is_empty() && headers.get("Accept-Encoding").is_none() {
        headers.set_static("Accept-Encoding", ACCEPTED);
    }
    headers
}

/// A body without the codings that the headers name; one that is not understood stays as it is.
pub(crate) fn decoded(headers: &Headers, body: ResponseBody) -> ResponseBody {
    if headers.get("content-encoding").is_none() {
        return body;
    }
    let codings = codings(headers);
    match codings.iter().all(|coding| is_understood(coding)) {
        // The coding that was applied last comes off first.
        true => codings
            .iter()
            .rev()
            .fold(body, |body, coding| without(coding, body)),
        false => body,
    }
}

/// Names the first coding of an answer that is not understood, with the feature that would.
pub(crate) fn unreadable_coding(headers: &Headers) -> Option<String> {
    let codings = codings(headers);
    let coding = codings.into_iter().find(|coding| !is_understood(coding))?;
    Some(match feature(&coding) {
        Some(feature) => {
            format!(
                "it is encoded as {coding:?}, which needs the feature `{feature}` of attache-runtime"
            )
        }
        None => format!("it is encoded as {coding:?}, which is not known here"),
    })
}

/// The codings in the order in which they were applied, in lower case.
fn codings(headers: &Headers) -> Vec<String> {
    let values = headers.get_all("content-encoding");
    let names = values.flat_map(|value| value.split(','));
    let names = names.map(|name| name.trim().to_ascii_lowercase());
    names
        .filter(|name| !name.is_empty() && name != "identity")
        .collect()
}

fn feature(coding: &str) -> Option<&'static str> {
    match coding {
        "gzip" | "x-gzip" => Some("gzip"),
        "br" => Some("brotli"),
        "zstd" => Some("zstd"),
        _ => None,
    }
}

fn is_understood(coding: &str) -> bool {
    match feature(coding) {
        Some("gzip") => cfg!(feature = "gzip"),
        Some("brotli") => cfg!(feature = "brotli"),
        Some(_) => cfg!(feature = "zstd"),
        None => false,
    }
}

#[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
fn without(_: &str, body: ResponseBody) -> ResponseBody {
    body
}

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
use stream::without;

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
mod stream {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use futures_core::Stream;
    use tokio::io::AsyncRead;
    use tokio_util::io::{ReaderStream, StreamReader};

    use crate::transport::{Bytes, ResponseBody, TransportError, TransportErrorKind};

    /// How much is decoded at a time.
    const PIECE: usize = 64 << 10;

    type Reader = StreamReader<Encoded, bytes::Bytes>;

    pub(super) fn without(coding: &str, body: ResponseBody) -> ResponseBody {
        ResponseBody::stream(Decoded::NotBegun(coding.to_owned(), body))
    }

    fn decoder(coding: &str, encoded: Encoded) -> Pin<Box<dyn AsyncRead + Send>> {
        let reader = StreamReader::new(encoded);
        match coding {
            #[cfg(feature = "gzip")]
            "gzip" | "x-gzip" => gzip(reader),
            #[cfg(feature = "brotli")]
            "br" => Box::pin(async_compression::tokio::bufread::BrotliDecoder::new(
                reader,
            )),
            #[cfg(feature = "zstd")]
            "zstd" => zstd(reader),
            _ => Box::pin(reader),
        }
    }

    #[cfg(feature = "gzip")]
    fn gzip(reader: Reader) -> Pin<Box<dyn AsyncRead + Send>> {
        let mut decoder = async_compression::tokio::bufread::GzipDecoder::new(reader);
        // RFC 1952 lets members follow one another, and some servers flush that way.
        decoder.multiple_members(true);
        Box::pin(decoder)
    }

    #[cfg(feature = "zstd")]
    fn zstd(reader: Reader) -> Pin<Box<dyn AsyncRead + Send>> {
        let mut decoder = async_compression::tokio::bufread::ZstdDecoder::new(reader);
        decoder.multiple_members(true);
        Box::pin(decoder)
    }

    /// The body as it came, for a decoder.
    struct Encoded {
        first: Option<Bytes>,
        rest: ResponseBody,
    }

    impl Stream for Encoded {
        type Item = io::Result<bytes::Bytes>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            if let Some(first) = self.first.take() {
                return Poll::Ready(Some(Ok(first.into_inner())));
            }
            let piece = Pin::new(&mut self.rest).poll_next(context);
            piece.map(|piece| {
                piece.map(|piece| piece.map(Bytes::into_inner).map_err(io::Error::other))
            })
        }
    }

    /// What a decoder makes of it.
    enum Decoded {
        /// Servers name a coding for bodies without a byte as well, which no decoder takes.
        NotBegun(String, ResponseBody),
        Begun(ReaderStream<Pin<Box<dyn AsyncRead + Send>>>),
    }

    impl Stream for Decoded {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            loop {
                match &mut *self {
                    Decoded::NotBegun(coding, body) => {
                        let first = match ready!(Pin::new(&mut *body).poll_next(context)) {
                            Some(Ok(first)) if first.is_empty() => continue,
                            Some(Ok(first)) => Some(first),
                            other => return Poll::Ready(other),
                        };
                        let rest = std::mem::replace(body, ResponseBody::from(Bytes::new()));
                        let reader = decoder(coding, Encoded { first, rest });
                        *self = Decoded::Begun(ReaderStream::with_capacity(reader, PIECE));
                    }
                    Decoded::Begun(pieces) => {
                        let piece = ready!(Pin::new(pieces).poll_next(context));
                        let piece = piece.map(|piece| piece.map(Bytes::from_inner).map_err(broken));
                        return Poll::Ready(piece);
                    }
                }
            }
        }
    }

    /// A failure of the body below, as it was, or of the decoder.
    fn broken(error: io::Error) -> TransportError {
        match error.downcast::<TransportError>() {
            Ok(error) => error,
            Err(error) => TransportError::new(
                TransportErrorKind::BodyBroken,
                "the answer cannot be decompressed",
            )
            .with_source(error),
        }
    }
}

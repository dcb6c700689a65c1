//! Answers: what came back, and what it is decoded into.
//!
//! Input: an answer of the transport.
//! Output: a typed body, with status, headers, request id, attempts and timing beside it.
//! Invariants: the bytes of an answer are kept until its body has been decoded.
//! Never: a decision about retrying; that is the call path's.

mod answer;
mod arriving;
mod coding;
mod collected;
mod download;
mod from_headers;
mod from_response;
mod saving;
mod success;

pub use answer::Answer;
pub(crate) use arriving::Arriving;
#[cfg(feature = "testing")]
pub(crate) use coding::unreadable_coding;
pub(crate) use coding::{accepting_codings, decoded};
pub(crate) use collected::Collected;
pub use download::Download;
pub use from_headers::{FromHeaders, HeaderForm};
pub use from_response::{FromResponse, Text, Undocumented};
pub use success::Response;

//! Bodies in the log, for whoever asks for them.
//!
//! Input: the body of a request or of an answer, and its media type.
//! Output: a text for the log.
//! Invariants: what the description marks as secret (`format: password`, `writeOnly`), and what is named like a secret,
//! is replaced by `***`, wherever it stands; of a body whose structure is not known, no more than its length is shown.
//! Never: a header, an address, or a body that is read in pieces.

mod body_log;
mod redact;

pub(crate) use body_log::Bodies;
pub use body_log::BodyLog;
#[cfg(feature = "testing")]
pub(crate) use redact::{HIDDEN, Secrets, form, json};

/// The target of the events.
pub(crate) const TARGET: &str = "attache::body";

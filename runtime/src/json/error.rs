//! What a caller sees of a failure: located, and safe to log.

use std::fmt;

use super::fault::{Fault, Reason};
use super::locate;

/// Tells where in a document decoding failed, what was expected there and what was found.
///
/// It holds member names but no values of the document, so it may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    path: String,
    found: String,
    fault: Fault,
    note: Option<String>,
}

impl DecodeError {
    pub(crate) fn locate(text: &[u8], fault: Fault) -> Self {
        Self(Box::new(Inner {
            path: locate::path_at(text, fault.at),
            found: found(&fault, text),
            fault,
            note: None,
        }))
    }

    /// The body of a text is not text.
    pub(crate) fn not_text(at: usize) -> Self {
        Self::locate(&[], Fault::syntax(at, "UTF-8 text"))
    }

    /// The body of a document is not such XML.
    pub(crate) fn not_xml(at: usize, expected: &'static str) -> Self {
        Self::locate(&[], Fault::syntax(at, expected)).with_note("it is read as XML".to_owned())
    }

    /// Adds what explains the failure: that the document never claimed to be JSON, say.
    pub(crate) fn with_note(mut self, note: String) -> Self {
        self.0.note = Some(note);
        self
    }

    /// Returns the way to the value, like `orders[3].total`; empty for the document itself.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns what was expected, or the name of the required member that is missing.
    pub fn expected(&self) -> &str {
        match self.0.fault.reason {
            Reason::Mismatch { expected, .. }
            | Reason::Unreadable { expected, .. }
            | Reason::Syntax { expected }
            | Reason::Truncated { expected } => expected,
            Reason::Missing { field } => field,
            Reason::TooDeep => "less nesting",
        }
    }

    /// Returns what was found instead.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Returns how many bytes of the document come before the failure.
    pub fn byte_offset(&self) -> usize {
        self.0.fault.at
    }

    /// Returns true if a required member is missing.
    pub fn is_missing_field(&self) -> bool {
        matches!(self.0.fault.reason, Reason::Missing { .. })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path().is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        match self.is_missing_field() {
            true => write!(f, "missing field {:?}", self.expected())?,
            false => write!(f, "expected {}, found {}", self.expected(), self.found())?,
        }
        write!(f, " (byte {})", self.byte_offset())?;
        match &self.0.note {
            Some(note) => write!(f, "; {note}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Names what stands where a fault is: a kind of value or one mark, but no content.
fn found(fault: &Fault, text: &[u8]) -> String {
    match fault.reason {
        Reason::Mismatch { found, .. } => found.to_string(),
        Reason::Unreadable { found, .. } => found.to_owned(),
        Reason::Missing { .. } => "nothing".to_owned(),
        Reason::Truncated { .. } => "the end of the input".to_owned(),
        Reason::TooDeep => "deeper nesting".to_owned(),
        Reason::Syntax { .. } => match text.get(fault.at) {
            Some(mark) if mark.is_ascii_punctuation() => format!("`{}`", char::from(*mark)),
            _ => "something else".to_owned(),
        },
    }
}

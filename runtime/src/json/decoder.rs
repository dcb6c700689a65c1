//! The decoder: a position in a document, and what it counts on the way.

use super::blank::Blank;
use super::fault::Fault;

/// A value that can be filled from JSON, in place.
///
/// Object safe, so that an object is decoded by one function for all types from a table of fields;
/// generated types implement it through [`object!`](crate::object) and its siblings.
pub trait Decode {
    /// Fills the value from the next value of the document.
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault>;
}

/// Reads one JSON document.
#[derive(Debug)]
pub struct Decoder<'j> {
    pub(super) text: &'j [u8],
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) unknown: usize,
    /// Where the stack was when decoding began.
    pub(super) stack_base: usize,
    /// How many bytes may still be read more than once, to find the variants of unions.
    pub(super) patience: usize,
}

impl<'j> Decoder<'j> {
    /// Begins at the start of a document.
    pub fn new(text: &'j [u8]) -> Self {
        // Unions in unions may be tried exponentially often; real documents stay far below this.
        let patience = text.len().saturating_mul(1024).clamp(1 << 20, 1 << 30);
        Self {
            text,
            at: 0,
            depth: 0,
            unknown: 0,
            stack_base: stack_position(),
            patience,
        }
    }

    /// Reads the next value as whatever type is asked for.
    pub fn value<T: Blank + Decode>(&mut self) -> Result<T, Fault> {
        let mut value = T::blank();
        value.decode(self)?;
        Ok(value)
    }

    /// Returns the index of the byte at which the decoder stands.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Returns how many members and values the types did not know: skipped members, undeclared
    /// values of enums, unions that stayed JSON.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// Counts one more thing that the type does not know.
    pub fn note_unknown(&mut self) {
        self.unknown += 1;
    }
}

/// Returns about where on the stack the caller is.
pub(super) fn stack_position() -> usize {
    let marker = 0_u8;
    std::ptr::from_ref(&marker).addr()
}

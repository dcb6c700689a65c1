//! The decoder: a position in a document, and what it counts on the way.

use super::blank::Blank;
use super::fault::Fault;
use super::object::Members;

/// A value that can be filled from JSON, in place.
///
/// Object safe, so that an object is decoded by one function for all types from a table of fields;
/// generated types implement it through [`object!`](crate::object) and its siblings.
pub trait Decode {
    /// Fills the value from the next value of the document.
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault>;

    /// Returns the declared members, if the type is an object; a union leaves a variant out when one
    /// that must be there is missing.
    fn members() -> &'static Members
    where
        Self: Sized,
    {
        &[]
    }
}

/// Reads one JSON document.
#[derive(Debug)]
pub struct Decoder<'j> {
    pub(super) text: &'j [u8],
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) unknown: Unknown,
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
            unknown: Unknown::default(),
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
        self.unknown.members + self.unknown.values
    }

    /// Counts one more value that the type keeps without knowing it.
    pub fn note_unknown(&mut self) {
        self.unknown.values += 1;
    }

    /// Counts one more member or item that the type has no place for.
    pub(super) fn note_skipped(&mut self) {
        self.unknown.members += 1;
    }
}

/// What types did not know; what they had no place for weighs more than what they kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unknown {
    pub(super) members: usize,
    pub(super) values: usize,
}

/// Returns about where on the stack the caller is.
pub(super) fn stack_position() -> usize {
    let marker = 0_u8;
    std::ptr::from_ref(&marker).addr()
}

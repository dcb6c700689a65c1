//! What goes wrong while decoding, cheap enough to be thrown away when a union tries its variants.

use std::fmt;

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number => "number",
            Kind::String => "string",
            Kind::Array => "array",
            Kind::Object => "object",
        })
    }
}

/// Why decoding stopped, and at which byte.
///
/// Small and free of allocations, because unions make many and throw them away;
/// [`DecodeError`](super::DecodeError) is what a caller sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(super) at: usize,
    pub(super) reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Mismatch {
        expected: &'static str,
        found: Kind,
    },
    Unreadable {
        expected: &'static str,
        found: &'static str,
    },
    Missing {
        field: &'static str,
    },
    Syntax {
        expected: &'static str,
    },
    Truncated {
        expected: &'static str,
    },
    TooDeep,
}

impl Fault {
    /// A value of another kind stands where `expected` should.
    pub fn mismatch(at: usize, expected: &'static str, found: Kind) -> Self {
        Self {
            at,
            reason: Reason::Mismatch { expected, found },
        }
    }

    /// The kind is right, but the content cannot be read as `expected`; `found` says what it is instead.
    pub fn unreadable(at: usize, expected: &'static str, found: &'static str) -> Self {
        Self {
            at,
            reason: Reason::Unreadable { expected, found },
        }
    }

    /// An object, beginning at `at`, lacks a required member.
    pub fn missing(at: usize, field: &'static str) -> Self {
        Self {
            at,
            reason: Reason::Missing { field },
        }
    }

    pub(super) fn syntax(at: usize, expected: &'static str) -> Self {
        Self {
            at,
            reason: Reason::Syntax { expected },
        }
    }

    pub(super) fn truncated(at: usize, expected: &'static str) -> Self {
        Self {
            at,
            reason: Reason::Truncated { expected },
        }
    }

    pub(super) fn too_deep(at: usize) -> Self {
        Self {
            at,
            reason: Reason::TooDeep,
        }
    }

    /// Says more exactly what was expected where the grammar only asks for a value.
    pub(super) fn expecting(mut self, what: &'static str) -> Self {
        if let Reason::Syntax { expected } | Reason::Truncated { expected } = &mut self.reason {
            *expected = what;
        }
        self
    }
}

//! What a value is before anything has been decoded into it.

/// A value to decode into: everything optional unset, everything required empty.
///
/// A blank value is an implementation detail of decoding and of `new` functions; for a type with
/// only one possible value (a constant) it is that value.
pub trait Blank {
    /// Returns the blank value.
    fn blank() -> Self;
}

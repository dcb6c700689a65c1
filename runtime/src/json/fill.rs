//! Puts a plain value into the slot of a field, whatever the field wraps around it.

use super::Maybe;

/// A slot that a `T` can be put into: `T` itself, or `T` optional, boxed or both.
pub trait Fill<T> {
    /// Returns the slot, filled.
    fn fill(value: T) -> Self;
}

impl<T> Fill<T> for T {
    fn fill(value: T) -> Self {
        value
    }
}

impl<T> Fill<T> for Box<T> {
    fn fill(value: T) -> Self {
        Box::new(value)
    }
}

impl<T> Fill<T> for Option<T> {
    fn fill(value: T) -> Self {
        Some(value)
    }
}

impl<T> Fill<T> for Option<Box<T>> {
    fn fill(value: T) -> Self {
        Some(Box::new(value))
    }
}

impl<T> Fill<Option<T>> for Option<Box<T>> {
    fn fill(value: Option<T>) -> Self {
        value.map(Box::new)
    }
}

impl<T> Fill<T> for Maybe<T> {
    fn fill(value: T) -> Self {
        Maybe::Value(value)
    }
}

impl<T> Fill<T> for Maybe<Box<T>> {
    fn fill(value: T) -> Self {
        Maybe::Value(Box::new(value))
    }
}

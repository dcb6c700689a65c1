//! An operation of the description, or one that a call brings along.

use std::ops::Deref;
use std::sync::Arc;

use super::OperationMeta;
use super::request::FreeOperation;

/// The operation of a call; copying it copies a pointer.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Described(&'static OperationMeta),
    Free(Arc<FreeOperation>),
}

impl Operation {
    /// Returns the operation if the description lacks it.
    pub(super) fn free(&self) -> Option<&FreeOperation> {
        match self {
            Operation::Described(_) => None,
            Operation::Free(free) => Some(free),
        }
    }
}

impl Deref for Operation {
    type Target = OperationMeta;

    fn deref(&self) -> &OperationMeta {
        match self {
            Operation::Described(meta) => meta,
            Operation::Free(free) => &free.meta,
        }
    }
}

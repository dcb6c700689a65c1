//! An operation of the description, or one that a call brings along.

use std::ops::Deref;
use std::sync::Arc;

use super::OperationMeta;
use super::request::FreeOperation;
use crate::retry::RetryClass;

/// The operation of a call; copying it copies a pointer.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Described(&'static OperationMeta),
    Free(Arc<FreeOperation>),
}

impl Operation {
    /// Says whether an operation that the description lacks may be sent again.
    pub(super) fn set_retry_class(&mut self, class: RetryClass) {
        if let Operation::Free(free) = self
            && let Some(free) = Arc::get_mut(free)
        {
            free.meta.retry_class = class;
        }
    }

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

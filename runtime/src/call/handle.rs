//! An operation of the description, or one that a call brings along.

use std::borrow::Cow;
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

    /// Returns the method, which for an operation that the description lacks can be any.
    pub(crate) fn method(&self) -> &str {
        self.free().map_or(self.method, |free| &free.method)
    }

    /// Returns the method as it is put into a request.
    pub(super) fn sent_method(&self) -> Cow<'static, str> {
        match self {
            Operation::Described(meta) => Cow::Borrowed(meta.method),
            Operation::Free(free) => Cow::Owned(free.method.clone()),
        }
    }

    /// Returns the path, with parameters in braces, or the one that a call brings along.
    pub(crate) fn path(&self) -> &str {
        self.free().map_or(self.path, |free| &free.path)
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

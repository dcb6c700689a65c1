//! What is measured, and who takes it.

use std::fmt;
use std::time::Duration;

use crate::call::OperationMeta;

/// Takes measurements; see [`ClientBuilder::meter`](crate::ClientBuilder::meter).
///
/// The methods are called by the task of the call, so they should be quick, and must not wait.
///
/// ```
/// use attache_runtime::meter::{CallRecord, Meter};
///
/// #[derive(Debug)]
/// struct SlowCalls;
///
/// impl Meter for SlowCalls {
///     fn call(&self, call: &CallRecord<'_>) {
///         if call.took.as_secs() >= 5 {
///             eprintln!("{} took {:?} in {} attempts", call.operation.id(), call.took, call.attempts);
///         }
///     }
/// }
/// ```
pub trait Meter: fmt::Debug + Send + Sync {
    /// Takes what came of an attempt.
    fn attempt(&self, _attempt: &AttemptRecord<'_>) {}

    /// Takes what came of a call.
    fn call(&self, _call: &CallRecord<'_>) {}
}

/// An attempt that has ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AttemptRecord<'r> {
    /// What was called.
    pub operation: &'r OperationMeta,
    /// The host of the server.
    pub address: &'r str,
    /// The port of the server.
    pub port: u16,
    /// Which attempt it was, from 1.
    pub number: u32,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The kind of the failure: `timeout`, `maybe_sent`, `500`; none for a status below 400.
    pub error: Option<&'r str>,
    /// How long it took, from its permission to its end.
    pub took: Duration,
}

/// A call that has ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallRecord<'r> {
    /// What was called.
    pub operation: &'r OperationMeta,
    /// The status of the last answer, if there was one.
    pub status: Option<u16>,
    /// As of an attempt.
    pub error: Option<&'r str>,
    /// How often it was sent.
    pub attempts: u32,
    /// How long it waited for quotas, and between attempts.
    pub waited: Duration,
    /// How long it took in all.
    pub took: Duration,
}

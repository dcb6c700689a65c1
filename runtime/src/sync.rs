//! What threads share, so that models can watch it: the standard library's, or loom's under `--cfg attache_loom`.
//!
//! Input: none.
//! Output: locks, counters and atomics.
//! Invariants: what a stage shares between calls comes from here, where there is a model of it (`models.rs` beside it).
//! Never: a type that only one of the two has.

pub(crate) use std::sync::PoisonError;

#[cfg(attache_loom)]
pub(crate) use loom::sync::{Arc, Mutex, MutexGuard, RwLock, atomic};
#[cfg(not(attache_loom))]
pub(crate) use std::sync::{Arc, Mutex, MutexGuard, RwLock, atomic};

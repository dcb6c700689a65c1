//! What tests of stores have in common: folders of their own, a store that can be tampered with, what every store does.
#![allow(dead_code, unreachable_pub)]

pub mod contract;
#[cfg(all(feature = "postgres", unix))]
pub mod cutting;
pub mod folder;
#[cfg(all(feature = "postgres", unix))]
pub mod postgres;
pub mod process;
pub mod shelf;

use attache_runtime::store::EncryptionKeys;

/// The keys of a test; those of two processes are the same.
pub fn keys() -> EncryptionKeys {
    EncryptionKeys::new("k1", [7; 32]).expect("the key is one")
}

pub fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

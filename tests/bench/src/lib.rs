//! What the benchmarks decode: the generated types, the same types with serde derives, and documents of
//! the size that is asked for.

pub mod derived;
pub mod documents;

#[allow(
    missing_docs,
    reason = "what is generated is documented from its description"
)]
mod issues {
    include!(concat!(env!("OUT_DIR"), "/issues/mod.rs"));
}

pub use issues::Client;
pub use issues::types as generated;

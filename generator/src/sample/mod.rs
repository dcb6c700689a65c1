//! Values that the schemas of a description allow: drawn from the source, and held against it.
//!
//! Input: the nodes of schemas, and the document's operations. Output: [`Schemas`] to draw from, and an [`Exchange`]
//! per operation: a value for each argument, and one for each answer.
//! Invariants: the same description gives the same values; circles and hostile schemas end.
//! Never: asks the stages that settle schemas what one means, so that these can be judged by what comes out here.

mod answers;
mod bundle;
mod cost;
mod covered;
mod cycles;
mod direction;
mod exchange;
mod picker;
mod sampler;
mod schemas;
mod text;

pub use answers::Answers;
pub use bundle::{Bundle, key, plain};
pub use exchange::{Answer, Argument, Content, Exchange, Exchanges, Payload, exchanges};
pub use schemas::{Schemas, is_valid};

//! Shows what the stages made: dumps, the index of generated items, the explanation of one item.
//!
//! Input: the output of any stage. Output: text for people ([`dump`], [`explain()`]) and for scripts ([`index()`]).
//! Invariant: the same description gives the same text, and a small change of it a small change of the text.
//! Never: is read by a stage, or changes what one made.

pub mod dump;
mod explain;
mod index;
mod item;
mod outline;
mod untyped;

pub use explain::explain;
pub use index::index;
pub use untyped::{Untyped, untyped};

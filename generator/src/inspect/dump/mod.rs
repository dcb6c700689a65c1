//! The output of each stage as indented text.

mod document;
mod ir;
mod names;
mod resolved;
mod schema;
mod spec;
mod type_text;

pub use document::document;
pub use ir::client;
pub use names::names;
pub use resolved::resolved;
pub use spec::tree;
pub(in crate::inspect) use type_text::status_text;

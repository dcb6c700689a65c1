//! Settles what every schema is: references, allOf, null, unions and their tags, inline schemas, cycles.
//!
//! Input: the document model. Output: [`Resolved`], one [`Shape`] per schema that is reached.
//! Invariant: aliases lead to a shape that is none, whatever the references of the description do.
//! Never: changes the document, or gives anything a name.

mod composition;
mod conditions;
mod dynamic;
mod enumeration;
mod facts;
mod hierarchy;
mod keywords;
mod model;
mod resolver;
mod settlement;
mod shape;
#[cfg(test)]
mod tests;
mod union;

pub use model::*;

use crate::diagnostic::Diagnostics;
use crate::document::Document;

/// Settles all schemas of the document.
pub fn resolve<'t>(document: &Document<'t>, diagnostics: &mut Diagnostics) -> Resolved<'t> {
    let mut resolver = resolver::Resolver::new(document, diagnostics);
    resolver.resolve_all();
    resolver.settle_unions();
    resolver.finish()
}

//! Value tree to one typed document model, shaped like a superset of OpenAPI 3.2.
//!
//! Input: the spanned [`Tree`] of all files. Output: a [`Document`], the same shape for versions 2.0 to 3.2.
//! Invariants: the version sets defaults, never which keywords are read; every key is read, ignored for a stated
//! reason, kept as an extension, or reported; the same node always has the same [`SchemaId`].
//! Never: interprets schemas (no merging, no naming), loads files, or fails because one node is broken.

mod components;
mod example;
mod fields;
mod header;
mod ignored;
mod info;
mod link;
mod media_type;
mod model;
mod operation;
mod parameter;
mod path_item;
mod reader;
mod reference;
mod request_body;
mod response;
mod schema;
mod security;
mod server;
mod spelling;
mod style;
mod swagger2;
mod tag;
mod template;
mod value;
mod version;

pub use model::*;
#[cfg(feature = "wire-tests")]
pub(crate) use schema::says_what_it_is;
pub use template::{PathTemplate, TemplatePart, TemplateVariable};

use crate::diagnostic::Diagnostics;
use crate::spec::Tree;
use reader::Reader;

/// Reads the entry file as an API description.
///
/// None when it is not one, or one of a version that is not supported; a diagnostic says so.
pub fn read<'t>(tree: &'t Tree, diagnostics: &mut Diagnostics) -> Option<Document<'t>> {
    let root = tree.entry();
    let version = version::read(root, diagnostics)?;
    Some(Reader::new(root, version, diagnostics).document())
}

#[cfg(test)]
mod tests;

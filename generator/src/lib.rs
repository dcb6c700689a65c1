//! Turns an API description into a typed Rust client crate.
//!
//! One folder per artefact, in the order data flows; [`generate`] is the table of contents.

#![allow(missing_docs, unreachable_pub)]

pub mod config;
pub mod diagnostic;

pub mod spec;

pub mod document;

pub mod resolved;

pub mod ir;

pub mod names;

pub mod rust;

pub mod files;

pub mod inspect;

mod builder;
mod generator;
#[cfg(feature = "settings")]
pub mod settings;

pub use builder::{BuildError, Builder, Report};
pub use generator::Generator;

use config::Config;
use diagnostic::Diagnostics;

/// A client, as text and as the data it was written from.
#[derive(Debug)]
pub struct Generated {
    pub files: files::FileTree,
    pub client: ir::Client,
    pub names: names::Names,
}

/// Generates the client of a description that is in memory.
///
/// Gives none when the description is no API description at all; a diagnostic says why.
pub fn generate(
    tree: &spec::Tree,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let document = document::read(tree, diagnostics)?;
    let resolved = resolved::resolve(&document, diagnostics);
    let client = ir::build(&document, &resolved, config, diagnostics);
    let names = names::assign(&client, config);
    let sources = rust::render(&client, &names, config);
    let files = files::arrange(sources, tree, config);
    Some(Generated {
        files,
        client,
        names,
    })
}

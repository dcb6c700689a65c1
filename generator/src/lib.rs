//! Turns an API description into a typed Rust client crate.
//!
//! One folder per artefact, in the order data flows; [`generate`] is the table of contents.

pub mod config;
pub mod diagnostic;

pub mod spec;

#[allow(missing_docs, reason = "plain data, named by the field's own terms")]
pub mod document;

#[cfg(feature = "wire-tests")]
pub mod sample;

#[allow(missing_docs, reason = "plain data, named by the field's own terms")]
pub mod resolved;

#[allow(missing_docs, reason = "plain data, named by the field's own terms")]
pub mod ir;

#[allow(missing_docs, reason = "plain data, named by the field's own terms")]
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
    /// The files of the crate, by their paths in it.
    pub files: files::FileTree,
    /// What the client is.
    pub client: ir::Client,
    /// How everything in it is called.
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
    #[cfg_attr(not(feature = "wire-tests"), allow(unused_mut))]
    let mut sources = rust::render(&client, &names, config);
    #[cfg(feature = "wire-tests")]
    if config.wire_tests && config.layout == config::Layout::Crate {
        let wanted = client.operations.iter().map(|it| it.pointer.as_str());
        let exchanges = sample::exchanges(&document, &wanted.collect());
        sources.extend(rust::render_wire_tests(&client, &names, config, &exchanges));
    }
    let files = files::arrange(sources, tree, config);
    Some(Generated {
        files,
        client,
        names,
    })
}

//! Writes the client as Rust text, one file per kind of generated item.
//!
//! Input: the client and its names. Output: [`Source`]s.
//! Invariant: the text parses, and `rustfmt` would change nothing in it.
//! Never: makes an identifier, or looks at the description.

mod api;
mod callbacks;
mod client;
mod credentials;
mod docs;
mod example;
mod library;
mod links;
mod manifest;
mod readme;
mod runtime_paths;
mod scopes;
mod servers;
mod spelling;
mod text;
mod types;
mod version_sort;
#[cfg(feature = "wire-tests")]
mod wire;

use crate::config::{Config, Layout};
use crate::ir;
use crate::names::{GroupNames, Names};

/// One file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Relative, with `/`: `src/types/parcel.rs`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Bodies of generated functions have no more lines.
pub(crate) const BODY_LINES: usize = 10;

/// What every template needs: the client, its names, the choices.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub client: &'a ir::Client,
    pub names: &'a Names,
    pub config: &'a Config,
}

impl<'a> Cx<'a> {
    /// The group that offers an operation.
    pub(crate) fn group_of(&self, id: ir::OperationId) -> Option<&'a GroupNames> {
        let mut groups = self.names.groups.iter();
        groups.find(|group| group.operations.contains(&id))
    }
}

/// Renders every file of the client.
pub fn render(client: &ir::Client, names: &Names, config: &Config) -> Vec<Source> {
    let cx = Cx {
        client,
        names,
        config,
    };
    let mut sources = Vec::new();
    sources.push(library::render(&cx));
    sources.push(client::render(&cx));
    sources.extend(api::render(&cx));
    sources.extend(servers::render(&cx));
    sources.extend(types::render(&cx));
    sources.extend(callbacks::render(&cx));
    sources.extend(links::render(&cx));
    if config.layout == Layout::Crate {
        sources.push(manifest::render(&cx));
        sources.push(readme::render(&cx));
        sources.push(example::render(&cx));
    }
    sources
}

/// Renders the tests of a crate: a test for each operation, and its values.
#[cfg(feature = "wire-tests")]
pub fn render_wire_tests(
    client: &ir::Client,
    names: &Names,
    config: &Config,
    exchanges: &crate::sample::Exchanges,
) -> Vec<Source> {
    let cx = Cx {
        client,
        names,
        config,
    };
    wire::render(&cx, exchanges)
}

impl Cx<'_> {
    /// The path of a file of the module tree: below `src` in a crate, at the top for `include!`.
    fn path(&self, file: &str) -> String {
        match self.config.layout {
            Layout::Crate => format!("src/{file}"),
            Layout::Module => file.to_owned(),
        }
    }
}

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

use std::collections::BTreeMap;

use crate::config::{Config, Layout};
use crate::ir;
use crate::names::{GroupNames, Names, SharedErrors};

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
    groups: &'a BTreeMap<ir::OperationId, &'a GroupNames>,
    shared_errors: &'a BTreeMap<ir::OperationId, &'a SharedErrors>,
    /// The security schemes that most operations take.
    security: &'a [Vec<ir::Requirement>],
}

impl<'a> Cx<'a> {
    /// The group that offers an operation.
    pub(crate) fn group_of(&self, id: ir::OperationId) -> Option<&'a GroupNames> {
        self.groups.get(&id).copied()
    }

    /// The enum of errors that an operation has in common with others.
    pub(crate) fn shared_errors(&self, id: ir::OperationId) -> Option<&'a SharedErrors> {
        self.shared_errors.get(&id).copied()
    }
}

/// The first group of each operation.
fn groups(names: &Names) -> BTreeMap<ir::OperationId, &GroupNames> {
    let mut groups = BTreeMap::new();
    for group in &names.groups {
        for &id in &group.operations {
            groups.entry(id).or_insert(group);
        }
    }
    groups
}

/// The shared enum of errors of each operation that has one.
fn shared_errors(names: &Names) -> BTreeMap<ir::OperationId, &SharedErrors> {
    let shared = names.shared_errors.iter();
    shared
        .flat_map(|shared| shared.operations.iter().map(move |&id| (id, shared)))
        .collect()
}

/// Renders every file of the client.
pub fn render(client: &ir::Client, names: &Names, config: &Config) -> Vec<Source> {
    let cx = Cx {
        client,
        names,
        config,
        groups: &groups(names),
        shared_errors: &shared_errors(names),
        security: api::most_used(client),
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
        groups: &groups(names),
        shared_errors: &shared_errors(names),
        security: api::most_used(client),
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

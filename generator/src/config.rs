//! What the user chooses; every stage gets it, none changes it.

mod pages;

use std::collections::BTreeMap;

use crate::ir::{Quota, RetryClass};

pub use pages::{Pages, PagesStatement};

/// Choices for one run of the generator.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Package name of the crate (`parcels-client`); derived from the title when absent.
    pub name: Option<String>,
    /// Only operations with one of these tags, when any is given.
    pub tags: Vec<String>,
    /// Only operations with one of these ids, when any is given; together with `tags` a union.
    pub operations: Vec<String>,
    /// Names by JSON pointer into the description (`#/components/schemas/Parcel`): one with a capital is for the type
    /// or variant there, any other for the field, method or tag.
    pub names: BTreeMap<String, Vec<String>>,
    /// What operations are said to do about pages, by their ids.
    pub pagination: BTreeMap<String, Pages>,
    /// Whether operations may be sent again, by their ids.
    pub retry: BTreeMap<String, RetryClass>,
    /// How many requests operations take, by their ids.
    pub quotas: BTreeMap<String, Quota>,
    /// Whether objects keep members that the description does not name, as JSON.
    pub keep_unknown_fields: bool,
    /// Header of idempotency keys; where absent, the one that operations declare, or `Idempotency-Key`.
    pub idempotency_header: Option<String>,
    /// Whether requests get types of their own where members that only one side sets change what is required.
    pub request_views: bool,
    /// Where generated crates find the runtime crate.
    pub runtime: RuntimeDependency,
    /// What is generated around the code.
    pub layout: Layout,
    /// Whether a crate gets a test for each operation, with arguments and answers that the schemas allow.
    #[cfg(feature = "wire-tests")]
    pub wire_tests: bool,
}

/// The dependency line of the runtime crate in the generated manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimeDependency {
    /// Version requirement: `0.1`.
    pub version: String,
    /// Folder of the runtime crate, written beside the version when given.
    pub path: Option<String>,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A crate of its own: manifest, README, `src/lib.rs`, example.
    Crate,
    /// A module tree for `include!` from a build script: `mod.rs` and what is below it.
    Module,
}

impl Default for Config {
    fn default() -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
        Config {
            name: None,
            tags: Vec::new(),
            operations: Vec::new(),
            names: BTreeMap::new(),
            pagination: BTreeMap::new(),
            retry: BTreeMap::new(),
            quotas: BTreeMap::new(),
            keep_unknown_fields: false,
            idempotency_header: None,
            request_views: true,
            runtime: RuntimeDependency {
                version: minor.to_owned(),
                path: None,
            },
            layout: Layout::Crate,
            #[cfg(feature = "wire-tests")]
            wire_tests: false,
        }
    }
}

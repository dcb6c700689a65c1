//! The document model: one shape for OpenAPI 2.0 to 3.2, a superset of 3.2.
//!
//! Input: nothing, these are plain data. Output: a [`Document`] and all it holds.
//! Invariant: every construct keeps the [`Node`] it was read from, so that later stages can say where it stands.
//! Never: a method that interprets what was written.

mod content;
mod operation;
mod parameter;
mod schema;
mod security;
mod type_set;

pub use content::*;
pub use operation::*;
pub use parameter::*;
pub use schema::*;
pub use security::*;
pub use type_set::*;

use crate::spec::Node;

/// A whole API description, upgraded to the newest shape.
#[derive(Debug)]
pub struct Document<'t> {
    /// The root mapping of the entry file.
    pub node: Node<'t>,
    /// The version the description says it is written in.
    pub version: Version,
    pub info: Info<'t>,
    /// Servers of the whole document; never empty (`/` when none is given).
    pub servers: Vec<Server<'t>>,
    pub tags: Vec<Tag<'t>>,
    /// Requirements of all operations that do not state their own.
    pub security: Vec<SecurityRequirement<'t>>,
    pub security_schemes: Vec<SecurityScheme<'t>>,
    pub paths: Vec<PathItem<'t>>,
    /// Webhooks (`webhooks`, and `x-webhooks` of 3.0 documents), by name in `PathItem::path`.
    pub webhooks: Vec<PathItem<'t>>,
    /// Component schemas (`components/schemas`, `definitions`), in the order written.
    pub components: Vec<Component<'t>>,
    /// All schemas that anything refers to; [`SchemaId`] indexes it.
    pub schemas: Vec<Schema<'t>>,
    pub extensions: Extensions<'t>,
}

/// The feature level of the description; it sets defaults, never which keywords are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

/// `x-…` members, by name, in the order written.
pub type Extensions<'t> = Vec<(&'t str, Node<'t>)>;

#[derive(Clone, Debug)]
pub struct Info<'t> {
    pub title: &'t str,
    pub summary: Option<&'t str>,
    pub description: Option<&'t str>,
    /// The version of the API, as written (`1.10` stays `1.10`).
    pub version: &'t str,
    pub terms_of_service: Option<&'t str>,
    pub contact_name: Option<&'t str>,
    pub contact_url: Option<&'t str>,
    pub contact_email: Option<&'t str>,
    pub license_name: Option<&'t str>,
    /// SPDX expression.
    pub license_identifier: Option<&'t str>,
    pub license_url: Option<&'t str>,
    pub extensions: Extensions<'t>,
}

#[derive(Clone, Debug)]
pub struct Server<'t> {
    /// Absent for the default server `/` and for servers built from 2.0's `host`.
    pub node: Option<Node<'t>>,
    /// The URL, with `{variables}`, possibly relative.
    pub url: String,
    pub name: Option<&'t str>,
    pub description: Option<&'t str>,
    pub variables: Vec<ServerVariable<'t>>,
}

#[derive(Clone, Debug)]
pub struct ServerVariable<'t> {
    pub name: &'t str,
    pub default: &'t str,
    pub values: Vec<&'t str>,
    pub description: Option<&'t str>,
}

#[derive(Clone, Debug)]
pub struct Tag<'t> {
    pub name: &'t str,
    pub summary: Option<&'t str>,
    pub description: Option<&'t str>,
    pub parent: Option<&'t str>,
    pub kind: Option<&'t str>,
    pub external_docs: Option<&'t str>,
    pub extensions: Extensions<'t>,
}

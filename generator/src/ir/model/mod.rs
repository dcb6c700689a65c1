//! The client as plain data: no OpenAPI in it, no Rust spelling.
//!
//! Input: what the stage's other files found out. Output: types, operations, and what is common to all.
//! Invariants: every id leads to something. Never: a name as Rust spells it.

mod operation;
mod pagination;
mod server;
mod type_def;
mod xml;

pub use operation::*;
pub use pagination::*;
pub use server::*;
pub use type_def::*;
pub use xml::*;

/// A whole client.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    pub info: Info,
    /// Base URL to start from; relative when the description gives no absolute one.
    pub base_url: String,
    /// What there is to choose from besides; empty where there is no choice.
    pub servers: Vec<Server>,
    /// The header of idempotency keys, where it is not the usual one.
    pub idempotency_header: Option<String>,
    pub schemes: Vec<SecurityScheme>,
    /// What a request takes that the description lacks: alternatives of scheme names.
    pub security: Vec<Vec<String>>,
    /// In the order of [`TypeId`].
    pub types: Vec<TypeDef>,
    pub groups: Vec<Group>,
    /// In the order of [`OperationId`].
    pub operations: Vec<Operation>,
    pub callbacks: Vec<Callback>,
    pub links: Vec<Link>,
}

/// What the crate's manifest and front page say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    pub title: String,
    pub version: String,
    pub summary: Option<String>,
    pub description: Option<String>,
    /// SPDX expression, when the description names one.
    pub license: Option<String>,
    pub contact: Option<String>,
    pub terms: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    pub name: String,
    pub kind: SecurityKind,
    /// Of OAuth: where tokens come from, and where those of somebody who has logged in do, if that is another place.
    pub token_url: Option<String>,
    pub refresh_url: Option<String>,
    /// Of OpenID Connect: where the server says of itself which these are.
    pub metadata_url: Option<String>,
    pub docs: Docs,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SecurityKind {
    ApiKeyHeader(String),
    ApiKeyQuery(String),
    ApiKeyCookie(String),
    Bearer,
    Basic,
    /// Anything else, by the name of its kind; a bearer credential may stand for it.
    Other(String),
}

/// What people read about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// Markdown as the description has it.
    pub description: Option<String>,
    pub deprecated: bool,
    /// What this generator has to add, for example that a part was degraded to raw JSON.
    pub remarks: Vec<String>,
}

/// Where an item stands in the description: `#/components/schemas/Parcel`.
pub type Pointer = String;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub u32);

impl Client {
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0 as usize]
    }

    /// The operations of the description, without further ways to call them.
    pub fn described_operations(&self) -> impl Iterator<Item = &Operation> {
        let operations = self.operations.iter();
        operations.filter(|operation| operation.variation.is_none())
    }

    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }
}

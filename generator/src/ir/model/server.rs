//! Servers: where a client can be sent.

use super::Docs;

/// A server of the whole API.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The address, with variables in braces.
    pub url: String,
    pub name: Option<String>,
    pub docs: Docs,
    /// Those that the address names.
    pub variables: Vec<ServerVariable>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    pub name: String,
    pub default: String,
    /// The values that it can have; empty: any.
    pub values: Vec<String>,
    pub docs: Docs,
}

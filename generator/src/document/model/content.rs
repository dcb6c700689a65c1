//! Bodies of requests and responses, and their headers.

use super::{Extensions, SchemaId, Server, Style};
use crate::spec::Node;

#[derive(Clone, Debug)]
pub struct RequestBody<'t> {
    pub node: Node<'t>,
    pub component: Option<&'t str>,
    /// The argument's name where the description gives one (2.0's body parameter, `x-body-name`).
    pub name: Option<&'t str>,
    pub description: Option<&'t str>,
    pub required: bool,
    /// In the order written.
    pub content: Vec<MediaType<'t>>,
    pub extensions: Extensions<'t>,
}

#[derive(Clone, Debug)]
pub struct MediaType<'t> {
    pub node: Node<'t>,
    /// As written, trimmed: `application/json; charset=utf-8`.
    pub name: &'t str,
    pub schema: Option<SchemaId>,
    /// 3.2: the schema of one item of a sequential media type.
    pub item_schema: Option<SchemaId>,
    /// Per property of a form or multipart body.
    pub encoding: Vec<Encoding<'t>>,
    pub example: Option<Node<'t>>,
    pub examples: Vec<(&'t str, Node<'t>)>,
    pub extensions: Extensions<'t>,
}

#[derive(Clone, Debug)]
pub struct Encoding<'t> {
    pub property: &'t str,
    pub content_type: Option<&'t str>,
    pub headers: Vec<Header<'t>>,
    pub style: Option<Style>,
    pub explode: Option<bool>,
    pub allow_reserved: bool,
}

#[derive(Clone, Debug)]
pub struct Header<'t> {
    pub name: &'t str,
    pub description: Option<&'t str>,
    pub required: bool,
    pub deprecated: bool,
    pub explode: bool,
    /// Either the schema, or the one media type of `content`.
    pub schema: Option<SchemaId>,
    pub content: Option<MediaType<'t>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `200`
    Code(u16),
    /// `2XX`: the hundreds digit.
    Range(u8),
    Default,
}

#[derive(Clone, Debug)]
pub struct Response<'t> {
    pub node: Node<'t>,
    pub component: Option<&'t str>,
    pub status: Status,
    pub description: Option<&'t str>,
    pub headers: Vec<Header<'t>>,
    /// In the order written; empty: no body is documented.
    pub content: Vec<MediaType<'t>>,
    pub links: Vec<Link<'t>>,
    pub extensions: Extensions<'t>,
}

/// From an answer to another operation.
#[derive(Clone, Debug)]
pub struct Link<'t> {
    pub node: Node<'t>,
    pub name: &'t str,
    pub target: LinkTarget<'t>,
    /// Name, possibly with its place before it (`path.id`), and a constant or a runtime expression.
    pub parameters: Vec<(&'t str, Node<'t>)>,
    pub request_body: Option<Node<'t>>,
    pub description: Option<&'t str>,
    pub server: Option<Server<'t>>,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug)]
pub enum LinkTarget<'t> {
    /// By its `operationId`.
    Id(&'t str),
    /// What an `operationRef` resolves to.
    Operation(Node<'t>),
    /// Nothing that is known.
    Unknown,
}

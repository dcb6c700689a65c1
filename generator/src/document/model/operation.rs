//! Path items and their operations.

use std::rc::Rc;

use super::{Extensions, Parameter, RequestBody, Response, SecurityRequirement, Server};
use crate::spec::Node;

#[derive(Clone, Debug)]
pub struct PathItem<'t> {
    pub node: Node<'t>,
    /// The template as written, or the webhook's name, or the callback's expression.
    pub path: &'t str,
    pub summary: Option<&'t str>,
    pub description: Option<&'t str>,
    pub servers: Vec<Server<'t>>,
    pub operations: Vec<Operation<'t>>,
    pub extensions: Extensions<'t>,
}

#[derive(Clone, Debug)]
pub struct Operation<'t> {
    pub node: Node<'t>,
    /// Upper case for the standard methods, as written for `additionalOperations`.
    pub method: String,
    pub operation_id: Option<&'t str>,
    pub tags: Vec<&'t str>,
    pub summary: Option<&'t str>,
    pub description: Option<&'t str>,
    pub external_docs: Option<&'t str>,
    pub deprecated: bool,
    /// Path-item parameters merged with the operation's own (which win by name and location), in the order written.
    /// Template variables that no parameter declares are synthesised as required strings (with a diagnostic),
    /// path parameters are always required, and headers named Accept, Content-Type and Authorization are left out.
    pub parameters: Vec<Rc<Parameter<'t>>>,
    pub request_body: Option<Rc<RequestBody<'t>>>,
    pub responses: Vec<Response<'t>>,
    /// Absent: the document's requirements apply. Empty list: none needed.
    pub security: Option<Vec<SecurityRequirement<'t>>>,
    /// Servers of the operation, else of its path item; empty when neither has any.
    pub servers: Vec<Server<'t>>,
    pub callbacks: Vec<Callback<'t>>,
    pub extensions: Extensions<'t>,
}

#[derive(Clone, Debug)]
pub struct Callback<'t> {
    pub name: &'t str,
    /// One per runtime expression.
    pub path_items: Vec<PathItem<'t>>,
}

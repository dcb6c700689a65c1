//! Parameters and how their values become text.

use super::{Extensions, MediaType, SchemaId};
use crate::spec::Node;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterLocation {
    Path,
    Query,
    /// 3.2 `in: querystring`: the whole query, by a media type.
    QueryString,
    Header,
    Cookie,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
    /// 2.0 `tsv`, or a delimiter in a place where 3.x has no style for it.
    Delimited(char),
}

#[derive(Clone, Debug)]
pub struct Parameter<'t> {
    /// Absent for synthesised parameters.
    pub node: Option<Node<'t>>,
    /// The component's name, when it came by reference to one.
    pub component: Option<&'t str>,
    pub name: &'t str,
    pub location: ParameterLocation,
    pub description: Option<&'t str>,
    pub required: bool,
    pub deprecated: bool,
    pub allow_empty_value: bool,
    pub allow_reserved: bool,
    pub style: Style,
    pub explode: bool,
    /// Either the schema, or the one media type of `content`.
    pub schema: Option<SchemaId>,
    pub content: Option<MediaType<'t>>,
    pub example: Option<Node<'t>>,
    pub extensions: Extensions<'t>,
}

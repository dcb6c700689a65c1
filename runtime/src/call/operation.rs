//! The table of an operation.

use super::MediaType;
use crate::limit::Quota;
use crate::retry::RetryClass;
use crate::xml::Shape;

/// What an operation yields, by the type that stands for it in its requests; see [`requests!`](crate::requests).
///
/// Code that works with requests of any operation asks for it:
///
/// ```
/// use attache_runtime::{ApiOperation, Pending};
///
/// attache_runtime::requests! { Request }
///
/// fn patient<O: ApiOperation>(request: Request<O>) -> Pending<O::Success, O::Error> {
///     request.timeout(std::time::Duration::from_secs(120)).send()
/// }
/// ```
pub trait ApiOperation {
    /// What the answer of a success holds.
    type Success;
    /// The documented errors.
    type Error;
    /// The documented headers of a success, or `()`.
    type Headers;
}

/// What a call needs to know of an operation, besides its arguments.
///
/// ```
/// use attache_runtime::{OperationMeta, Parameter, Style};
///
/// static GET_PARCEL: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/{id}")
///     .path_parameters(&["id"])
///     .parameters(&[Parameter::query("expand").style(Style::Form).explode(false)])
///     .accept("application/json")
///     .security(&[&["apiKey"], &["bearer", "tenant"]]);
/// assert_eq!(GET_PARCEL.id(), "getParcel");
/// ```
#[derive(Debug)]
pub struct OperationMeta {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) path_parameters: &'static [&'static str],
    pub(crate) query_parameters: &'static [&'static str],
    pub(crate) parameters: &'static [Parameter],
    pub(crate) fixed_query: &'static str,
    pub(crate) media_types: &'static [MediaType],
    pub(crate) xml_answers: &'static [XmlAnswer],
    pub(crate) server: &'static str,
    pub(crate) accept: &'static str,
    pub(crate) security: &'static [&'static [&'static str]],
    pub(crate) has_links: bool,
    pub(crate) requires_parts: bool,
    pub(crate) retry_class: RetryClass,
    pub(crate) quota: Option<Quota>,
    pub(crate) group: &'static str,
}

impl OperationMeta {
    /// Names an operation, its method in upper case and its path, with parameters in braces.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            path_parameters: &[],
            query_parameters: &[],
            parameters: &[],
            fixed_query: "",
            media_types: &[],
            xml_answers: &[],
            server: "",
            accept: "",
            security: &[],
            has_links: false,
            requires_parts: false,
            retry_class: RetryClass::of_method(method),
            quota: None,
            group: "",
        }
    }

    /// Names the parameters of its path that are written the usual way.
    pub const fn path_parameters(mut self, names: &'static [&'static str]) -> Self {
        self.path_parameters = names;
        self
    }

    /// Names the parameters of its query that are written the usual way.
    ///
    /// A name costs the compiler a fifth of what a [`Parameter`] does, and most are like that.
    pub const fn query_parameters(mut self, names: &'static [&'static str]) -> Self {
        self.query_parameters = names;
        self
    }

    /// Says how its other parameters are written.
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Adds a query that every request has, without the question mark.
    pub const fn fixed_query(mut self, query: &'static str) -> Self {
        self.fixed_query = query;
        self
    }

    /// Says which media types its body can be sent as.
    pub const fn media_types(mut self, media_types: &'static [MediaType]) -> Self {
        self.media_types = media_types;
        self
    }

    /// Names the base URL that it has in place of the client's; a relative one is resolved against that.
    pub const fn server(mut self, base_url: &'static str) -> Self {
        self.server = base_url;
        self
    }

    /// Says what answers of XML look like, from the first to the last status of a range; the first that fits counts.
    pub const fn xml_answers(mut self, answers: &'static [XmlAnswer]) -> Self {
        self.xml_answers = answers;
        self
    }

    /// Says which media types of the answer are understood.
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Says which security schemes it takes: alternatives, each of schemes that go together.
    ///
    /// Without, or with none, it takes no credential; an empty alternative allows to send none.
    pub const fn security(mut self, security: &'static [&'static [&'static str]]) -> Self {
        self.security = security;
        self
    }

    /// Says that a body of parts is sent even where no part is set.
    pub const fn requires_parts(mut self) -> Self {
        self.requires_parts = true;
        self
    }

    /// Says whether it may be sent again; without, its method does.
    pub const fn retry_class(mut self, class: RetryClass) -> Self {
        self.retry_class = class;
        self
    }

    /// Names the group of operations that it belongs to; a server is left alone group by group when it fails.
    pub const fn group(mut self, group: &'static str) -> Self {
        self.group = group;
        self
    }

    /// Says how many requests the API takes.
    pub const fn quota(mut self, quota: Quota) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Keeps what is sent with the answer, for links that lead on from there.
    pub const fn linked(mut self) -> Self {
        self.has_links = true;
        self
    }

    /// Returns all its parameters: those that are written the usual way in path and query, then the others.
    pub(super) fn all_parameters(&self) -> impl Iterator<Item = Parameter> {
        let path = self.path_parameters.iter().copied().map(Parameter::path);
        let query = self.query_parameters.iter().copied().map(Parameter::query);
        path.chain(query).chain(self.parameters.iter().copied())
    }

    /// Returns the parameter with this index among all.
    ///
    /// # Panics
    /// When there is none.
    pub(super) fn parameter_at(&self, index: usize) -> Parameter {
        let found = self.all_parameters().nth(index);
        found.expect("the table of the operation has this parameter")
    }

    /// Returns how its table says that a parameter is written, or the usual way.
    pub(super) fn parameter(&self, location: Location, name: &str) -> Parameter {
        let mut declared = self.parameters.iter();
        let declared = declared.find(|it| it.location == location && it.name == name);
        declared.copied().unwrap_or(Parameter::new("", location))
    }

    /// Returns its name in the API's description.
    pub fn id(&self) -> &str {
        self.id
    }

    /// Returns its method; `_OTHER`, as OpenTelemetry calls it, for one that no standard knows.
    pub fn method(&self) -> &str {
        self.method
    }

    /// Returns its path, with parameters in braces; nothing for a request that the description lacks.
    pub fn path(&self) -> &str {
        self.path
    }
}

/// The first and the last status of an answer that can be XML, and the shape of its body.
pub type XmlAnswer = (u16, u16, fn() -> Shape);

/// How a parameter is written.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub(super) name: &'static str,
    pub(super) location: Location,
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) allow_reserved: bool,
    pub(super) as_is: bool,
    pub(super) may_be_empty: bool,
    pub(super) content_type: &'static str,
}

impl Parameter {
    /// A parameter of the path; its style is `simple`.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path)
    }

    /// A parameter of the query; its style is `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query)
    }

    /// A parameter that is a header; its style is `simple`.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header)
    }

    /// A parameter that is a cookie; its style is `form`, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie)
    }

    /// A part of a `multipart/form-data` body; each item of a list is a part of its own.
    pub const fn part(name: &'static str) -> Self {
        Self::new(name, Location::Part)
    }

    /// A header of a part; its style is `simple`.
    pub const fn part_header(part: &'static str, name: &'static str) -> Self {
        Self::new(name, Location::PartHeader(part))
    }

    /// A field of a form; its style is `form`, exploded.
    pub const fn field(name: &'static str) -> Self {
        Self::new(name, Location::Field)
    }

    /// Sets the media type that a part is sent with.
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// Sets how it is written.
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Sets whether each item and member is written on its own.
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Leaves reserved characters as they are, where they cannot be mistaken for structure.
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Allows an empty value in the path, which names another path than any other value does.
    pub const fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// Sends the value as it is given: it is percent-encoded already, and may hold a slash or a query.
    pub const fn as_is(mut self) -> Self {
        self.as_is = true;
        self
    }

    pub(super) const fn new(name: &'static str, location: Location) -> Self {
        let by_pairs = matches!(
            location,
            Location::Query | Location::Cookie | Location::Part | Location::Field
        );
        let style = if by_pairs { Style::Form } else { Style::Simple };
        Self {
            name,
            location,
            style,
            explode: by_pairs,
            allow_reserved: false,
            as_is: false,
            may_be_empty: false,
            content_type: "",
        }
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// In a part of the body.
    Part,
    /// In a header of the part with this name.
    PartHeader(&'static str),
    /// In a pair of a body that is a form.
    Field,
}

/// How lists and objects are written in a parameter, by the names OpenAPI gives the ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `;color=a,b`
    Matrix,
    /// `.a,b`
    Label,
    /// `a,b`
    Simple,
    /// `color=a,b`, or `color=a&color=b` when exploded
    Form,
    /// `color=a%20b`
    SpaceDelimited,
    /// `color=a%7Cb`
    PipeDelimited,
    /// `color[R]=100&color[G]=200`
    DeepObject,
    /// Items with another character between them.
    Delimited(char),
    /// A cookie without percent-encoding.
    Cookie,
    /// All of the query: an object as a form.
    QueryForm,
    /// All of the query: JSON, percent-encoded.
    QueryJson,
    /// The value as JSON text, whatever it is.
    Json,
}

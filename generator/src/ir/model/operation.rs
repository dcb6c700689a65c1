//! Operations: what goes into a call, and what comes back.

use super::{Docs, OperationId, Pagination, Pointer, TypeRef, XmlDocument};

/// Operations that one handle of the client offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub name: String,
    pub docs: Docs,
    pub operations: Vec<OperationId>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub id: OperationId,
    /// `operationId`, or a name derived from method and path.
    pub name: String,
    /// Set where this is a further way to call an operation, with a body of another kind.
    pub variation: Option<Variation>,
    pub pointer: Pointer,
    pub method: String,
    /// The template without query and fragment.
    pub path: String,
    /// `beta=true` of `/responses?beta=true`.
    pub fixed_query: Option<String>,
    /// The base URL, possibly relative, where it is another than the client's.
    pub server: Option<String>,
    pub docs: Docs,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    /// A body of parts is sent even where no part is given.
    pub requires_parts: bool,
    pub success: Vec<Answer>,
    pub errors: Vec<Answer>,
    /// What a success can say bit by bit.
    pub stream: Option<Stream>,
    /// Headers of a success.
    pub headers: Vec<ResponseHeader>,
    /// The `Accept` header.
    pub accept: Option<String>,
    /// Alternatives, each of schemes that go together; empty: none is needed.
    pub security: Vec<Vec<Requirement>>,
    /// How it continues, where it gives pages.
    pub pagination: Option<Pagination>,
    /// Whether it may be sent again, where that is not what its method says.
    pub retry: Option<RetryClass>,
    /// How many requests it takes, where that is known.
    pub quota: Option<Quota>,
}

/// A scheme that an operation takes, and what it has to be good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    pub scheme: String,
    /// Scopes of OAuth; roles of the other schemes (3.1).
    pub scopes: Vec<String>,
}

/// How many requests an operation takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quota {
    /// Requests per second for good.
    pub rate: f64,
    /// Requests at once.
    pub burst: u32,
}

/// Whether an operation may be sent again when it is not known what came of the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryClass {
    Safe,
    Idempotent,
    /// The server knows a call again by its key.
    IdempotentWithKey,
    Unsafe,
}

/// A request that the server sends on behalf of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    pub operation: OperationId,
    pub name: String,
    pub pointer: Pointer,
    pub method: String,
    /// Where it is sent: a runtime expression.
    pub expression: String,
    pub payload: TypeRef,
    pub docs: Docs,
}

/// A way from the success of an operation to a call of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub operation: OperationId,
    pub name: String,
    pub pointer: Pointer,
    pub target: OperationId,
    /// By index into the parameters of the target, in their order.
    pub parameters: Vec<(usize, LinkValue)>,
    pub body: Option<LinkValue>,
    pub base_url: Option<String>,
    pub docs: Docs,
}

/// What a link gives to an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkValue {
    /// A runtime expression, or a text that may have such in braces.
    Expression(String),
    /// JSON text.
    Constant(String),
}

/// A further way to call an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// The operation itself, which has the same answers.
    pub of: OperationId,
    /// A word for the body: `multipart`, `text`.
    pub kind: String,
    /// What it is sent as.
    pub content_type: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub wire: String,
    pub place: Place,
    /// The part that a header is one of; empty for all others.
    pub part: String,
    pub style: Style,
    pub explode: bool,
    pub allow_reserved: bool,
    /// The value is percent-encoded already (`x-ms-skip-url-encoding`).
    pub as_is: bool,
    /// In a path: the description lists the empty text among its values.
    pub may_be_empty: bool,
    /// The media type that a part is sent with, where the description names one.
    pub content_type: Option<String>,
    pub required: bool,
    /// It may be sent without a value, which its type has not.
    pub allow_empty: bool,
    pub ty: TypeRef,
    pub docs: Docs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Path,
    Query,
    Header,
    Cookie,
    /// A part of a `multipart/form-data` body.
    Part,
    /// A header of such a part.
    PartHeader,
    /// A pair of a form.
    Field,
}

impl Place {
    /// The word for it, as names and tables of operations have it.
    pub fn word(self) -> &'static str {
        match self {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Part => "part",
            Place::PartHeader => "part_header",
            Place::Field => "field",
        }
    }
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
    Delimited(char),
    /// A cookie as it is, without percent-encoding.
    Cookie,
    /// The value as JSON text.
    Json,
    /// The whole query, as a form.
    QueryForm,
    /// The whole query, as JSON text.
    QueryJson,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The argument's name where the description gives one.
    pub name: Option<String>,
    pub required: bool,
    pub content_type: String,
    pub content: Content,
    /// What the same value can be sent as, the media type above first.
    pub media_types: Vec<SentAs>,
    pub docs: Docs,
}

/// A media type of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct SentAs {
    pub name: String,
    pub encoding: BodyEncoding,
    /// Members that are not written the usual way.
    pub fields: Vec<Encoding>,
}

/// How a value becomes a body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyEncoding {
    Json,
    Form,
    Xml(XmlDocument),
    Parts,
    /// Text and bytes.
    Plain,
}

/// How a parameter, or a member of a body, is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    pub wire: String,
    pub place: Place,
    pub part: String,
    pub style: Style,
    pub explode: bool,
    pub allow_reserved: bool,
    pub content_type: Option<String>,
}

impl Body {
    /// Whether it is a typed value, not text or bytes.
    pub fn is_value(&self) -> bool {
        !matches!(
            self.content,
            Content::Parts | Content::Text | Content::Bytes
        )
    }
}

impl Link {
    /// Whether the target requires a parameter that the link gives no value.
    pub fn leaves_open(&self, target: &Operation, parameter: usize) -> bool {
        let is_given = self.parameters.iter().any(|(at, _)| *at == parameter);
        target.parameters[parameter].required && !is_given
    }
}

impl Parameter {
    pub fn encoding(&self) -> Encoding {
        Encoding {
            wire: self.wire.clone(),
            place: self.place,
            part: self.part.clone(),
            style: self.style,
            explode: self.explode,
            allow_reserved: self.allow_reserved,
            content_type: self.content_type.clone(),
        }
    }
}

impl Encoding {
    /// The usual way to write something in its place.
    pub fn usual(wire: &str, place: Place) -> Self {
        let explode = !matches!(place, Place::Path | Place::Header | Place::PartHeader);
        Encoding {
            wire: wire.to_owned(),
            place,
            part: String::new(),
            style: if explode { Style::Form } else { Style::Simple },
            explode,
            allow_reserved: false,
            content_type: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`.
    Form(TypeRef),
    Xml(TypeRef),
    /// Parts that the description does not name; of requests alone.
    Parts,
    Text,
    Bytes,
}

/// One documented body of a response, or a response without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: Status,
    /// The media types that the body has, as written; empty where there is none, or nothing is said.
    pub media_types: Vec<String>,
    /// Absent: no body is documented.
    pub content: Option<Content>,
    pub docs: Docs,
}

/// An answer that says one thing after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub media_types: Vec<String>,
    pub item: TypeRef,
    pub shape: EventShape,
    /// The member of the JSON body that asks for it.
    pub flag: Option<String>,
}

/// What of a server-sent event an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventShape {
    /// Its data, which is JSON; also the values of other streams.
    Json,
    /// Its data, which is text.
    Text,
    /// The whole event.
    Event,
    /// The whole event, whose data is text.
    EventOfText,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    pub wire: String,
    pub ty: TypeRef,
    pub form: HeaderForm,
    pub docs: Docs,
}

/// How a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// A text, a number, a truth value.
    Plain,
    /// Such values with commas between them.
    List,
    /// JSON text.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Code(u16),
    /// The hundreds digit of `2XX`.
    Range(u8),
    Default,
}

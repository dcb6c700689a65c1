//! Types: what they hold, and how other types use them.

use super::{Docs, OperationId, Pointer, Status, TypeId, XmlMember};

#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    pub id: TypeId,
    pub pointer: Pointer,
    pub origin: Origin,
    /// `null` is a value of the schema: users of the type wrap it in an option.
    pub nullable: bool,
    /// Some request carries it: it gets `new` and setters.
    pub in_request: bool,
    pub in_response: bool,
    /// A body of XML carries it: it says which XML its members are.
    pub in_xml: bool,
    /// What requests carry in its place, where that is a type of its own.
    pub request_view: Option<TypeId>,
    /// Of an enum or a union: values that it does not list are as good as those it does.
    pub open: bool,
    pub docs: Docs,
    /// What the type's own values keep; of an alias, its uses say it.
    pub rules: Vec<Rule>,
    pub kind: TypeKind,
}

/// What a value keeps and its type does not show, by the keyword of JSON Schema; numbers as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    Minimum(String),
    ExclusiveMinimum(String),
    Maximum(String),
    ExclusiveMaximum(String),
    MultipleOf(String),
    MinLength(u64),
    MaxLength(u64),
    Pattern(String),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    Items(Vec<Rule>),
    MinProperties(u64),
    MaxProperties(u64),
    PropertyNames(Vec<Rule>),
    /// A member, and those that have to be there with it.
    DependentRequired(String, Vec<String>),
    Values(Vec<Rule>),
}

/// Where a type's name comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A named schema of the description.
    Component(String),
    /// A schema with a name of its own elsewhere: a `$defs` entry, a file.
    Named(String),
    /// An inline schema below another type.
    Inside(TypeId, Role),
    /// An inline schema of an operation.
    Of(OperationId, Role),
}

/// The place of an inline schema in its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Field(String),
    Item,
    Value,
    /// A union's variant: its tag value, title or number.
    Variant(String),
    Parameter(String),
    RequestBody,
    Response(Status),
    /// The position of an item in a tuple.
    Position(usize),
    /// No place inside the type: what requests carry instead of it.
    Request,
    /// The second place inside the first: the items of a field.
    Within(Box<Role>, Box<Role>),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeKind {
    Object(Object),
    StringEnum(Vec<EnumValue<String>>),
    IntegerEnum(Vec<EnumValue<i64>>),
    /// Values of any type, each as JSON text.
    JsonEnum(Vec<EnumValue<String>>),
    Tuple(Tuple),
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
    /// An alias that contains itself, which takes a type of its own.
    Newtype(TypeRef),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    pub fields: Vec<Field>,
    /// The type of members that are not fields, when they are kept.
    pub rest: Option<TypeRef>,
    /// What their values keep.
    pub rest_rules: Vec<Rule>,
}

/// An array with a type per position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tuple {
    pub items: Vec<TupleItem>,
    /// The type of items behind those, when there may be any.
    pub rest: Option<TypeRef>,
    /// What those keep.
    pub rest_rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TupleItem {
    pub presence: Presence,
    pub ty: TypeRef,
    pub boxed: bool,
    pub rules: Vec<Rule>,
    pub docs: Docs,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// The member's name in JSON.
    pub wire: String,
    pub presence: Presence,
    pub ty: TypeRef,
    /// The type contains itself along this field.
    pub boxed: bool,
    /// Its type is an enum of one value, so nobody has to say it.
    pub constant: bool,
    /// Only the server sets it.
    pub read_only: bool,
    /// Only requests carry it.
    pub write_only: bool,
    /// No log may show it.
    pub secret: bool,
    pub xml: XmlMember,
    pub rules: Vec<Rule>,
    pub docs: Docs,
}

/// Which of absent, null and value a member can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Always a value.
    Required,
    /// A value or null, never absent.
    RequiredNullable,
    /// A value or absent.
    Optional,
    /// A value, null or absent.
    OptionalNullable,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnumValue<T> {
    pub wire: T,
    /// The name the description suggests.
    pub name: Option<String>,
    pub docs: Docs,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Union {
    /// The property that tells the variants apart.
    pub tag: Option<String>,
    pub variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variant {
    /// Tag values that select it; empty without a tag, and for the fallback.
    pub tags: Vec<String>,
    /// Taken when no tag fits.
    pub fallback: bool,
    pub ty: TypeRef,
    pub boxed: bool,
    pub rules: Vec<Rule>,
    pub docs: Docs,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeRef {
    Named(TypeId),
    List(Box<TypeRef>),
    /// From strings to values.
    Map(Box<TypeRef>),
    Nullable(Box<TypeRef>),
    Boolean,
    Integer(Width),
    /// 64-bit binary floating point.
    Float,
    /// A number that keeps all its digits.
    Number,
    /// Seconds since 1970, as an integer.
    UnixTime,
    String,
    /// An integer as text.
    StringInteger(Width),
    DateTime,
    Date,
    Time,
    Uuid,
    Duration,
    /// Bytes as base64 text.
    Base64,
    /// A string that holds the JSON of another type.
    JsonText(Box<TypeRef>),
    /// Bytes with a name, in a part of a body.
    File,
    /// Any JSON value, kept as it is.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

//! What a schema is once references, composition and null are settled.

use crate::document::{Limits, SchemaId, Xml};
use crate::spec::Node;

/// The shapes of all schemas that the document's operations and components reach.
#[derive(Debug)]
pub struct Resolved<'t> {
    /// By [`SchemaId`]; ids beyond the document's own belong to schemas that composition made.
    pub(super) shapes: Vec<Option<Shape<'t>>>,
}

/// One schema, settled.
#[derive(Clone, Debug)]
pub struct Shape<'t> {
    pub id: SchemaId,
    pub node: Node<'t>,
    /// Composition made it: the description has no such schema at the node, only what it is made of.
    pub is_made: bool,
    /// The component's name when the schema is one.
    pub component: Option<&'t str>,
    pub title: Option<&'t str>,
    pub description: Option<&'t str>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// The description says that nobody may see it.
    pub secret: bool,
    /// Null is a value, in whatever way the description spells it.
    pub nullable: bool,
    /// Of an enum or a union: values that it does not list are as good as those it does.
    pub open: bool,
    pub kind: Kind<'t>,
    /// Limits, default, examples and conditions, in words.
    pub facts: Option<String>,
    /// What values can be checked against, when there is anything.
    pub conditions: Option<Box<Conditions<'t>>>,
    /// What it is in XML, where that is stated.
    pub xml: Option<Box<Xml<'t>>>,
    /// What of the schema is not in the kind, for the generated docs.
    pub remarks: Vec<String>,
}

/// What a schema asks of its values and no type shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions<'t> {
    pub limits: Limits<'t>,
    pub property_names: Option<SchemaId>,
    /// Members, and those that have to be there with each.
    pub dependent_required: Vec<(&'t str, Vec<&'t str>)>,
}

#[derive(Clone, Debug)]
pub enum Kind<'t> {
    /// Another schema: a reference, or a composition that only adds annotations.
    Alias(SchemaId),
    /// Any JSON value.
    Any,
    Boolean,
    Integer(Integer<'t>),
    /// With the format as written.
    Number(Option<&'t str>),
    String(StringFormat),
    /// A string that holds the JSON of another schema.
    JsonText(SchemaId),
    StringEnum(Vec<Choice<'t, String>>),
    IntegerEnum(Vec<Choice<'t, i64>>),
    /// Values of several types, or of one that has no enum of its own; each as JSON text.
    JsonEnum(Vec<Choice<'t, String>>),
    List(SchemaId),
    Tuple(Tuple),
    Map(SchemaId),
    Object(Object<'t>),
    Union(Union<'t>),
}

/// Formats that have a type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringFormat {
    Plain,
    /// Bytes as they are, which JSON can not hold: text there, a file elsewhere.
    Binary,
    DateTime,
    Date,
    Time,
    Uuid,
    Base64,
    Duration,
    /// An integer in a string, of the format as an integer has it.
    Integer(&'static str),
}

impl StringFormat {
    /// What it is in JSON.
    pub(super) fn in_json(self) -> Self {
        match self {
            StringFormat::Binary => StringFormat::Plain,
            format => format,
        }
    }
}

/// What bounds an integer, as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Integer<'t> {
    pub format: Option<&'t str>,
    pub minimum: Option<&'t str>,
    pub maximum: Option<&'t str>,
}

#[derive(Clone, Debug)]
pub struct Choice<'t, T> {
    pub value: T,
    pub name: Option<&'t str>,
    pub description: Option<&'t str>,
}

/// An array with a schema per position.
#[derive(Clone, Debug)]
pub struct Tuple {
    pub items: Vec<SchemaId>,
    /// How many of them are always there.
    pub required: usize,
    /// The schema of items behind those, when there may be any.
    pub rest: Option<SchemaId>,
}

#[derive(Clone, Debug)]
pub struct Object<'t> {
    pub properties: Vec<Property<'t>>,
    /// The schema of further members, when they are kept.
    pub rest: Option<SchemaId>,
}

#[derive(Clone, Debug)]
pub struct Property<'t> {
    pub name: &'t str,
    pub schema: SchemaId,
    pub required: bool,
}

#[derive(Clone, Debug)]
pub struct Union<'t> {
    pub tag: Option<&'t str>,
    pub variants: Vec<Variant<'t>>,
}

#[derive(Clone, Debug)]
pub struct Variant<'t> {
    pub schema: SchemaId,
    /// Tag values that select it.
    pub tags: Vec<&'t str>,
    /// Taken when no tag fits.
    pub fallback: bool,
    /// Another variant is read as the same type, so the conditions of this one alone say nothing.
    pub unconditional: bool,
}

impl<'t> Resolved<'t> {
    /// The shape of a schema. Every id found in the document or in another shape has one.
    pub fn shape(&self, id: SchemaId) -> &Shape<'t> {
        self.shapes[id.0 as usize]
            .as_ref()
            .expect("every schema that anything refers to is resolved")
    }

    /// The shape behind aliases, and whether any step of the way allows null.
    pub fn follow(&self, id: SchemaId) -> (&Shape<'t>, bool) {
        let mut shape = self.shape(id);
        let mut nullable = shape.nullable;
        while let Kind::Alias(target) = shape.kind {
            shape = self.shape(target);
            nullable |= shape.nullable;
        }
        (shape, nullable)
    }
}

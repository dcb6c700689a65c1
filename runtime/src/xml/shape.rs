//! What of a value is which XML.

use std::collections::BTreeMap;

use crate::json::{Json, JsonNumber, Maybe};
use crate::types::{
    Base64, Date, DateTime, IsoDuration, JsonText, StringInteger, Time, UnixTime, Uuid,
};

/// A type that can be the body of an XML document, or a part of one.
///
/// Generated types implement it through [`xml_object!`](crate::xml_object) and its siblings.
pub trait XmlShape {
    /// Returns what its values look like.
    fn shape() -> Shape;
}

/// What values of a type look like in XML.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Nothing is known: text, or an object of whatever is there.
    Any,
    /// Text.
    Text,
    /// Text that is a number.
    Number,
    /// Text that is `true` or `false`.
    Boolean,
    /// Attributes and elements by name.
    Object(&'static Object),
    /// Elements, one for each item.
    List(fn() -> Shape),
    /// An element for each member, with its name.
    Map(fn() -> Shape),
    /// Elements, each of its own kind.
    Tuple(&'static [fn() -> Shape]),
    /// What one of these looks like.
    OneOf(&'static [fn() -> Shape]),
}

/// The members of an object.
#[derive(Debug)]
pub struct Object {
    /// In the order in which they are written.
    pub members: &'static [Member],
    /// What elements look like that are no members.
    pub rest: Option<fn() -> Shape>,
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name in JSON.
    pub wire: &'static str,
    /// What it is.
    pub node: Node,
    /// Its name in XML, with its prefix where it has one.
    pub name: &'static str,
    /// The namespace; empty where none is stated.
    pub namespace: &'static str,
    /// The name of the items of a list inside its element.
    pub item: &'static str,
    /// The namespace of the items.
    pub item_namespace: &'static str,
    /// What its value looks like.
    pub shape: fn() -> Shape,
}

/// What a member is, by the node types of OpenAPI 3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types)]
pub enum Node {
    /// An element, or one for each item of a list.
    element,
    /// An attribute.
    attribute,
    /// The text of the object's own element.
    text,
    /// The same, as a CDATA section.
    cdata,
    /// Nothing: what it is made of belongs to the object's own element.
    none,
    /// An element around those of the items of a list.
    wrapped,
}

/// A whole document: the element around it, and what is inside.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    pub(super) root: &'static str,
    pub(super) namespace: &'static str,
    pub(super) item: &'static str,
    pub(super) shape: fn() -> Shape,
}

impl Document {
    /// A document whose outermost element has this name.
    pub const fn new(root: &'static str, shape: fn() -> Shape) -> Self {
        Self {
            root,
            namespace: "",
            item: "item",
            shape,
        }
    }

    /// Sets the namespace of the outermost element.
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = namespace;
        self
    }

    /// Sets the name of the items, where the document is a list.
    pub const fn items(mut self, name: &'static str) -> Self {
        self.item = name;
        self
    }
}

/// Returns the shape of a field's type; the macros know the field, and not the type.
pub const fn shape_of<O, T: XmlShape>(_: fn(&O) -> &T) -> fn() -> Shape {
    T::shape
}

/// Returns the shape of the values of a field that keeps members of any name.
pub const fn rest_of<O, T: XmlShape>(_: fn(&O) -> &BTreeMap<String, T>) -> fn() -> Shape {
    T::shape
}

macro_rules! shapes {
    ($($shape:ident: $($ty:ty)*;)*) => {$($(
        impl XmlShape for $ty {
            fn shape() -> Shape {
                Shape::$shape
            }
        }
    )*)*};
}

shapes! {
    Any: Json;
    Text: String DateTime Date Time Uuid Base64 IsoDuration;
    Number: i8 i16 i32 i64 u8 u16 u32 u64 f64 JsonNumber UnixTime;
    Boolean: bool;
}

impl<T> XmlShape for StringInteger<T> {
    fn shape() -> Shape {
        Shape::Text
    }
}

impl<T> XmlShape for JsonText<T> {
    fn shape() -> Shape {
        Shape::Text
    }
}

macro_rules! transparent {
    ($($ty:ident)*) => {$(
        impl<T: XmlShape> XmlShape for $ty<T> {
            fn shape() -> Shape {
                T::shape()
            }
        }
    )*};
}

transparent! { Option Box Maybe }

impl<T: XmlShape> XmlShape for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: XmlShape> XmlShape for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
}

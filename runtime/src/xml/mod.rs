//! Bodies of XML: values of the codec's types, by a table that says which XML each member is.
//!
//! Input: a value as JSON and the shape of its type, or an XML document.
//! Output: an XML document, or the JSON that the type decodes.
//! Invariants: tables follow the XML Object of OpenAPI; a document with a document type, with entities
//! of its own or with very deep nesting is refused before anything is made of it.
//! Never: a type of the parser in a signature, or a look at anything outside the document.
//!
//! Reading needs the feature `xml`; without it, XML bodies of answers are errors that say so.

#[cfg(feature = "xml")]
mod element;
#[cfg(feature = "xml")]
mod parse;
#[cfg(feature = "xml")]
mod read;
mod shape;
mod write;

pub use shape::{Document, Member, Node, Object, Shape, XmlShape, rest_of, shape_of};

pub(crate) use write::write;

use crate::json::{DecodeError, Json};

/// The namespace of `xsi:nil`.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Reads a document as the JSON of a type with this shape.
#[cfg(feature = "xml")]
pub(crate) fn read(text: &[u8], shape: Shape) -> Result<Json, DecodeError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let text = str::from_utf8(text).map_err(|error| DecodeError::not_text(error.valid_up_to()))?;
    let root = parse::parse(text)?;
    Ok(read::value(&root, shape))
}

/// Says which feature is missing.
#[cfg(not(feature = "xml"))]
pub(crate) fn read(_: &[u8], _: Shape) -> Result<Json, DecodeError> {
    Err(DecodeError::not_xml(
        0,
        "the feature `xml` of attache-runtime",
    ))
}

#[cfg(all(test, feature = "xml"))]
mod tests;

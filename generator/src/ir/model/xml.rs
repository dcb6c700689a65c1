//! What of a value is which XML.

/// The element around a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct XmlDocument {
    pub root: XmlName,
    /// What the items are called, where the document is a list.
    pub items: Option<String>,
}

/// What a member of an object is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct XmlMember {
    pub node: XmlNode,
    /// Where it is not that of the member.
    pub name: Option<XmlName>,
    /// The name of the items inside a wrapped list, where it is not that of the list.
    pub item: Option<XmlName>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct XmlName {
    pub local: String,
    pub prefix: String,
    /// Empty where none is stated.
    pub namespace: String,
}

/// The node types of OpenAPI 3.2, and lists with an element around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum XmlNode {
    Element,
    Attribute,
    Text,
    Cdata,
    /// Its parts belong to the element of the object.
    None,
    Wrapped,
}

impl XmlName {
    /// With its prefix.
    pub fn written(&self) -> String {
        match self.prefix.is_empty() {
            true => self.local.clone(),
            false => format!("{}:{}", self.prefix, self.local),
        }
    }
}

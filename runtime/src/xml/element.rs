//! An XML document as a tree.

use super::XSI;

/// An element, with everything that a value can be made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) name: QName,
    pub(super) attributes: Vec<(QName, String)>,
    pub(super) children: Vec<Element>,
    /// Its own text, without that of its children.
    pub(super) text: String,
}

/// A name without its prefix, and the namespace that the prefix stood for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct QName {
    pub(super) local: String,
    pub(super) namespace: String,
}

impl Element {
    /// Whether it says that there is no value, as XML Schema has it.
    pub(super) fn is_nil(&self) -> bool {
        let is_nil = |(name, value): &(QName, String)| {
            name.local == "nil" && name.namespace == XSI && matches!(value.trim(), "true" | "1")
        };
        self.attributes.iter().any(is_nil)
    }
}

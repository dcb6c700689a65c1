//! Which XML things are, by the XML Object of their schemas.
//!
//! A reference takes what the schema behind it states, where nothing is stated beside it.

use super::model::{XmlDocument, XmlMember, XmlName, XmlNode};
use crate::document::{SchemaId, Xml};
use crate::resolved::{Kind, Property, Resolved, Shape};

/// What a member of an object is.
pub(super) fn member(property: &Property<'_>, resolved: &Resolved<'_>) -> XmlMember {
    let stated = stated(property.schema, resolved);
    let items = match &resolved.follow(property.schema).0.kind {
        Kind::List(item) => Some(self::stated(*item, resolved)),
        Kind::Tuple(_) => Some(None),
        _ => None,
    };
    let node = node(stated, items.is_some());
    let item = items.flatten().and_then(name);
    match (node, items) {
        (XmlNode::Element, Some(_)) => XmlMember {
            node,
            name: item,
            item: None,
        },
        _ => XmlMember {
            node,
            name: stated.and_then(name),
            item: item.filter(|_| node == XmlNode::Wrapped),
        },
    }
    .named(property.name)
}

impl XmlMember {
    /// Spells out names that have a prefix or a namespace, and no name of their own.
    fn named(mut self, wire: &str) -> Self {
        let own = self.name.as_ref().filter(|name| !name.local.is_empty());
        let outer = own.map_or_else(|| wire.to_owned(), |name| name.local.clone());
        for (name, fallback) in [(&mut self.name, wire), (&mut self.item, outer.as_str())] {
            if let Some(name) = name.as_mut().filter(|name| name.local.is_empty()) {
                name.local = fallback.to_owned();
            }
        }
        self
    }
}

/// The element around a document.
pub(super) fn document(schema: SchemaId, resolved: &Resolved<'_>) -> XmlDocument {
    let root = stated(schema, resolved).and_then(name);
    let mut root = root.unwrap_or_default();
    if root.local.is_empty() {
        let component = component(schema, resolved);
        root.local = component.unwrap_or("root").to_owned();
    }
    let items = match &resolved.follow(schema).0.kind {
        Kind::List(item) => {
            let named = stated(*item, resolved).and_then(name);
            let named = named.filter(|name| !name.local.is_empty());
            named
                .map(|name| name.written())
                .or_else(|| component(*item, resolved).map(str::to_owned))
        }
        _ => None,
    };
    XmlDocument { root, items }
}

fn component<'t>(schema: SchemaId, resolved: &Resolved<'t>) -> Option<&'t str> {
    chain(schema, resolved).find_map(|shape| shape.component)
}

fn stated<'r, 't>(schema: SchemaId, resolved: &'r Resolved<'t>) -> Option<&'r Xml<'t>> {
    chain(schema, resolved).find_map(|shape| shape.xml.as_deref())
}

/// A schema, and those that it is another name of.
fn chain<'r, 't>(
    schema: SchemaId,
    resolved: &'r Resolved<'t>,
) -> impl Iterator<Item = &'r Shape<'t>> {
    let next = |shape: &&'r Shape<'t>| match shape.kind {
        Kind::Alias(target) => Some(resolved.shape(target)),
        _ => None,
    };
    // Aliases of each other are settled; the limit is for what else may lead in circles.
    std::iter::successors(Some(resolved.shape(schema)), next).take(64)
}

fn node(xml: Option<&Xml<'_>>, is_list: bool) -> XmlNode {
    let Some(xml) = xml else {
        return XmlNode::Element;
    };
    match xml.node_type {
        Some("attribute") => XmlNode::Attribute,
        Some("text") => XmlNode::Text,
        Some("cdata") => XmlNode::Cdata,
        Some("none") if !is_list => XmlNode::None,
        Some("element") if is_list => XmlNode::Wrapped,
        _ if xml.attribute => XmlNode::Attribute,
        _ if xml.wrapped && is_list => XmlNode::Wrapped,
        _ => XmlNode::Element,
    }
}

/// The name that is stated, without a local part where only prefix or namespace are; none where nothing is.
fn name(xml: &Xml<'_>) -> Option<XmlName> {
    let own = |text: Option<&str>| {
        let text = text.map(str::trim);
        text.unwrap_or_default().to_owned()
    };
    let name = XmlName {
        local: own(xml.name),
        prefix: own(xml.prefix),
        namespace: own(xml.namespace),
    };
    (name != XmlName::default()).then_some(name)
}

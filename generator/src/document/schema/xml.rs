//! The XML Object.

use super::super::model::Xml;
use super::super::reader::Reader;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    pub(super) fn xml(&mut self, node: Node<'t>) -> Option<Xml<'t>> {
        let mut fields = self.object(node, "xml")?;
        let xml = Xml {
            name: self.text(&mut fields, "name"),
            namespace: self.text(&mut fields, "namespace"),
            prefix: self.text(&mut fields, "prefix"),
            attribute: self.flag(&mut fields, "attribute"),
            wrapped: self.flag(&mut fields, "wrapped"),
            node_type: self.text(&mut fields, "nodeType"),
        };
        self.finish(fields, "an XML object");
        Some(xml)
    }
}

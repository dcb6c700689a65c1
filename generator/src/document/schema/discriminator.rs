//! The Discriminator Object, and 2.0's lone property name.

use super::super::model::{Discriminator, SchemaId};
use super::super::reader::Reader;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    pub(super) fn discriminator(&mut self, node: Node<'t>) -> Option<Discriminator<'t>> {
        if let Some(property) = node.as_str() {
            return Some(Discriminator {
                property,
                mapping: Vec::new(),
                default_mapping: None,
            });
        }
        let mut fields = self.object(node, "discriminator")?;
        let property = self.text(&mut fields, "propertyName");
        let mut mapping = Vec::new();
        for (key, value) in self.map(&mut fields, "mapping") {
            mapping.extend(self.mapped_schema(value).map(|schema| (key.text, schema)));
        }
        let default = fields.take("defaultMapping");
        let default_mapping = default.and_then(|value| self.mapped_schema(value));
        self.finish(fields, "a discriminator");
        if property.is_none() {
            self.missing_field(node, "this discriminator", "propertyName");
        }
        Some(Discriminator {
            property: property?,
            mapping,
            default_mapping,
        })
    }

    /// A component's name, else a URI; a text that could be both is a name.
    fn mapped_schema(&mut self, node: Node<'t>) -> Option<SchemaId> {
        let text = self.text_of(node, "mapping")?;
        let target = match self.sections.component("schemas", text) {
            Some(component) => component,
            None => self.resolve(node, text, "schemas")?,
        };
        Some(self.schema(target))
    }
}

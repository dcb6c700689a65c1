//! Tag Objects.

use super::fields::Fields;
use super::model::Tag;
use super::reader::Reader;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    pub(super) fn tags(&mut self, document: &mut Fields<'t>) -> Vec<Tag<'t>> {
        let items = self.list(document, "tags");
        items
            .into_iter()
            .filter_map(|node| self.tag(node))
            .collect()
    }

    fn tag(&mut self, node: Node<'t>) -> Option<Tag<'t>> {
        if let Some(name) = node.as_str() {
            self.converted(node, "this tag is text; it is taken as the tag's name");
            return Some(Tag { name, ..blank() });
        }
        let mut fields = self.object(node, "tag")?;
        let name = self.text(&mut fields, "name");
        let tag = Tag {
            name: name.unwrap_or_default(),
            summary: self.text(&mut fields, "summary"),
            description: self.text(&mut fields, "description"),
            parent: self.text(&mut fields, "parent"),
            kind: self.text(&mut fields, "kind"),
            external_docs: self.external_docs(&mut fields),
            extensions: self.finish(fields, "a tag"),
        };
        if name.is_none() {
            self.missing_field(node, "this tag", "name");
            return None;
        }
        Some(tag)
    }

    /// The address of an External Documentation Object.
    pub(super) fn external_docs(&mut self, fields: &mut Fields<'t>) -> Option<&'t str> {
        let node = fields.take("externalDocs")?;
        let mut fields = self.object(node, "externalDocs")?;
        fields.ignore(&["description"]);
        let url = self.text(&mut fields, "url");
        self.finish(fields, "external documentation");
        url
    }
}

fn blank<'t>() -> Tag<'t> {
    Tag {
        name: "",
        summary: None,
        description: None,
        parent: None,
        kind: None,
        external_docs: None,
        extensions: Vec::new(),
    }
}

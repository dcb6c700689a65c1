//! Link Objects of responses.

use super::fields::Fields;
use super::model::{Link, LinkTarget};
use super::reader::Reader;
use super::reference::Target;
use crate::diagnostic::codes;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    pub(super) fn links(&mut self, response: &mut Fields<'t>) -> Vec<Link<'t>> {
        let mut entries = self.map(response, "links");
        entries.retain(|(key, _)| !key.text.starts_with("x-"));
        entries
            .into_iter()
            .filter_map(|(key, node)| self.link(key.text, node))
            .collect()
    }

    fn link(&mut self, name: &'t str, node: Node<'t>) -> Option<Link<'t>> {
        let Target {
            node, description, ..
        } = self.follow(node, "links")?;
        let mut fields = self.object(node, "link")?;
        let target = self.link_target(&mut fields, node);
        let link = Link {
            node,
            name,
            target,
            parameters: self
                .map(&mut fields, "parameters")
                .into_iter()
                .map(|(key, value)| (key.text, value))
                .collect(),
            request_body: fields.take("requestBody"),
            description: description.or(self.text(&mut fields, "description")),
            server: fields.take("server").and_then(|server| self.server(server)),
        };
        self.finish(fields, "a link");
        Some(link)
    }

    fn link_target(&mut self, fields: &mut Fields<'t>, node: Node<'t>) -> LinkTarget<'t> {
        let id = self.text(fields, "operationId");
        let reference = fields.take("operationRef");
        let text = reference.and_then(|reference| self.text_of(reference, "operationRef"));
        match (id, reference.zip(text)) {
            (Some(id), _) => LinkTarget::Id(id),
            (None, Some((at, text))) => match at.resolve(text) {
                Ok(operation) => LinkTarget::Operation(operation),
                Err(reason) => {
                    let message = format!("`{text}` leads nowhere: {reason}");
                    self.diagnostics
                        .at(&codes::UNRESOLVED_REFERENCE, at, message);
                    LinkTarget::Unknown
                }
            },
            (None, None) => {
                self.missing_field(node, "this link", "operationId");
                LinkTarget::Unknown
            }
        }
    }
}

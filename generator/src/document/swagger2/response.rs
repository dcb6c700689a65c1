//! A response's `schema` and `examples` to `content`.

use super::request_body::media_type;
use crate::document::fields::Fields;
use crate::document::model::{MediaType, Version};
use crate::document::reader::Reader;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    /// Marks the keys that [`Self::swagger2_content`] reads.
    pub(in crate::document) fn take_swagger2_content(&mut self, response: &mut Fields<'t>) {
        if response.peek("content").is_some() {
            return;
        }
        if let Some(schema) = response.take("schema") {
            self.foreign_keyword(schema, "`schema` directly in a response");
        }
        if self.version == Version::V2_0 {
            response.ignore(&["examples"]);
        }
    }

    /// One media type per entry of `produces`; none when the response has no schema.
    pub(in crate::document) fn swagger2_content(
        &mut self,
        response: Node<'t>,
        produces: &[&'t str],
    ) -> Vec<MediaType<'t>> {
        if response.get("content").is_some() {
            return Vec::new();
        }
        let Some(node) = response.get("schema").filter(|node| !node.is_null()) else {
            return Vec::new();
        };
        let schema = self.optional_schema(node);
        let is_file = node.get("type").and_then(Node::as_str) == Some("file");
        let default = if is_file {
            "application/octet-stream"
        } else {
            "application/json"
        };
        let default = [default];
        let names = if produces.is_empty() {
            &default[..]
        } else {
            produces
        };
        let examples = response.get("examples");
        let mut content: Vec<MediaType<'t>> = Vec::new();
        for name in names.iter().map(|name| name.trim()) {
            let mut media_type = media_type(response, name, schema);
            media_type.example = examples.and_then(|examples| examples.get(name));
            content.push(media_type);
        }
        content
    }
}

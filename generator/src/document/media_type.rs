//! Media Type Objects and the encodings of their properties.

use super::fields::Fields;
use super::model::{Encoding, MediaType};
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    /// The media types of `content`, in the order written.
    pub(super) fn content(&mut self, fields: &mut Fields<'t>) -> Vec<MediaType<'t>> {
        let entries = self.map(fields, "content");
        entries
            .into_iter()
            .filter(|(key, _)| !key.text.starts_with("x-"))
            .filter_map(|(key, node)| self.media_type(key.text.trim(), node))
            .collect()
    }

    /// The one media type of a parameter's or header's `content`.
    pub(super) fn single_content(
        &mut self,
        fields: &mut Fields<'t>,
        node: Node<'t>,
    ) -> Option<MediaType<'t>> {
        let mut content = self.content(fields);
        if content.len() > 1 {
            let message = "only the first media type of this `content` is used";
            self.diagnostics
                .at(&codes::UNSUPPORTED_KEYWORD, node, message);
        }
        content.truncate(1);
        content.pop()
    }

    pub(super) fn media_type(&mut self, name: &'t str, node: Node<'t>) -> Option<MediaType<'t>> {
        let blank = |node| MediaType {
            node,
            name,
            schema: None,
            item_schema: None,
            encoding: Vec::new(),
            example: None,
            examples: Vec::new(),
            extensions: Vec::new(),
        };
        let Some(target) = self.follow(node, "mediaTypes") else {
            return Some(blank(node));
        };
        let node = target.node;
        let Some(mut fields) = self.object(node, name) else {
            return Some(blank(node));
        };
        let (example, examples) = self.examples(&mut fields);
        let schema = fields
            .take("schema")
            .and_then(|node| self.optional_schema(node));
        let item_schema = fields
            .take("itemSchema")
            .and_then(|node| self.optional_schema(node));
        Some(MediaType {
            node,
            name,
            schema,
            item_schema,
            encoding: self.encodings(&mut fields),
            example,
            examples,
            extensions: self.finish(fields, "a media type"),
        })
    }

    fn encodings(&mut self, fields: &mut Fields<'t>) -> Vec<Encoding<'t>> {
        self.unsupported_encodings(fields);
        if self.in_header {
            if let Some(node) = fields.take("encoding") {
                self.unsupported(node, "encoding", "within a header");
            }
            return Vec::new();
        }
        let entries = self.map(fields, "encoding");
        entries
            .into_iter()
            .filter_map(|(key, node)| self.encoding(key.text, node))
            .collect()
    }

    fn encoding(&mut self, property: &'t str, node: Node<'t>) -> Option<Encoding<'t>> {
        let mut fields = self.object(node, "encoding")?;
        self.unsupported_encodings(&mut fields);
        if let Some(nested) = fields.take("encoding") {
            self.unsupported(nested, "encoding", "of a part's own properties");
        }
        let headers = self.map(&mut fields, "headers");
        let encoding = Encoding {
            property,
            content_type: self.text(&mut fields, "contentType"),
            headers: self.headers(headers),
            style: self.stated_style(&mut fields),
            explode: self.optional_flag(&mut fields, "explode"),
            allow_reserved: self.flag(&mut fields, "allowReserved"),
        };
        self.finish(fields, "an encoding");
        Some(encoding)
    }

    fn unsupported_encodings(&mut self, fields: &mut Fields<'t>) {
        for key in ["prefixEncoding", "itemEncoding"] {
            if let Some(node) = fields.take(key) {
                self.unsupported(node, key, "of parts by position");
            }
        }
    }

    pub(super) fn unsupported(&mut self, node: Node<'t>, name: &str, what: &str) {
        let message = format!("`{name}` {what} is not supported; it has no effect");
        self.diagnostics
            .at(&codes::UNSUPPORTED_KEYWORD, node, message);
    }
}

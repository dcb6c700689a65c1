//! Header Objects of responses and of multipart parts.

use super::ignored;
use super::model::{Header, ParameterLocation};
use super::reader::Reader;
use super::value::Entries;
use crate::diagnostic::codes;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    pub(super) fn headers(&mut self, entries: Entries<'t>) -> Vec<Header<'t>> {
        let mut headers = Vec::new();
        for (key, node) in entries {
            if key.text.eq_ignore_ascii_case("content-type") {
                let message = "the media types of `content` say what this header is";
                self.diagnostics.at(&codes::IGNORED_HEADER, node, message);
                continue;
            }
            headers.extend(self.header(key.text, node));
        }
        headers
    }

    pub(super) fn header(&mut self, name: &'t str, node: Node<'t>) -> Option<Header<'t>> {
        let target = self.follow(node, "headers")?;
        let node = target.node;
        let mut fields = self.object(node, "header")?;
        fields.ignore_all(ignored::HEADER);
        let (_, explode) = self.style(&mut fields, ParameterLocation::Header);
        let enclosing = std::mem::replace(&mut self.in_header, true);
        let content = self.single_content(&mut fields, node);
        self.in_header = enclosing;
        let header = Header {
            name,
            description: target.description.or(self.text(&mut fields, "description")),
            required: self.flag(&mut fields, "required"),
            deprecated: self.flag(&mut fields, "deprecated"),
            explode,
            schema: self.schema_or_flat(&mut fields, node),
            content,
        };
        self.finish(fields, "a header");
        Some(header)
    }
}

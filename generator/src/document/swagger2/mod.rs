//! What only 2.0 documents have, upgraded to the constructs of 3.x.
//!
//! Input: 2.0 keys of a document, operation, parameter or response. Output: the 3.x constructs they stand for.
//! Invariant: a construct that both generations have is read in the parent folder, by one reader.
//! Never: a second reader of what 3.x has too.

mod collection_format;
mod parameter;
mod request_body;
mod response;
mod security;
mod server;

pub(super) use collection_format::style;

use super::fields::Fields;
use super::model::{Server, Version};
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::Node;

/// What a 2.0 document states once for all operations.
#[derive(Default)]
pub(super) struct Defaults<'t> {
    pub(super) consumes: Vec<&'t str>,
    pub(super) produces: Vec<&'t str>,
    pub(super) servers: Vec<Server<'t>>,
    host: Option<&'t str>,
    base_path: &'t str,
}

impl<'t> Reader<'t, '_> {
    pub(super) fn swagger2_defaults(&mut self, document: &mut Fields<'t>) -> Defaults<'t> {
        if self.version != Version::V2_0 {
            return Defaults::default();
        }
        let mut defaults = Defaults {
            consumes: self.texts(document, "consumes"),
            produces: self.texts(document, "produces"),
            servers: Vec::new(),
            host: self.text(document, "host").filter(|host| !host.is_empty()),
            base_path: self.text(document, "basePath").unwrap_or_default(),
        };
        let schemes = self.schemes(document);
        defaults.servers = defaults.servers(&schemes.unwrap_or_default());
        defaults
    }

    /// The media types of the operation's responses.
    pub(super) fn produces(&mut self, operation: &mut Fields<'t>) -> Vec<&'t str> {
        let default = self.defaults.produces.clone();
        self.media_types(operation, "produces", default)
    }

    fn consumes(&mut self, operation: &mut Fields<'t>) -> Vec<&'t str> {
        let default = self.defaults.consumes.clone();
        self.media_types(operation, "consumes", default)
    }

    fn media_types(
        &mut self,
        operation: &mut Fields<'t>,
        key: &'static str,
        default: Vec<&'t str>,
    ) -> Vec<&'t str> {
        if self.version != Version::V2_0 {
            return Vec::new();
        }
        match operation.take(key) {
            // Even an empty list replaces the document's.
            Some(node) => self.texts_of(node, key),
            None => default,
        }
    }

    /// Says that a 3.x document uses a key of 2.0.
    pub(super) fn foreign_keyword(&mut self, node: Node<'t>, what: &str) {
        if self.version != Version::V2_0 {
            let message = format!("{what} is spelt as in version 2.0; it is understood");
            self.diagnostics.at(&codes::FOREIGN_KEYWORD, node, message);
        }
    }
}

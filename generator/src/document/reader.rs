//! The state of one reading, and the document object itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::components::Sections;
use super::fields::Fields;
use super::model::{Document, Parameter, RequestBody, Response, SecurityScheme, Server, Version};
use super::schema::Schemas;
use super::{ignored, swagger2};
use crate::diagnostic::{Diagnostics, codes};
use crate::spec::{Node, NodeId};

/// How many entries of lists and mappings are read in all, counted each time they are read. The largest
/// descriptions need a tenth; one whose parts repeat each other by aliases would never end.
const MAX_ENTRIES: usize = 1_000_000;

/// Reads all constructs; each construct's file adds its own methods.
pub(super) struct Reader<'t, 'd> {
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) version: Version,
    pub(super) root: Node<'t>,
    pub(super) sections: Sections<'t>,
    pub(super) schemas: Schemas<'t>,
    pub(super) security_schemes: Vec<SecurityScheme<'t>>,
    /// What 2.0 documents state once for all operations.
    pub(super) defaults: swagger2::Defaults<'t>,
    /// Components are read once, however often they are referred to; None when unreadable.
    pub(super) parameters: BTreeMap<NodeId, Option<Rc<Parameter<'t>>>>,
    pub(super) request_bodies: BTreeMap<NodeId, Rc<RequestBody<'t>>>,
    pub(super) responses: BTreeMap<NodeId, Response<'t>>,
    /// How many callbacks enclose the operation being read.
    pub(super) callback_depth: usize,
    /// Within a header, whose media type has no parts and therefore no encodings.
    pub(super) in_header: bool,
    /// How many more entries may be read.
    budget: usize,
}

impl<'t, 'd> Reader<'t, 'd> {
    pub(super) fn new(root: Node<'t>, version: Version, diagnostics: &'d mut Diagnostics) -> Self {
        Reader {
            diagnostics,
            version,
            root,
            sections: Sections::default(),
            schemas: Schemas::default(),
            security_schemes: Vec::new(),
            defaults: swagger2::Defaults::default(),
            parameters: BTreeMap::new(),
            request_bodies: BTreeMap::new(),
            responses: BTreeMap::new(),
            callback_depth: 0,
            in_header: false,
            budget: MAX_ENTRIES.max(8 * root.tree().node_count()),
        }
    }

    pub(super) fn document(mut self) -> Document<'t> {
        let mut fields = Fields::of(self.root);
        fields.ignore(&["openapi", "swagger"]);
        fields.ignore_all(ignored::DOCUMENT);
        self.defaults = self.swagger2_defaults(&mut fields);
        // Sections come first: everything else may refer to a component by its bare name.
        self.sections = self.sections(&mut fields);
        let components = self.component_schemas();
        self.read_security_schemes();
        let info = self.info(&mut fields);
        let servers = self.document_servers(&mut fields);
        let tags = self.tags(&mut fields);
        let security = self.security(&mut fields).unwrap_or_default();
        let paths = self.paths(&mut fields);
        let webhooks = self.webhooks(&mut fields);
        self.read_other_components();
        let extensions = self.finish(fields, "an OpenAPI document");
        Document {
            node: self.root,
            version: self.version,
            info,
            servers,
            tags,
            security,
            security_schemes: std::mem::take(&mut self.security_schemes),
            paths,
            webhooks,
            components,
            schemas: self.finish_schemas(),
            extensions,
        }
    }

    /// Counts entries that are about to be read or copied; false when there have been too many.
    pub(super) fn spend(&mut self, node: Node<'t>, entries: usize) -> bool {
        if entries <= self.budget {
            self.budget -= entries;
            return true;
        }
        if self.budget > 0 {
            self.budget = 0;
            let message = "references and aliases multiply this description beyond all measure";
            self.diagnostics
                .at(&codes::EXCESSIVE_REPETITION, node, message);
        }
        false
    }

    fn document_servers(&mut self, fields: &mut Fields<'t>) -> Vec<Server<'t>> {
        let mut servers = self.servers(fields);
        if servers.is_empty() {
            servers = self.defaults.servers.clone();
        }
        if servers.is_empty() {
            servers.push(Server {
                node: None,
                url: "/".to_owned(),
                name: None,
                description: None,
                variables: Vec::new(),
            });
        }
        servers
    }
}

//! The sections of named, shared constructs: `components`, and 2.0's sections at the root.

use super::fields::Fields;
use super::model::Component;
use super::reader::Reader;
use super::value::Entries;
use crate::spec::Node;

/// The mapping of each section that the entry document has, under its 3.x name.
#[derive(Default)]
pub(super) struct Sections<'t> {
    sections: Vec<(&'static str, Node<'t>)>,
}

const SECTIONS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

/// 2.0 key at the root, and the section it stands for.
const SWAGGER2_SECTIONS: &[(&str, &str)] = &[
    ("definitions", "schemas"),
    ("responses", "responses"),
    ("parameters", "parameters"),
    ("securityDefinitions", "securitySchemes"),
];

impl<'t> Sections<'t> {
    pub(super) fn entries(&self, section: &str) -> Entries<'t> {
        self.get(section)
            .map(|node| node.entries().collect())
            .unwrap_or_default()
    }

    pub(super) fn component(&self, section: &str, name: &str) -> Option<Node<'t>> {
        self.get(section)?.get(name)
    }

    /// The name of a node that stands directly in the section.
    pub(super) fn name_of(&self, section: &str, node: Node<'t>) -> Option<&'t str> {
        let section = self.get(section)?;
        node.parent().filter(|parent| *parent == section)?;
        node.key_in_parent()
    }

    fn get(&self, section: &str) -> Option<Node<'t>> {
        self.sections
            .iter()
            .find(|(name, _)| *name == section)
            .map(|(_, node)| *node)
    }

    fn add(&mut self, section: &'static str, node: Option<Node<'t>>) {
        if let Some(node) = node
            && self.get(section).is_none()
        {
            self.sections.push((section, node));
        }
    }
}

impl<'t> Reader<'t, '_> {
    pub(super) fn sections(&mut self, document: &mut Fields<'t>) -> Sections<'t> {
        let mut sections = Sections::default();
        if let Some(mut fields) = document
            .take("components")
            .and_then(|node| self.object(node, "components"))
        {
            for name in SECTIONS {
                let node = fields.take(name).and_then(|node| self.mapping(node, name));
                sections.add(name, node);
            }
            self.finish(fields, "`components`");
        }
        for (key, name) in SWAGGER2_SECTIONS {
            let node = document.take(key).and_then(|node| self.mapping(node, key));
            sections.add(name, node);
        }
        sections
    }

    /// Component schemas come first in the arena, in the order written.
    pub(super) fn component_schemas(&mut self) -> Vec<Component<'t>> {
        let mut components = Vec::new();
        for (key, node) in self.sections.entries("schemas") {
            let schema = self.component_schema(key.text, node);
            components.push(Component {
                name: key.text,
                schema,
            });
        }
        components
    }

    /// Reads what no operation has led to, so that its faults are found too.
    pub(super) fn read_other_components(&mut self) {
        for (_, node) in self.sections.entries("parameters") {
            self.read_parameter_component(node);
        }
        for (_, node) in self.sections.entries("responses") {
            self.read_response_component(node);
        }
        for (_, node) in self.sections.entries("requestBodies") {
            self.request_body(node);
        }
        for (key, node) in self.sections.entries("headers") {
            self.header(key.text, node);
        }
        for (key, node) in self.sections.entries("mediaTypes") {
            self.media_type(key.text, node);
        }
        for (key, node) in self.sections.entries("callbacks") {
            self.callback(key.text, node);
        }
        for (key, node) in self.sections.entries("pathItems") {
            self.path_item(key.text, None, node);
        }
    }
}

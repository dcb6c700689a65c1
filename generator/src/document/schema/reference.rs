//! `$ref` and its relatives between schemas.

use super::super::model::{Schema, SchemaId};
use super::super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::{Kind, Node};

impl<'t> Reader<'t, '_> {
    pub(super) fn schema_reference(&mut self, schema: &mut Schema<'t>, node: Node<'t>) {
        let Some(text) = self.text_of(node, "$ref") else {
            return;
        };
        match self.resolve(node, text, "schemas") {
            Some(target) => self.refer(schema, node, text, target),
            None => schema.unresolved = Some(text),
        }
    }

    /// Resolved to the nearest schema around that states the anchor, else to what a plain reference would find.
    pub(super) fn dynamic_reference(&mut self, schema: &mut Schema<'t>, node: Node<'t>) {
        let name = self.text_of(node, "$dynamicRef").and_then(anchor_name);
        schema.dynamic_reference = name;
        let mut around = std::iter::successors(node.parent(), |ancestor| ancestor.parent());
        let stated = name.and_then(|name| {
            around.find_map(|ancestor| {
                let mut stated = anchors(ancestor);
                stated.find_map(|(anchor, target)| (anchor == name).then_some(target))
            })
        });
        match stated {
            Some(target) => {
                let text = node.as_str().unwrap_or_default();
                self.refer(schema, node, text, target);
            }
            None => self.schema_reference(schema, node),
        }
    }

    /// Notes the anchors that a schema, or one in its `$defs`, states for dynamic references.
    pub(super) fn dynamic_anchors(&mut self, schema: &mut Schema<'t>) {
        for (name, target) in anchors(schema.node) {
            schema.dynamic_anchors.push((name, self.schema(target)));
        }
    }

    /// `$recursiveRef: "#"`: the nearest schema around that says it is meant, else the file's root.
    pub(super) fn recursive_reference(&mut self, schema: &mut Schema<'t>, node: Node<'t>) {
        let is_anchor = |ancestor: &Node<'t>| {
            ancestor.get("$recursiveAnchor").is_some() || ancestor.get("$id").is_some()
        };
        let mut ancestors = std::iter::successors(node.parent(), |ancestor| ancestor.parent());
        match ancestors.find(is_anchor) {
            Some(target) => self.refer(schema, node, "#", target),
            None => self.schema_reference(schema, node),
        }
    }

    /// Takes the references out of each cycle that consists of references alone.
    pub(super) fn break_reference_cycles(&mut self, schemas: &mut [Schema<'t>]) {
        // 0: not seen, else the number of the walk that saw it first.
        let mut seen = vec![0_usize; schemas.len()];
        for start in 0..schemas.len() {
            let walk = start + 1;
            let mut at = start;
            while seen[at] == 0 {
                seen[at] = walk;
                match schemas[at].reference {
                    Some(SchemaId(next)) => at = next as usize,
                    None => break,
                }
            }
            if seen[at] == walk && schemas[at].reference.is_some() {
                self.break_reference_cycle(schemas, at);
            }
        }
    }

    fn break_reference_cycle(&mut self, schemas: &mut [Schema<'t>], start: usize) {
        let mut at = start;
        while let Some(SchemaId(next)) = schemas[at].reference.take() {
            self.reference_cycle(schemas[at].node);
            at = next as usize;
        }
    }

    fn refer(&mut self, schema: &mut Schema<'t>, node: Node<'t>, text: &'t str, target: Node<'t>) {
        if matches!(target.kind(), Kind::Mapping | Kind::Bool) {
            schema.reference = Some(self.schema(target));
            return;
        }
        schema.unresolved = Some(text);
        let message = format!("`{text}` leads to something that is no schema");
        self.diagnostics
            .at(&codes::UNRESOLVED_REFERENCE, node, message);
    }
}

/// `#item` and `list#item` name the anchor `item`; a pointer is none.
fn anchor_name(reference: &str) -> Option<&str> {
    let (_, name) = reference.split_once('#')?;
    (!name.is_empty() && !name.starts_with('/')).then_some(name)
}

fn anchors<'t>(node: Node<'t>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    let containers = ["$defs", "definitions"].into_iter();
    let definitions = containers.filter_map(move |key| node.get(key));
    let definitions = definitions.flat_map(|container| container.entries().map(|(_, node)| node));
    let stated = |node: Node<'t>| Some((node.get("$dynamicAnchor")?.as_str()?, node));
    std::iter::once(node).chain(definitions).filter_map(stated)
}

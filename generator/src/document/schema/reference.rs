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

    /// Resolved statically: to the anchor that a plain reference would find.
    pub(super) fn dynamic_reference(&mut self, schema: &mut Schema<'t>, node: Node<'t>) {
        self.schema_reference(schema, node);
        if schema.reference.is_some() {
            let message =
                "the reference is taken as a plain one; other meanings of its anchor are lost";
            self.diagnostics
                .at(&codes::DYNAMIC_REFERENCE, node, message);
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

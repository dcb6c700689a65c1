//! Reference Objects of everything but schemas: followed to their end, and read there.

use super::fields::Fields;
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::Node;

/// Where a chain of references ends.
pub(super) struct Target<'t> {
    pub(super) node: Node<'t>,
    /// The component's name, when the node stands directly in the section.
    pub(super) component: Option<&'t str>,
    /// What the reference itself says, which wins over the target's own.
    pub(super) description: Option<&'t str>,
}

impl<'t> Reader<'t, '_> {
    /// Follows `$ref` until something else comes; None (and a finding) when it leads nowhere.
    pub(super) fn follow(&mut self, start: Node<'t>, section: &'static str) -> Option<Target<'t>> {
        let mut node = start;
        let mut description = None;
        let mut passed = Vec::new();
        while let Some(reference) = node.get("$ref") {
            if passed.contains(&node.id()) {
                self.reference_cycle(node);
                return None;
            }
            passed.push(node.id());
            let said = self.reference_siblings(node);
            description = description.or(said);
            let text = self.text_of(reference, "$ref")?;
            node = self.resolve(reference, text, section)?;
        }
        let component = self.sections.name_of(section, node);
        Some(Target {
            node,
            component,
            description,
        })
    }

    /// The object's own entries, then those its `$ref` leads to.
    pub(super) fn merged_object(
        &mut self,
        node: Node<'t>,
        name: &str,
        section: &'static str,
    ) -> Option<Fields<'t>> {
        if !node.is_mapping() {
            return self.object(node, name);
        }
        if !self.spend(node, 1) {
            return None;
        }
        let mut fields = Fields::of(node);
        fields.ignore(&["$ref"]);
        let mut passed = vec![node.id()];
        let mut part = node;
        while let Some(reference) = part.get("$ref") {
            let Some(target) = self
                .text_of(reference, "$ref")
                .and_then(|text| self.resolve(reference, text, section))
            else {
                break;
            };
            if passed.contains(&target.id()) {
                self.reference_cycle(part);
                break;
            }
            passed.push(target.id());
            fields.inherit(target);
            part = target;
        }
        Some(fields)
    }

    /// Resolves the text of a reference, or a bare component name; reports when it leads nowhere.
    pub(super) fn resolve(
        &mut self,
        at: Node<'t>,
        text: &str,
        section: &'static str,
    ) -> Option<Node<'t>> {
        let reason = match at.resolve(text) {
            Ok(target) => return Some(target),
            Err(reason) => reason,
        };
        if let Some(component) = self.sections.component(section, text) {
            let message = format!("`{text}` is no URI; it is taken as the component's name");
            self.lenient_reference(at, message);
            return Some(component);
        }
        if text.starts_with("#/")
            && let Ok(target) = self.root.resolve(text)
        {
            let message = format!("this file has no `{text}`; the entry document's is taken");
            self.lenient_reference(at, message);
            return Some(target);
        }
        let message = format!("`{text}` leads nowhere: {reason}");
        self.diagnostics
            .at(&codes::UNRESOLVED_REFERENCE, at, message);
        None
    }

    /// A reference the specification does not define, whose meaning is plain.
    pub(super) fn lenient_reference(&mut self, at: Node<'t>, message: impl Into<String>) {
        self.diagnostics.at(&codes::LENIENT_REFERENCE, at, message);
    }

    pub(super) fn reference_cycle(&mut self, node: Node<'t>) {
        let message = "this reference leads back to itself, so it stands for nothing";
        self.diagnostics.at(&codes::REFERENCE_CYCLE, node, message);
    }

    fn reference_siblings(&mut self, node: Node<'t>) -> Option<&'t str> {
        let mut fields = Fields::of(node);
        fields.ignore(&["$ref"]);
        let summary = self.text(&mut fields, "summary");
        let description = self.text(&mut fields, "description");
        for (key, _) in fields.take_rest() {
            let message = format!("`{}` beside `$ref` has no effect", key.text);
            self.diagnostics
                .at_key(&codes::REFERENCE_SIBLING, node, key, message);
        }
        description.or(summary)
    }
}

//! Examples of parameters and media types.

use super::fields::Fields;
use super::ignored;
use super::reader::Reader;
use crate::spec::Node;

/// The lone example, and the named ones.
pub(super) type Examples<'t> = (Option<Node<'t>>, Vec<(&'t str, Node<'t>)>);

impl<'t> Reader<'t, '_> {
    pub(super) fn examples(&mut self, fields: &mut Fields<'t>) -> Examples<'t> {
        let mut example = fields.take("example");
        if example.is_none() {
            example = fields.peek("x-example");
        }
        let Some(node) = fields.take("examples") else {
            return (example, Vec::new());
        };
        if node.is_sequence() {
            self.converted(
                node,
                "`examples` is a list; its items are taken as plain values",
            );
            return (example, node.items().map(|item| ("", item)).collect());
        }
        let entries = self.map_of(node, "examples");
        let named = entries
            .into_iter()
            .filter_map(|(key, node)| Some((key.text, self.example_value(node)?)))
            .collect();
        (example, named)
    }

    /// The value of an Example Object; None when it has none in the document.
    fn example_value(&mut self, node: Node<'t>) -> Option<Node<'t>> {
        let target = self.follow(node, "examples")?.node;
        let is_object = [
            "value",
            "dataValue",
            "externalValue",
            "serializedValue",
            "summary",
        ]
        .iter()
        .any(|key| target.get(key).is_some());
        if !is_object {
            self.converted(
                target,
                "this is no Example Object; it is taken as the value itself",
            );
            return Some(target);
        }
        let mut fields = Fields::of(target);
        fields.ignore_all(ignored::EXAMPLE);
        let data = fields.take("dataValue");
        let value = data.or(fields.take("value"));
        self.finish(fields, "an example");
        value
    }
}

//! Keywords that describe a value without restricting it.

use super::super::reader::Reader;
use super::blank::Draft;
use crate::spec::{Kind, Node};

impl<'t> Reader<'t, '_> {
    /// True when the key is one of these.
    pub(super) fn annotation(&mut self, draft: &mut Draft<'t>, key: &str, value: Node<'t>) -> bool {
        let schema = &mut draft.schema;
        match key {
            "title" => schema.title = self.text_of(value, key),
            "description" => schema.description = self.text_of(value, key),
            "deprecated" => schema.deprecated = self.flag_of(value, key).unwrap_or(false),
            "readOnly" => schema.read_only = self.flag_of(value, key).unwrap_or(false),
            "writeOnly" => schema.write_only = self.flag_of(value, key).unwrap_or(false),
            "default" => schema.default = Some(value),
            "example" | "x-example" => schema.examples.push(value),
            "examples" => schema.examples.extend(self.schema_examples(value)),
            "xml" => schema.xml = self.xml(value),
            _ => return false,
        }
        true
    }

    /// A list of values; or, as in media types, named Example Objects.
    fn schema_examples(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        if node.kind() != Kind::Mapping {
            return self.list_of(node, "examples");
        }
        self.converted(
            node,
            "`examples` is a mapping; its values are taken as a list",
        );
        node.entries()
            .map(|(_, example)| example.get("value").unwrap_or(example))
            .collect()
    }
}

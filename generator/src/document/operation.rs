//! Operation Objects.

use super::fields::Fields;
use super::model::Operation;
use super::path_item::PathScope;
use super::reader::Reader;
use crate::spec::Node;

/// Key and method of the operations a path item names by their own keys.
const METHODS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

impl<'t> Reader<'t, '_> {
    /// The operations of a path item, in the order written.
    pub(super) fn operations(
        &mut self,
        item: &mut Fields<'t>,
        scope: &PathScope<'t>,
    ) -> Vec<Operation<'t>> {
        let written: Vec<&str> = item.keys().collect();
        let mut operations = Vec::new();
        for key in written {
            if let Some((key, method)) = METHODS.iter().find(|(name, _)| *name == key) {
                if let Some(node) = item.take(key) {
                    operations.extend(self.operation(node, (*method).to_owned(), scope));
                }
            } else if key == "additionalOperations" {
                for (key, node) in self.map(item, "additionalOperations") {
                    operations.extend(self.operation(node, key.text.to_owned(), scope));
                }
            }
        }
        // Asked for, so that a misspelt method is recognised as one.
        for (key, _) in METHODS {
            item.take(key);
        }
        item.ignore(&["additionalOperations"]);
        operations
    }

    fn operation(
        &mut self,
        node: Node<'t>,
        method: String,
        scope: &PathScope<'t>,
    ) -> Option<Operation<'t>> {
        // Not in the specification, and how large descriptions are split all the same.
        let mut fields = self.merged_object(node, "operation", "pathItems")?;
        let inputs = self.inputs(&mut fields, node, scope);
        let mut servers = self.servers(&mut fields);
        servers.extend(self.swagger2_operation_servers(&mut fields));
        if servers.is_empty() && self.spend(node, scope.servers.len()) {
            servers = scope.servers.clone();
        }
        Some(Operation {
            node,
            method,
            operation_id: self.text(&mut fields, "operationId"),
            tags: self.texts(&mut fields, "tags"),
            summary: self.text(&mut fields, "summary"),
            description: self.text(&mut fields, "description"),
            external_docs: self.external_docs(&mut fields),
            deprecated: self.flag(&mut fields, "deprecated"),
            parameters: inputs.parameters,
            request_body: inputs.request_body,
            responses: self.responses(&mut fields),
            security: self.security(&mut fields),
            servers,
            callbacks: self.callbacks(&mut fields),
            extensions: self.finish(fields, "an operation"),
        })
    }

    fn callbacks(&mut self, fields: &mut Fields<'t>) -> Vec<super::model::Callback<'t>> {
        let mut entries = self.map(fields, "callbacks");
        entries.retain(|(key, _)| !key.text.starts_with("x-"));
        entries
            .into_iter()
            .filter_map(|(key, node)| self.callback(key.text, node))
            .collect()
    }
}

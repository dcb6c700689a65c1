//! Path Items: of `paths`, `webhooks` and callbacks.

use super::fields::Fields;
use super::model::{Callback, PathItem, Server};
use super::reader::Reader;
use super::reference::Target;
use super::template::PathTemplate;
use crate::diagnostic::codes;
use crate::spec::{Key, Node};

/// Callbacks within callbacks are read this deep, because references between them can lead round.
const MAX_CALLBACK_DEPTH: usize = 2;

/// What a path item says for all its operations.
pub(super) struct PathScope<'t> {
    pub(super) node: Node<'t>,
    /// Absent for webhooks and callbacks, whose URLs are not made by the client.
    pub(super) template: Option<PathTemplate<'t>>,
    pub(super) parameters: Vec<Node<'t>>,
    pub(super) servers: Vec<Server<'t>>,
}

impl<'t> Reader<'t, '_> {
    /// `paths`, and the `x-ms-paths` beside them, whose keys may have a query to be told apart by.
    pub(super) fn paths(&mut self, document: &mut Fields<'t>) -> Vec<PathItem<'t>> {
        let mut paths = Vec::new();
        if let Some(node) = document.take("paths") {
            self.add_paths(node, "paths", &mut paths);
        }
        if let Some(node) = document.peek("x-ms-paths").filter(|node| node.is_mapping()) {
            document.ignore(&["x-ms-paths"]);
            self.add_paths(node, "x-ms-paths", &mut paths);
        }
        paths
    }

    fn add_paths(&mut self, node: Node<'t>, name: &str, paths: &mut Vec<PathItem<'t>>) {
        for (key, item) in self.map_of(node, name) {
            if key.text.starts_with("x-") {
                continue;
            }
            let template = self.template(node, key);
            paths.extend(self.path_item(key.text, Some(template), item));
        }
    }

    /// `webhooks`, and the `x-webhooks` that 3.0 documents write in its stead.
    pub(super) fn webhooks(&mut self, document: &mut Fields<'t>) -> Vec<PathItem<'t>> {
        let mut entries = self.map(document, "webhooks");
        if let Some(node) = document.peek("x-webhooks").filter(|node| node.is_mapping()) {
            document.ignore(&["x-webhooks"]);
            entries.extend(node.entries());
        }
        entries.retain(|(key, _)| !key.text.starts_with("x-"));
        entries
            .into_iter()
            .filter_map(|(key, item)| self.path_item(key.text, None, item))
            .collect()
    }

    pub(super) fn callback(&mut self, name: &'t str, node: Node<'t>) -> Option<Callback<'t>> {
        let Target { node, .. } = self.follow(node, "callbacks")?;
        if self.callback_depth == MAX_CALLBACK_DEPTH {
            let message = "a callback of a callback's callback is not read";
            self.diagnostics
                .at(&codes::UNSUPPORTED_KEYWORD, node, message);
            return None;
        }
        self.callback_depth += 1;
        let mut entries = self.map_of(node, "callback");
        entries.retain(|(key, _)| !key.text.starts_with("x-"));
        let path_items = entries
            .into_iter()
            .filter_map(|(key, item)| self.path_item(key.text, None, item))
            .collect();
        self.callback_depth -= 1;
        Some(Callback { name, path_items })
    }

    pub(super) fn path_item(
        &mut self,
        path: &'t str,
        template: Option<PathTemplate<'t>>,
        node: Node<'t>,
    ) -> Option<PathItem<'t>> {
        let mut fields = self.merged_object(node, "path item", "pathItems")?;
        let parameters = self.list(&mut fields, "parameters");
        let servers = self.servers(&mut fields);
        let scope = PathScope {
            node,
            template,
            parameters,
            servers,
        };
        Some(PathItem {
            node,
            path,
            summary: self.text(&mut fields, "summary"),
            description: self.text(&mut fields, "description"),
            operations: self.operations(&mut fields, &scope),
            servers: scope.servers,
            extensions: self.finish(fields, "a path item"),
        })
    }

    fn template(&mut self, paths: Node<'t>, key: Key<'t>) -> PathTemplate<'t> {
        let template = PathTemplate::split(key.text);
        if template.malformed {
            let message = format!("the braces of `{}` do not enclose variables", key.text);
            self.diagnostics
                .at_key(&codes::MALFORMED_PATH, paths, key, message);
        } else if !key.text.starts_with('/') {
            let message = format!("the path `{}` does not begin with a slash", key.text);
            self.diagnostics
                .at_key(&codes::MALFORMED_PATH, paths, key, message);
        }
        template
    }
}

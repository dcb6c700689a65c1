//! Server Objects and their variables.

use super::fields::Fields;
use super::model::{Server, ServerVariable};
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    /// The `servers` of a document, path item or operation; relative URLs stay as written.
    pub(super) fn servers(&mut self, fields: &mut Fields<'t>) -> Vec<Server<'t>> {
        let items = self.list(fields, "servers");
        items
            .into_iter()
            .filter_map(|node| self.server(node))
            .collect()
    }

    pub(super) fn server(&mut self, node: Node<'t>) -> Option<Server<'t>> {
        let mut fields = self.object(node, "server")?;
        let url = self.text(&mut fields, "url");
        let server = Server {
            node: Some(node),
            url: url.unwrap_or_default().trim().to_owned(),
            name: self.text(&mut fields, "name"),
            description: self.text(&mut fields, "description"),
            variables: self.server_variables(&mut fields),
        };
        self.finish(fields, "a server");
        if url.is_none() {
            self.missing_field(node, "this server", "url");
            return None;
        }
        self.check_server_variables(node, &server);
        Some(server)
    }

    fn server_variables(&mut self, fields: &mut Fields<'t>) -> Vec<ServerVariable<'t>> {
        let mut variables = Vec::new();
        for (key, node) in self.map(fields, "variables") {
            let Some(mut fields) = self.object(node, "server variable") else {
                continue;
            };
            let values = self.texts(&mut fields, "enum");
            let default = self.text(&mut fields, "default").or_else(|| {
                self.missing_field(node, "this server variable", "default");
                values.first().copied()
            });
            variables.push(ServerVariable {
                name: key.text,
                default: default.unwrap_or_default(),
                values,
                description: self.text(&mut fields, "description"),
            });
            self.finish(fields, "a server variable");
        }
        variables
    }

    fn check_server_variables(&mut self, node: Node<'t>, server: &Server<'t>) {
        let mut rest = server.url.as_str();
        while let Some((name, tail)) = rest
            .split_once('{')
            .and_then(|(_, tail)| tail.split_once('}'))
        {
            rest = tail;
            if !server
                .variables
                .iter()
                .any(|variable| variable.name == name)
            {
                let message = format!("the URL's variable `{name}` is not declared");
                self.diagnostics
                    .at(&codes::UNDECLARED_SERVER_VARIABLE, node, message);
            }
        }
    }
}

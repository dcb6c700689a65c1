//! `host`, `basePath` and `schemes` to servers.

use super::Defaults;
use crate::diagnostic::codes;
use crate::document::fields::Fields;
use crate::document::model::{Server, Version};
use crate::document::reader::Reader;

impl<'t> Defaults<'t> {
    /// One server per scheme, https first; https alone when none is given, a relative one without host.
    pub(super) fn servers(&self, schemes: &[&'t str]) -> Vec<Server<'t>> {
        let base_path = self.base_path.trim_end_matches('/');
        let Some(host) = self.host else {
            let relative = (!base_path.is_empty()).then(|| server(base_path.to_owned()));
            return relative.into_iter().collect();
        };
        let slash = if base_path.is_empty() || base_path.starts_with('/') {
            ""
        } else {
            "/"
        };
        let mut schemes = if schemes.is_empty() {
            vec!["https"]
        } else {
            schemes.to_vec()
        };
        schemes.sort_by_key(|scheme| *scheme != "https");
        schemes
            .into_iter()
            .map(|scheme| server(format!("{scheme}://{host}{slash}{base_path}")))
            .collect()
    }
}

impl<'t> Reader<'t, '_> {
    /// The schemes a client can use; None when none are stated.
    pub(super) fn schemes(&mut self, fields: &mut Fields<'t>) -> Option<Vec<&'t str>> {
        let node = fields.take("schemes")?;
        let mut schemes = Vec::new();
        for item in self.list_of(node, "schemes") {
            match self.text_of(item, "schemes") {
                Some(scheme @ ("http" | "https")) => schemes.push(scheme),
                Some(scheme @ ("ws" | "wss")) => {
                    let message =
                        format!("the scheme `{scheme}` is for WebSockets; it is left out");
                    self.diagnostics
                        .at(&codes::UNSUPPORTED_SCHEME, item, message);
                }
                Some(_) => self.unknown_value(item, "schemes", "it is left out"),
                None => {}
            }
        }
        Some(schemes)
    }

    pub(in crate::document) fn swagger2_operation_servers(
        &mut self,
        operation: &mut Fields<'t>,
    ) -> Vec<Server<'t>> {
        if self.version != Version::V2_0 {
            return Vec::new();
        }
        match self.schemes(operation) {
            Some(schemes) if !schemes.is_empty() && self.defaults.host.is_some() => {
                self.defaults.servers(&schemes)
            }
            _ => Vec::new(),
        }
    }
}

fn server<'t>(url: String) -> Server<'t> {
    Server {
        node: None,
        url,
        name: None,
        description: None,
        variables: Vec::new(),
    }
}

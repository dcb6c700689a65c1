//! The one flow that a 2.0 OAuth scheme has, written beside its type.

use crate::document::fields::Fields;
use crate::document::model::OAuthFlow;
use crate::document::reader::Reader;

impl<'t> Reader<'t, '_> {
    pub(in crate::document) fn swagger2_flow(
        &mut self,
        scheme: &mut Fields<'t>,
    ) -> Option<OAuthFlow<'t>> {
        let node = scheme.take("flow")?;
        let kind = match self.text_of(node, "flow")? {
            "implicit" => "implicit",
            "password" => "password",
            "application" | "clientCredentials" => "clientCredentials",
            "accessCode" | "authorizationCode" => "authorizationCode",
            _ => {
                self.unknown_value(node, "flow", "the scheme has no flow");
                return None;
            }
        };
        Some(self.flow(kind, scheme))
    }
}

//! Security schemes and the requirements that name them.

use super::fields::Fields;
use super::model::{
    OAuthFlow, ParameterLocation, SecurityKind, SecurityRequirement, SecurityScheme,
};
use super::reader::Reader;
use super::value::Entries;
use crate::diagnostic::codes;
use crate::spec::{Key, Node};

impl<'t> Reader<'t, '_> {
    pub(super) fn read_security_schemes(&mut self) {
        for (key, node) in self.sections.entries("securitySchemes") {
            if let Some(target) = self.follow(node, "securitySchemes") {
                let scheme = self.security_scheme(key.text, target.node);
                self.security_schemes.extend(scheme);
            }
        }
    }

    /// The requirements of a document or operation; None when it states none.
    pub(super) fn security(
        &mut self,
        fields: &mut Fields<'t>,
    ) -> Option<Vec<SecurityRequirement<'t>>> {
        let node = fields.take("security")?;
        let items = if node.is_mapping() {
            self.converted(
                node,
                "`security` is a mapping; it is taken as a list of one",
            );
            vec![node]
        } else {
            self.list_of(node, "security")
        };
        let mut requirements = Vec::new();
        for item in items {
            let entries = self.map_of(item, "security requirement");
            requirements.push(self.security_requirement(item, entries));
        }
        Some(requirements)
    }

    fn security_requirement(
        &mut self,
        node: Node<'t>,
        entries: Entries<'t>,
    ) -> SecurityRequirement<'t> {
        let mut requirement = SecurityRequirement::default();
        for (key, scopes) in entries {
            let name = self.required_scheme(node, key);
            let scopes = self.texts_of(scopes, "scopes");
            requirement.schemes.push((name, scopes));
        }
        requirement
    }

    /// The scheme's name: a component's name, else a URI (3.2).
    fn required_scheme(&mut self, node: Node<'t>, key: Key<'t>) -> &'t str {
        if self
            .security_schemes
            .iter()
            .any(|scheme| scheme.name == key.text)
        {
            return key.text;
        }
        let looks_like_uri = key.text.contains(['#', '/', '.']);
        if let Some(target) = looks_like_uri
            .then(|| node.resolve(key.text).ok())
            .flatten()
            .filter(|n| n.is_mapping())
        {
            let name = self
                .sections
                .name_of("securitySchemes", target)
                .unwrap_or(key.text);
            if !self
                .security_schemes
                .iter()
                .any(|scheme| scheme.name == name)
            {
                let scheme = self.security_scheme(name, target);
                self.security_schemes.extend(scheme);
            }
            return name;
        }
        let message = format!("no security scheme is called `{}`", key.text);
        self.diagnostics
            .at_key(&codes::UNKNOWN_SECURITY_SCHEME, node, key, message);
        key.text
    }

    fn security_scheme(&mut self, name: &'t str, node: Node<'t>) -> Option<SecurityScheme<'t>> {
        let mut fields = self.object(node, "security scheme")?;
        let Some(stated) = self.text(&mut fields, "type") else {
            self.missing_field(node, "this security scheme", "type");
            return None;
        };
        let kind = match stated {
            "apiKey" => self.api_key(&mut fields, node),
            "http" => SecurityKind::Http {
                scheme: self
                    .text(&mut fields, "scheme")
                    .unwrap_or_default()
                    .to_ascii_lowercase(),
                bearer_format: self.text(&mut fields, "bearerFormat"),
            },
            "basic" => SecurityKind::Http {
                scheme: "basic".to_owned(),
                bearer_format: None,
            },
            "oauth2" => SecurityKind::OAuth2 {
                flows: self.flows(&mut fields),
                metadata_url: self.text(&mut fields, "oauth2MetadataUrl"),
            },
            "openIdConnect" => SecurityKind::OpenIdConnect {
                url: self
                    .text(&mut fields, "openIdConnectUrl")
                    .unwrap_or_default(),
            },
            "mutualTLS" => SecurityKind::MutualTls,
            other => {
                let at = node.get("type").unwrap_or(node);
                self.unknown_value(at, "type", "requests are sent without this credential");
                SecurityKind::Other(other)
            }
        };
        Some(SecurityScheme {
            node,
            name,
            description: self.text(&mut fields, "description"),
            deprecated: self.flag(&mut fields, "deprecated"),
            kind,
            extensions: self.finish(fields, "a security scheme of this type"),
        })
    }

    fn api_key(&mut self, fields: &mut Fields<'t>, node: Node<'t>) -> SecurityKind<'t> {
        let stated = fields.take("in");
        let location = match stated.and_then(Node::as_str) {
            Some("query") => ParameterLocation::Query,
            Some("cookie") => ParameterLocation::Cookie,
            Some("header") => ParameterLocation::Header,
            _ => {
                let at = stated.unwrap_or(node);
                self.unknown_value(at, "in", "the key is sent in a header");
                ParameterLocation::Header
            }
        };
        let name = self.text(fields, "name").unwrap_or_else(|| {
            self.missing_field(node, "this security scheme", "name");
            "Authorization"
        });
        SecurityKind::ApiKey { location, name }
    }

    /// The flows of 3.x, or the one flow that 2.0 writes beside the type.
    fn flows(&mut self, fields: &mut Fields<'t>) -> Vec<OAuthFlow<'t>> {
        let Some(node) = fields.take("flows") else {
            return self.swagger2_flow(fields).into_iter().collect();
        };
        let Some(mut kinds) = self.object(node, "flows") else {
            return Vec::new();
        };
        let mut flows = Vec::new();
        // In the order of the specification; a client lets its user choose by kind.
        for kind in [
            "implicit",
            "password",
            "clientCredentials",
            "authorizationCode",
            "deviceAuthorization",
        ] {
            let Some(mut flow) = kinds.take(kind).and_then(|node| self.object(node, kind)) else {
                continue;
            };
            flows.push(self.flow(kind, &mut flow));
            self.finish(flow, "an OAuth flow");
        }
        self.finish(kinds, "the OAuth flows");
        flows
    }

    pub(super) fn flow(&mut self, kind: &'t str, fields: &mut Fields<'t>) -> OAuthFlow<'t> {
        let scopes = self.map(fields, "scopes");
        OAuthFlow {
            kind,
            authorization_url: self.text(fields, "authorizationUrl"),
            device_authorization_url: self.text(fields, "deviceAuthorizationUrl"),
            token_url: self.text(fields, "tokenUrl"),
            refresh_url: self.text(fields, "refreshUrl"),
            scopes: scopes
                .into_iter()
                .filter(|(key, _)| !key.text.starts_with("x-"))
                .map(|(key, node)| (key.text, self.text_of(node, "scope").unwrap_or_default()))
                .collect(),
        }
    }
}

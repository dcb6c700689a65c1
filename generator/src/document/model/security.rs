//! Security schemes and the requirements that name them.

use super::{Extensions, ParameterLocation};
use crate::spec::Node;

/// One alternative (the list is an OR); all its schemes are needed (AND). Empty: anonymous.
#[derive(Clone, Debug, Default)]
pub struct SecurityRequirement<'t> {
    /// Scheme name and scopes (or roles).
    pub schemes: Vec<(&'t str, Vec<&'t str>)>,
}

#[derive(Clone, Debug)]
pub struct SecurityScheme<'t> {
    pub node: Node<'t>,
    pub name: &'t str,
    pub description: Option<&'t str>,
    pub deprecated: bool,
    pub kind: SecurityKind<'t>,
    pub extensions: Extensions<'t>,
}

#[derive(Clone, Debug)]
pub enum SecurityKind<'t> {
    ApiKey {
        location: ParameterLocation,
        name: &'t str,
    },
    /// `scheme` in lower case: `basic`, `bearer`, `digest`, …
    Http {
        scheme: String,
        bearer_format: Option<&'t str>,
    },
    OAuth2 {
        flows: Vec<OAuthFlow<'t>>,
        metadata_url: Option<&'t str>,
    },
    OpenIdConnect {
        url: &'t str,
    },
    MutualTls,
    /// A type this generator does not know; the name as written.
    Other(&'t str),
}

#[derive(Clone, Debug)]
pub struct OAuthFlow<'t> {
    /// `implicit`, `password`, `clientCredentials`, `authorizationCode`, `deviceAuthorization` (2.0 names are upgraded).
    pub kind: &'t str,
    pub authorization_url: Option<&'t str>,
    pub device_authorization_url: Option<&'t str>,
    pub token_url: Option<&'t str>,
    pub refresh_url: Option<&'t str>,
    /// Scope and its description.
    pub scopes: Vec<(&'t str, &'t str)>,
}

//! What a grant asks for, and where.

use std::sync::{Arc, OnceLock};

use super::discovery;
use crate::credential::Secret;
use crate::token::{TokenConnection, TokenError};

/// Where tokens come from, and which scopes they are to have.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Empty where it is that of the scheme, or of the issuer.
    pub(super) url: String,
    /// Who says where the endpoint is.
    pub(super) issuer: String,
    /// The endpoint, once the issuer has said so.
    discovered: Arc<OnceLock<String>>,
    pub(super) scopes: Vec<String>,
}

impl Wanted {
    /// Takes this endpoint, unless there is one or somebody who says which.
    pub(super) fn or_url(&mut self, url: &str) {
        if self.url.is_empty() && self.issuer.is_empty() {
            url.clone_into(&mut self.url);
        }
    }

    /// Takes this issuer, unless there is one or an endpoint.
    pub(super) fn or_issuer(&mut self, issuer: &str) {
        if self.url.is_empty() && self.issuer.is_empty() {
            issuer.clone_into(&mut self.issuer);
        }
    }

    /// The token endpoint; what an issuer says holds for as long as the process runs.
    pub(super) async fn endpoint(&self, connection: &TokenConnection) -> Result<&str, TokenError> {
        if !self.url.is_empty() || self.issuer.is_empty() {
            return Ok(&self.url);
        }
        if let Some(known) = self.discovered.get() {
            return Ok(known);
        }
        let found = discovery::token_endpoint(connection, &self.issuer).await?;
        Ok(self.discovered.get_or_init(|| found))
    }

    /// The field of the form that names the scopes, where there are any.
    pub(super) fn scope(&self) -> Option<(&'static str, Secret)> {
        let scopes = (!self.scopes.is_empty()).then(|| self.scopes.join(" "));
        scopes.map(|scopes| ("scope", scopes.into()))
    }
}

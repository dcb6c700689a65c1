//! What a grant asks for, and where.

use crate::credential::Secret;

/// Where tokens come from, and which scopes they are to have.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Empty where it is that of the scheme.
    pub(super) url: String,
    pub(super) scopes: Vec<String>,
}

impl Wanted {
    /// Takes this endpoint, unless there is one.
    pub(super) fn or_url(&mut self, url: &str) {
        if self.url.is_empty() {
            url.clone_into(&mut self.url);
        }
    }

    /// The field of the form that names the scopes, where there are any.
    pub(super) fn scope(&self) -> Option<(&'static str, Secret)> {
        let scopes = (!self.scopes.is_empty()).then(|| self.scopes.join(" "));
        scopes.map(|scopes| ("scope", scopes.into()))
    }
}

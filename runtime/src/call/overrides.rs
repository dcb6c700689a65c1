//! What a call says besides its arguments.

use super::Hooks;
use super::target::Target;
use crate::credential::Credential;
use crate::settings::CallSettings;
use crate::transport::{Headers, Url};

/// What a call says besides its arguments and its body; most say nothing.
#[derive(Clone, Default)]
pub(super) struct Overrides {
    pub(super) content_type: Option<String>,
    pub(super) headers: Headers,
    /// Pairs, encoded.
    pub(super) queries: Vec<String>,
    pub(super) target: Target,
    /// What is fetched in place of the operation's own address.
    pub(super) address: Option<Url>,
    pub(super) credentials: Vec<Credential>,
    /// The schemes that the caller wants, in place of what the operation says.
    pub(super) schemes: Option<Vec<String>>,
    pub(super) hooks: Hooks,
    /// What it says in place of its client.
    pub(super) settings: CallSettings,
}

impl Overrides {
    /// Those of a call that says nothing.
    pub(super) const NONE: &Self = &Self {
        content_type: None,
        headers: Headers::new(),
        queries: Vec::new(),
        target: Target::usual(),
        address: None,
        credentials: Vec::new(),
        schemes: None,
        hooks: Hooks::new(),
        settings: CallSettings::new(),
    };

    /// Whether nothing is settled that another call would have to do without.
    pub(super) fn is_like_others(&self) -> bool {
        self.credentials.is_empty()
            && self.schemes.is_none()
            && self.hooks.is_empty()
            && self.settings.retry.is_none()
    }
}

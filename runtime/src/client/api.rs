//! The table of an API.

use crate::credential::SecurityScheme;

/// What all operations of an API have in common.
#[derive(Debug)]
pub struct ApiMeta {
    pub(crate) name: &'static str,
    pub(crate) base_url: &'static str,
    pub(crate) security_schemes: &'static [SecurityScheme],
}

impl ApiMeta {
    /// Names the client crate and the server its description gives, which may be relative.
    pub const fn new(name: &'static str, base_url: &'static str) -> Self {
        Self {
            name,
            base_url,
            security_schemes: &[],
        }
    }

    /// Says which security schemes operations refer to.
    pub const fn security_schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.security_schemes = schemes;
        self
    }
}

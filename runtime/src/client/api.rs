//! The table of an API.

use crate::credential::SecurityScheme;

/// What all operations of an API have in common.
#[derive(Debug)]
pub struct ApiMeta {
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) base_url: &'static str,
    pub(crate) idempotency_header: &'static str,
    pub(crate) operation_servers: &'static [&'static str],
    pub(crate) security_schemes: &'static [SecurityScheme],
    pub(crate) security: &'static [&'static [&'static str]],
    pub(crate) secret_members: &'static [&'static str],
    pub(crate) operations: &'static [(&'static str, &'static [&'static str])],
}

impl ApiMeta {
    /// Names the client crate and the server its description gives, which may be relative.
    pub const fn new(name: &'static str, base_url: &'static str) -> Self {
        Self {
            name,
            prefix: "",
            base_url,
            idempotency_header: "Idempotency-Key",
            operation_servers: &[],
            security_schemes: &[],
            security: &[],
            secret_members: &[],
            operations: &[],
        }
    }

    /// Names members of bodies whose values no log may show; see [`BodyLog`](crate::BodyLog).
    pub const fn secret_members(mut self, names: &'static [&'static str]) -> Self {
        self.secret_members = names;
        self
    }

    /// Lists groups of operations, and the ids of those that are in each, so that settings which name another one are
    /// found out; without, any name will do.
    pub const fn operations(
        mut self,
        operations: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.operations = operations;
        self
    }

    /// Says how the names of environment variables begin that are meant for the client, in upper case: `PARCELS`.
    ///
    /// In lower case it is the name of its part in a file of profiles.
    pub const fn environment(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Names the header that idempotency keys are in; without, it is `Idempotency-Key`.
    pub const fn idempotency_header(mut self, name: &'static str) -> Self {
        self.idempotency_header = name;
        self
    }

    /// Lists the servers that operations have of their own.
    pub const fn operation_servers(mut self, base_urls: &'static [&'static str]) -> Self {
        self.operation_servers = base_urls;
        self
    }

    /// Says which security schemes operations refer to.
    pub const fn security_schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.security_schemes = schemes;
        self
    }

    /// Says which of them a request takes that the description lacks; as [`OperationMeta::security`](crate::OperationMeta::security).
    pub const fn security(mut self, security: &'static [&'static [&'static str]]) -> Self {
        self.security = security;
        self
    }

    /// The name of its part in a file of profiles.
    #[cfg(feature = "profiles")]
    pub(crate) fn section(&self) -> String {
        self.prefix.to_ascii_lowercase()
    }
}

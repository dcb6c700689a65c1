//! The table of an API.

use super::BuildError;
use crate::credential::{OperationScopes, SecurityScheme};
use crate::settings::check_operation;

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
    pub(crate) scopes: &'static [OperationScopes],
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
            scopes: &[],
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

    /// Says which scopes operations need of their schemes; an operation that is in none of the lists needs none.
    pub const fn scopes(mut self, scopes: &'static [OperationScopes]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Returns the scopes that all operations together need of a scheme, for a login; each once.
    ///
    /// Where an operation takes one of several alternatives, the first counts that asks the scheme for some.
    ///
    /// ```
    /// # use attache_runtime::{ApiMeta, OperationScopes};
    /// static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1").scopes(&[
    ///     OperationScopes::new(&[&[("oauth", &["parcels:read"])]], &["listParcels", "getParcel"]),
    ///     OperationScopes::new(&[&[("oauth", &["parcels:read", "parcels:write"])]], &["createParcel"]),
    /// ]);
    /// assert_eq!(API.needed_scopes("oauth"), ["parcels:read", "parcels:write"]);
    /// assert_eq!(API.needed_scopes_of("oauth", &["getParcel"]).unwrap(), ["parcels:read"]);
    /// ```
    pub fn needed_scopes(&self, scheme: &str) -> Vec<&'static str> {
        OperationScopes::of_scheme(self.scopes, scheme, None)
    }

    /// Returns the scopes that some operations need of a scheme, by their ids.
    ///
    /// # Errors
    /// The API has no operation with such an id.
    pub fn needed_scopes_of(
        &self,
        scheme: &str,
        operations: &[&str],
    ) -> Result<Vec<&'static str>, BuildError> {
        for name in operations {
            check_operation(self, name).map_err(BuildError::new)?;
        }
        let needed = OperationScopes::of_scheme(self.scopes, scheme, Some(operations));
        Ok(needed)
    }

    /// The name of its part in a file of profiles.
    #[cfg(feature = "profiles")]
    pub(crate) fn section(&self) -> String {
        self.prefix.to_ascii_lowercase()
    }
}

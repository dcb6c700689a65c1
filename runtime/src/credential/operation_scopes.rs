//! What operations need of their security schemes.

/// Schemes with their scopes, by the place of the alternative in [`OperationMeta::security`](crate::OperationMeta::security);
/// what is not there needs none.
pub(crate) type Scopes = &'static [&'static [(&'static str, &'static [&'static str])]];

/// The scopes that some operations need: those of OAuth and OpenID Connect, or what other schemes call roles.
///
/// ```
/// use attache_runtime::{ApiMeta, OperationScopes};
///
/// static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1")
///     // For operations with `security(&[&["oauth"]])`.
///     .scopes(&[OperationScopes::new(&[&[("oauth", &["parcels:read"])]], &["listParcels", "getParcel"])]);
/// assert_eq!(API.needed_scopes("oauth"), ["parcels:read"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OperationScopes {
    scopes: Scopes,
    operations: &'static [&'static str],
}

impl OperationScopes {
    /// Takes the schemes and their scopes, by the place of the alternative in
    /// [`OperationMeta::security`](crate::OperationMeta::security), and the ids of the operations that need just these.
    pub const fn new(
        scopes: &'static [&'static [(&'static str, &'static [&'static str])]],
        operations: &'static [&'static str],
    ) -> Self {
        Self { scopes, operations }
    }

    /// Those of an operation; empty where it needs none.
    pub(crate) fn find(all: &'static [Self], operation: &str) -> Scopes {
        let mut all = all.iter();
        let found = all.find(|it| it.operations.contains(&operation));
        found.map_or(&[], |it| it.scopes)
    }

    /// Those of a scheme that some operations need, or all; each once. Of alternatives the first counts that asks the
    /// scheme for some.
    pub(crate) fn of_scheme(
        all: &'static [Self],
        scheme: &str,
        operations: Option<&[&str]>,
    ) -> Vec<&'static str> {
        let is_asked = |it: &&Self| {
            operations.is_none_or(|asked| it.operations.iter().any(|id| asked.contains(id)))
        };
        let needed = all.iter().filter(is_asked).flat_map(|it| {
            let mut alternatives = it.scopes.iter();
            let found = alternatives.find_map(|schemes| of(schemes, scheme));
            found.unwrap_or_default()
        });
        let mut scopes = Vec::new();
        for scope in needed {
            if !scopes.contains(scope) {
                scopes.push(*scope);
            }
        }
        scopes
    }
}

/// The scopes of a scheme in one alternative.
pub(crate) fn of(
    schemes: &[(&'static str, &'static [&'static str])],
    name: &str,
) -> Option<&'static [&'static str]> {
    let mut schemes = schemes.iter();
    schemes.find(|(scheme, _)| *scheme == name).map(|it| it.1)
}

//! Names what a client's builder takes for each security scheme, and the variable that it is in.

use super::case::{self, Case};
use super::model::SchemeNames;
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use crate::ir::Client;
use crate::spec::push_token;

/// How the names of environment variables begin: `parcels_client` → `PARCELS`.
pub(super) fn prefix(library: &str) -> String {
    let name = library.strip_suffix("_client").unwrap_or(library);
    name.to_ascii_uppercase()
}

/// Names all schemes, by their index.
pub(super) fn schemes(client: &Client, prefix: &str, renames: &mut Renames) -> Vec<SchemeNames> {
    let candidates = client.schemes.iter().map(|scheme| {
        let mut pointer = "#/components/securitySchemes".to_owned();
        push_token(&mut pointer, &scheme.name);
        Candidate::new(pointer, case::field_ident(&scheme.name))
            .avoiding(reserved::CREDENTIAL)
            .choosable()
    });
    let setters = Scope::new(Case::Snake).settle(candidates.collect(), renames);
    let named = setters.into_iter().map(|setter| SchemeNames {
        variable: format!("{prefix}_{}", setter.to_ascii_uppercase()),
        setter,
    });
    named.collect()
}

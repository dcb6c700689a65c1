//! The header by which servers know a call again.

use std::collections::BTreeMap;

use super::model::{Operation, Place};
use crate::config::Config;

/// What a client sends when nobody says otherwise.
const USUAL: &str = "Idempotency-Key";

/// The header that the configuration names, else the one that most operations declare; none where it is the usual one.
pub(super) fn header(operations: &[Operation], config: &Config) -> Option<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let parameters = operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    for parameter in parameters.filter(|parameter| parameter.place == Place::Header) {
        if parameter.wire.to_ascii_lowercase().contains("idempotency") {
            *counted.entry(&parameter.wire).or_default() += 1;
        }
    }
    // Of equally frequent ones the first by name.
    let declared = counted.iter().rev().max_by_key(|(_, count)| **count);
    let declared = declared.map(|(name, _)| (*name).to_owned());
    let header = config.idempotency_header.clone().or(declared);
    header.filter(|name| !name.eq_ignore_ascii_case(USUAL))
}

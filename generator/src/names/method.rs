//! Names the methods of a handle: the operation's name without the group's.

use std::collections::BTreeMap;

use super::case::{self, Case};
use super::operations::with_kind;
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use crate::ir::Operation;

/// The methods of one group's handle, in the order of its operations.
pub(super) fn methods(
    group: &str,
    operations: &[&Operation],
    renames: &mut Renames,
) -> Vec<String> {
    let group = case::words(group);
    let shorts: Vec<String> = operations
        .iter()
        .map(|operation| {
            let short = short(&case::words(&operation.name), &group);
            case::field_ident(&with_kind(&short, operation))
        })
        .collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for short in &shorts {
        *uses.entry(short).or_default() += 1;
    }
    let candidates = operations
        .iter()
        .zip(&shorts)
        .map(|(operation, short)| {
            let alone = uses.get(short.as_str()) == Some(&1);
            let method = if alone && !reserved::METHOD.holds(short) {
                short.clone()
            } else {
                full(operation)
            };
            Candidate::new(&operation.pointer, method)
                .or(full(operation))
                .avoiding(reserved::METHOD)
                .choosable()
        })
        .collect();
    Scope::new(Case::Snake).settle(candidates, renames)
}

fn full(operation: &Operation) -> String {
    if case::words(&operation.name).is_empty() {
        case::field_ident(&with_kind("call", operation))
    } else {
        case::field_ident(&with_kind(&operation.name, operation))
    }
}

/// The words of an operation without its group's, in front or at the end; at least one stays.
fn short(words: &[String], group: &[String]) -> String {
    let rest = words
        .len()
        .checked_sub(group.len())
        .filter(|&rest| rest > 0 && !group.is_empty());
    let kept = match rest {
        Some(rest) if same_nouns(&words[..group.len()], group) => &words[words.len() - rest..],
        Some(rest) if same_nouns(&words[rest..], group) => &words[..rest],
        _ => words,
    };
    case::field_ident(&kept.join("_"))
}

/// Whether two names differ at most in the number of their last word.
fn same_nouns(one: &[String], other: &[String]) -> bool {
    match (one.split_last(), other.split_last()) {
        (Some((last, head)), Some((other_last, other_head))) => {
            head == other_head
                && (last == other_last
                    || is_plural(last, other_last)
                    || is_plural(other_last, last))
        }
        _ => false,
    }
}

fn is_plural(plural: &str, singular: &str) -> bool {
    let endings = [("s", ""), ("es", ""), ("ies", "y")];
    endings.iter().any(|(many, one)| {
        match (plural.strip_suffix(many), singular.strip_suffix(one)) {
            (Some(plural), Some(singular)) => plural == singular,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short_of(operation: &str, group: &str) -> String {
        short(&case::words(operation), &case::words(group))
    }

    #[test]
    fn the_group_is_left_out() {
        for (operation, group, method) in [
            ("getParcel", "parcels", "get"),
            ("listParcels", "parcels", "list"),
            ("repos/list-for-org", "repos", "list_for_org"),
            ("createCategory", "Categories", "create"),
            ("listBankAddresses", "bank address", "list"),
            ("getParcelEvents", "parcels", "get_parcel_events"),
            ("parcels", "parcels", "parcels"),
            ("ping", "", "ping"),
        ] {
            assert_eq!(short_of(operation, group), method, "{operation} in {group}");
        }
    }
}

//! Names groups: the client's accessor, the handle, the module.

use super::case::{self, Case};
use super::model::GroupNames;
use super::reserved::{self, Reserved};
use super::scope::{Candidate, Renames, Scope};
use crate::ir::Client;
use crate::spec::push_token;

/// Names all groups, by their index.
pub(super) fn groups(client: &Client, renames: &mut Renames) -> Vec<GroupNames> {
    let mut settle = |case: Case, spell: fn(&str) -> String, reserved: Reserved| {
        let candidates = client
            .groups
            .iter()
            .map(|group| {
                let mut pointer = "#/tags".to_owned();
                push_token(&mut pointer, &group.name);
                Candidate::new(pointer, spell(&group.name))
            })
            .map(|candidate| candidate.avoiding(reserved).choosable())
            .collect();
        Scope::new(case).settle(candidates, renames)
    };
    let modules = settle(Case::Snake, group_snake, reserved::MODULE);
    let accessors = settle(Case::Snake, group_snake, reserved::ACCESSOR);
    let handles = settle(Case::Camel, group_camel, reserved::HANDLE);
    let names = modules.into_iter().zip(accessors).zip(handles);
    client
        .groups
        .iter()
        .zip(names)
        .map(|(group, ((module, accessor), handle))| GroupNames {
            module,
            accessor,
            handle,
            operations: group.operations.clone(),
        })
        .collect()
}

fn group_snake(name: &str) -> String {
    if case::words(name).is_empty() {
        "group".to_owned()
    } else {
        case::field_ident(name)
    }
}

fn group_camel(name: &str) -> String {
    if case::words(name).is_empty() {
        "Group".to_owned()
    } else {
        case::type_ident(name)
    }
}

//! Generated items: where they stand in the generated crate and in the description.

use crate::ir::{self, OperationId, TypeId};
use crate::names::Names;
use crate::spec::{Node, Tree};

/// A type or an operation of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Type(TypeId),
    Operation(OperationId),
}

/// All items: types first, each kind in the order of the client.
pub(super) fn items(client: &ir::Client) -> impl Iterator<Item = Item> {
    let types = client.types.iter().map(|ty| Item::Type(ty.id));
    types.chain(
        client
            .described_operations()
            .map(|operation| Item::Operation(operation.id)),
    )
}

impl Item {
    /// Where it stands in the description.
    pub(super) fn pointer(self, client: &ir::Client) -> &str {
        match self {
            Item::Type(id) => &client.ty(id).pointer,
            Item::Operation(id) => &client.operation(id).pointer,
        }
    }

    /// Its path inside the crate: `types::Parcel`, `api::parcels::GetParcel`.
    pub(super) fn path(self, names: &Names) -> String {
        match self {
            Item::Type(id) => format!("types::{}", names.types[id.0 as usize].ident),
            Item::Operation(id) => {
                let group = group_of(id, names).unwrap_or_default();
                format!("api::{group}::{}", names.operations[id.0 as usize].marker)
            }
        }
    }

    /// The file that holds it.
    pub(super) fn file(self, names: &Names) -> Option<String> {
        match self {
            Item::Type(id) => {
                let module = names
                    .type_modules
                    .iter()
                    .find(|module| module.types.contains(&id))?;
                Some(format!("src/types/{}.rs", module.module))
            }
            Item::Operation(id) => group_of(id, names).map(|group| format!("src/api/{group}.rs")),
        }
    }
}

fn group_of(id: OperationId, names: &Names) -> Option<&str> {
    names
        .groups
        .iter()
        .find(|group| group.operations.contains(&id))
        .map(|group| group.module.as_str())
}

/// The node that a pointer of the client or a diagnostic leads to.
pub(super) fn locate<'t>(tree: &'t Tree, pointer: &str) -> Option<Node<'t>> {
    let (file, path) = pointer.split_once('#').unwrap_or(("", pointer));
    let root = if file.is_empty() {
        tree.entry()
    } else {
        tree.entry().resolve(file).ok()?
    };
    root.step(path)
}

/// `parcels.yaml:12:7`
pub(super) fn place(node: Node<'_>) -> String {
    let (line, column) = node.file().line_column(node.span().start);
    format!("{}:{line}:{column}", node.file().name)
}

/// Whether a pointer is `outer` or something inside it.
pub(super) fn is_inside(pointer: &str, outer: &str) -> bool {
    pointer
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || outer.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn inside_goes_by_whole_steps() {
        assert!(is_inside("#/a/b", "#/a"));
        assert!(is_inside("#/a", "#/a"));
        assert!(is_inside("#/a", "#"));
        assert!(!is_inside("#/ab", "#/a"));
        assert!(!is_inside("pet.yaml#/a", "#/a"));
    }
}

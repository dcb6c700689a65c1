//! Names of operations: `operationId`, or one made of method and path.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, PathItem};

/// Gives every operation a name that no other has.
pub(super) struct OperationNames {
    /// All `operationId`s of the document.
    stated: BTreeSet<String>,
    given: BTreeSet<String>,
}

impl OperationNames {
    /// The `operationId`s of the whole document are known from the start, so that a derived name never displaces one.
    pub(super) fn new(path_items: &[PathItem<'_>]) -> Self {
        let operations = path_items.iter().flat_map(|item| &item.operations);
        let stated = operations
            .filter_map(|operation| operation.operation_id)
            .map(|id| id.trim().to_owned())
            .collect();
        OperationNames {
            stated,
            given: BTreeSet::new(),
        }
    }

    pub(super) fn name(
        &mut self,
        path_item: &PathItem<'_>,
        operation: &document::Operation<'_>,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let id = operation
            .operation_id
            .map(str::trim)
            .filter(|id| !id.is_empty());
        if let Some(id) = id.filter(|id| self.given.insert((*id).to_owned())) {
            return id.to_owned();
        }
        let name = self.free(derived(&operation.method, path_item.path));
        let message = match id {
            Some(id) => format!("`operationId` `{id}` is taken by an earlier operation"),
            None => format!(
                "{} {} has no `operationId`",
                operation.method, path_item.path
            ),
        };
        let code = if id.is_some() {
            &codes::DUPLICATE_OPERATION_ID
        } else {
            &codes::MISSING_OPERATION_ID
        };
        diagnostics
            .at(code, operation.node, message)
            .help(format!("it is called `{name}`, after its method and path"));
        name
    }

    fn free(&mut self, name: String) -> String {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !self.stated.contains(name) && !self.given.contains(name));
        let free = free.expect("there are more numbers than operations");
        self.given.insert(free.clone());
        free
    }
}

/// `getParcelsByIdLabels` of `GET /parcels/{id}/labels`.
fn derived(method: &str, path: &str) -> String {
    let mut name = method.to_lowercase();
    for segment in segments(path) {
        if let Some(start) = segment.find('{') {
            push_words(&mut name, &segment[..start]);
            push_words(&mut name, "by");
        }
        let start = segment.find('{').unwrap_or(0);
        push_words(&mut name, &segment[start..]);
    }
    name
}

/// The parts of a path, without query and fragment.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .collect()
}

fn push_words(name: &mut String, text: &str) {
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
}

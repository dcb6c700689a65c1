//! Requests that a server sends back on behalf of an operation: what they carry.

use super::docs;
use super::media::{Family, family, preferred};
use super::model::{Callback, OperationId, Origin};
use super::types::Types;
use crate::document::{self, PathItem};

/// The callbacks of an operation that carry a value; `name` is the operation's.
pub(super) fn callbacks<'t>(
    id: OperationId,
    name: &str,
    operation: &document::Operation<'t>,
    types: &mut Types<'_, 't>,
) -> Vec<Callback> {
    let mut callbacks = Vec::new();
    for callback in &operation.callbacks {
        for path_item in &callback.path_items {
            for request in &path_item.operations {
                let name = (name, callback.name);
                callbacks.extend(self::callback(id, name, path_item, request, types));
            }
        }
    }
    callbacks
}

fn callback<'t>(
    id: OperationId,
    (operation, name): (&str, &str),
    path_item: &PathItem<'t>,
    request: &document::Operation<'t>,
    types: &mut Types<'_, 't>,
) -> Option<Callback> {
    let body = request.request_body.as_ref()?;
    let media = preferred(&body.content)?;
    if !matches!(family(media), Family::Json | Family::Form) {
        return None;
    }
    let origin = Origin::Named(format!("{operation} {name} payload"));
    let summary = request.summary.or(path_item.summary);
    let description = request.description.or(body.description);
    Some(Callback {
        operation: id,
        name: name.to_owned(),
        pointer: request.node.pointer(),
        method: request.method.clone(),
        expression: path_item.path.to_owned(),
        payload: types.reference(media.schema?, &origin),
        docs: docs::of(summary, description, request.deprecated),
    })
}

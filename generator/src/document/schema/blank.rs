//! A schema without any keyword.

use super::super::model::{Schema, SchemaId};
use crate::spec::Node;

/// A schema while its keywords are being read, with what only means something together.
pub(super) struct Draft<'t> {
    pub(super) schema: Schema<'t>,
    /// Draft-04: `minimum` itself is not allowed.
    pub(super) excludes_minimum: bool,
    pub(super) excludes_maximum: bool,
    pub(super) additional_items: Option<SchemaId>,
    pub(super) condition: Option<SchemaId>,
    pub(super) then: Option<SchemaId>,
    pub(super) otherwise: Option<SchemaId>,
}

impl<'t> Draft<'t> {
    pub(super) fn of(node: Node<'t>) -> Self {
        Draft {
            schema: Schema::blank(node),
            excludes_minimum: false,
            excludes_maximum: false,
            additional_items: None,
            condition: None,
            then: None,
            otherwise: None,
        }
    }
}

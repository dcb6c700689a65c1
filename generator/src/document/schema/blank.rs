//! A schema without any keyword.

use super::super::model::{Limits, Schema, SchemaId, TypeSet};
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
            schema: blank(node),
            excludes_minimum: false,
            excludes_maximum: false,
            additional_items: None,
            condition: None,
            then: None,
            otherwise: None,
        }
    }
}

fn blank(node: Node<'_>) -> Schema<'_> {
    Schema {
        node,
        component: None,
        boolean: None,
        reference: None,
        unresolved: None,
        title: None,
        description: None,
        deprecated: false,
        read_only: false,
        write_only: false,
        nullable: false,
        types: TypeSet::default(),
        format: None,
        default: None,
        examples: Vec::new(),
        enumeration: None,
        enumeration_names: Vec::new(),
        enumeration_descriptions: Vec::new(),
        constant: None,
        properties: Vec::new(),
        required: Vec::new(),
        additional_properties: None,
        unevaluated_properties: None,
        pattern_properties: Vec::new(),
        property_names: None,
        items: None,
        prefix_items: Vec::new(),
        unevaluated_items: None,
        contains: None,
        all_of: Vec::new(),
        one_of: Vec::new(),
        any_of: Vec::new(),
        not: None,
        if_then_else: None,
        discriminator: None,
        dependent_required: Vec::new(),
        dependent_schemas: Vec::new(),
        limits: Limits::default(),
        content_encoding: None,
        content_media_type: None,
        content_schema: None,
        xml: None,
        extensions: Vec::new(),
    }
}

//! Questions about a schema's keywords: does it shape values, or only speak about them?

use crate::document::{Schema, TypeSet};

/// Whether the schema has no keyword that gives values a shape; limits and annotations do not count.
pub(super) fn is_shapeless(schema: &Schema<'_>) -> bool {
    schema.types.is_empty() && has_no_shape_but_type(schema) && schema.required.is_empty()
}

/// As [`is_shapeless`], but `type` and `required` may stand there.
pub(super) fn has_no_shape_but_type(schema: &Schema<'_>) -> bool {
    schema.boolean.is_none()
        && schema.reference.is_none()
        && schema.unresolved.is_none()
        && schema.format.is_none()
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.properties.is_empty()
        && schema.additional_properties.is_none()
        && schema.unevaluated_properties.is_none()
        && schema.pattern_properties.is_empty()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.content_encoding.is_none()
}

/// The types a schema allows, inferred from its keywords where `type` is missing.
pub(super) fn types_of(schema: &Schema<'_>) -> TypeSet {
    if !schema.types.is_empty() {
        return schema.types;
    }
    let object = !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.pattern_properties.is_empty()
        || !schema.required.is_empty();
    if object {
        TypeSet::OBJECT
    } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
        TypeSet::ARRAY
    } else {
        TypeSet::default()
    }
}

/// Whether a schema says nothing but `nullable: true`, which in a union stands for null.
pub(super) fn says_only_nullable(schema: &Schema<'_>) -> bool {
    schema.nullable && is_shapeless(schema) && schema.not.is_none() && schema.component.is_none()
}

/// Whether `null` is the only value.
pub(super) fn is_null(schema: &Schema<'_>) -> bool {
    let only = |nodes: &Option<Vec<crate::spec::Node<'_>>>| {
        nodes
            .as_ref()
            .is_some_and(|nodes| !nodes.is_empty() && nodes.iter().all(|node| node.is_null()))
    };
    schema.types == TypeSet::NULL
        || schema.constant.is_some_and(|node| node.is_null())
        || only(&schema.enumeration)
}

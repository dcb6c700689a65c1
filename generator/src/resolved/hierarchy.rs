//! Schemas with a discriminator and no branches: the schemas that extend them by `allOf` are their variants.

use std::collections::BTreeMap;

use super::model::{Kind, Union, Variant};
use super::resolver::Resolver;
use crate::document::{Discriminator, Document, Schema, SchemaId};

/// What Microsoft's descriptions write into a child instead of a mapping.
const VALUE: &str = "x-ms-discriminator-value";

/// The components that extend a schema with a discriminator, near or far, by that schema.
pub(super) fn children(document: &Document<'_>) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut children: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    let schema = |id: SchemaId| &document.schemas[id.0 as usize];
    for component in &document.components {
        let child = component.schema;
        let mut waiting: Vec<SchemaId> = schema(child).all_of.clone();
        let mut seen = vec![child];
        while let Some(id) = waiting.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let parent = schema(id);
            waiting.extend(parent.reference.iter().chain(&parent.all_of));
            let has_branches = !parent.one_of.is_empty() || !parent.any_of.is_empty();
            if parent.discriminator.is_some() && !has_branches {
                children.entry(id).or_default().push(child);
            }
        }
    }
    children
}

impl<'t> Resolver<'_, 't> {
    /// Whether a component extends a schema with a discriminator, so that it is more than another name for it.
    pub(super) fn is_child_of(&self, child: SchemaId, parent: SchemaId) -> bool {
        let children = self.children.get(&self.target(parent));
        children.is_some_and(|children| children.contains(&child))
    }

    /// A union of the children, and of the schema itself for every other value of the tag.
    pub(super) fn union_of_children(
        &mut self,
        parent: SchemaId,
        schema: &Schema<'t>,
    ) -> Option<Kind<'t>> {
        let tag = schema.discriminator.clone()?;
        let children = self.children.get(&parent)?.clone();
        let mut variants: Vec<Variant<'t>> = children
            .into_iter()
            .map(|child| Variant {
                schema: child,
                tags: self.tags_of_child(child, &tag),
                fallback: false,
                unconditional: false,
            })
            .collect();
        let mut base = schema.clone();
        base.discriminator = None;
        base.component = None;
        base.title = Some("Base");
        base.nullable = false;
        if base.additional_properties.is_none() {
            // What a child that nobody knows yet adds is kept.
            base.additional_properties = Some(self.any());
        }
        variants.push(Variant {
            schema: self.make(base),
            tags: Vec::new(),
            fallback: true,
            unconditional: false,
        });
        Some(Kind::Union(Union {
            tag: Some(tag.property),
            variants,
        }))
    }

    fn tags_of_child(&self, child: SchemaId, tag: &Discriminator<'t>) -> Vec<&'t str> {
        let schema = self.schema(child);
        let stated = schema
            .extensions
            .iter()
            .find(|(name, _)| *name == VALUE)
            .and_then(|(_, node)| node.as_str());
        match stated {
            Some(value) => vec![value],
            None => self.tags_of(child, Some(tag)),
        }
    }
}

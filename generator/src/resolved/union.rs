//! `oneOf`, `anyOf` and lists of types: which variants there are, and what tells them apart.

use super::keywords::{has_no_shape_but_type, is_null, is_shapeless, says_only_nullable};
use super::model::{Kind, Shape, Union, Variant};
use super::resolver::{Resolver, SchemaRef};
use crate::document::{Discriminator, Schema, SchemaId, TypeSet};

const SINGLE_TYPES: [TypeSet; 7] = [
    TypeSet::BOOLEAN,
    TypeSet::INTEGER,
    TypeSet::NUMBER,
    TypeSet::STRING,
    TypeSet::FILE,
    TypeSet::ARRAY,
    TypeSet::OBJECT,
];

impl<'a, 't> Resolver<'a, 't> {
    /// The union of the branches; none when they only limit what the schema itself says.
    pub(super) fn union_of(
        &mut self,
        schema: &Schema<'t>,
        shape: &mut Shape<'t>,
    ) -> Option<Kind<'t>> {
        let branches = match (self.say(&schema.one_of), self.say(&schema.any_of)) {
            (true, _) => schema.one_of.clone(),
            (false, true) => schema.any_of.clone(),
            (false, false) => return None,
        };
        let mut ids: Vec<SchemaId> = Vec::new();
        for branch in branches {
            let target = self.schema(self.target(branch));
            if is_null(&target) || says_only_nullable(&target) {
                shape.nullable = true;
            } else if !ids
                .iter()
                .any(|&known| self.target(known) == self.target(branch))
            {
                ids.push(branch);
            }
        }
        let tag = schema.discriminator.clone();
        let base = self.base_of(schema);
        let merged: Vec<_> = ids.iter().map(|&id| self.with_base(id, base)).collect();
        let tags = self.tags_of_all(&ids, tag.as_ref());
        let mut variants: Vec<_> = merged
            .into_iter()
            .zip(tags)
            .map(|(schema, tags)| Variant {
                schema,
                tags,
                fallback: false,
                unconditional: false,
            })
            .collect();
        self.add_default(&mut variants, tag.as_ref());
        Some(match variants.len() {
            0 => Kind::Any,
            1 if tag.is_none() => Kind::Alias(variants[0].schema),
            _ => Kind::Union(Union {
                tag: tag.map(|tag| tag.property),
                variants,
            }),
        })
    }

    /// `type: [string, integer]`: a variant per type, each with the keywords that concern it.
    pub(super) fn union_of_types(&mut self, schema: &Schema<'t>, types: TypeSet) -> Kind<'t> {
        let mut variants = Vec::new();
        for single in SINGLE_TYPES
            .into_iter()
            .filter(|&single| types.contains(single))
        {
            let mut variant = schema.clone();
            variant.types = single;
            variant.nullable = false;
            variant.component = None;
            variant.description = None;
            let schema = self.make(variant);
            variants.push(Variant {
                schema,
                tags: Vec::new(),
                fallback: false,
                unconditional: false,
            });
        }
        Kind::Union(Union {
            tag: None,
            variants,
        })
    }

    /// Whether any of the branches is more than a limit.
    fn say(&self, branches: &[SchemaId]) -> bool {
        branches.iter().any(|branch| !self.only_limits(*branch))
    }

    /// Whether a branch has nothing but limits: `anyOf: [{required: [a]}, {required: [b]}]`.
    fn only_limits(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        has_no_shape_but_type(&schema)
            && schema.types.without(TypeSet::OBJECT).is_empty()
            && (!schema.required.is_empty() || is_shapeless(&schema) && schema.not.is_some())
    }

    /// What stands beside the branches and belongs to each of them.
    fn base_of(&mut self, schema: &Schema<'t>) -> Option<SchemaId> {
        let mut base = schema.clone();
        // Of `oneOf` and `anyOf` beside each other, the second belongs to each branch of the first.
        if !self.say(&base.one_of) || !self.say(&base.any_of) {
            base.any_of.clear();
        }
        base.one_of.clear();
        base.discriminator = None;
        base.component = None;
        base.nullable = false;
        base.description = None;
        base.types = base.types.without(TypeSet::NULL);
        let says = !has_no_shape_but_type(&base) || !base.required.is_empty();
        says.then(|| self.make(base))
    }

    /// The branch together with the base; the branch itself where it has all of the base already.
    fn with_base(&mut self, branch: SchemaId, base: Option<SchemaId>) -> SchemaId {
        let Some(base) = base else { return branch };
        let base_schema = self.schema(base);
        let known = self.ancestry(branch);
        let declares = |name: &str| {
            known
                .iter()
                .any(|schema| schema.properties.iter().any(|(known, _)| *known == name))
        };
        let requires = |name: &str| known.iter().any(|schema| schema.required.contains(&name));
        let repeats = base_schema
            .properties
            .iter()
            .all(|(name, _)| declares(name))
            && base_schema.required.iter().all(|name| requires(name))
            && base_schema.additional_properties.is_none()
            && base_schema.any_of.is_empty();
        if repeats {
            return branch;
        }
        self.make_both(base, branch)
    }

    /// The tags of each branch. Where nothing maps to a branch and its schema lists values for the
    /// tag that no other branch lists, those are its tags: the component's name is none of them.
    fn tags_of_all(
        &self,
        branches: &[SchemaId],
        tag: Option<&Discriminator<'t>>,
    ) -> Vec<Vec<&'t str>> {
        let mut tags: Vec<_> = branches.iter().map(|&id| self.tags_of(id, tag)).collect();
        let Some(tag) = tag.filter(|tag| tag.mapping.is_empty()) else {
            return tags;
        };
        let listed: Vec<_> = branches
            .iter()
            .map(|&id| self.values_of(self.target(id), tag.property))
            .collect();
        for (at, own) in listed.iter().enumerate() {
            let is_others = |value: &&str| {
                let others = listed.iter().enumerate().filter(|(other, _)| *other != at);
                others.into_iter().any(|(_, other)| other.contains(value))
            };
            if !own.is_empty() && !own.iter().any(is_others) {
                tags[at].clone_from(own);
            }
        }
        tags
    }

    /// Explicit mapping entries of a branch, else the component's name.
    pub(super) fn tags_of(
        &self,
        branch: SchemaId,
        tag: Option<&Discriminator<'t>>,
    ) -> Vec<&'t str> {
        let Some(tag) = tag else { return Vec::new() };
        let target = self.target(branch);
        // A branch that composition made of two is told by the first.
        let first = self.schema(branch).all_of.first().copied();
        let first = first.filter(|_| branch.0 as usize >= self.document.schemas.len());
        let first = first.map(|first| self.target(first));
        let is_branch = |schema: SchemaId| schema == target || Some(schema) == first;
        let explicit = tag
            .mapping
            .iter()
            .filter(|(_, schema)| is_branch(self.target(*schema)));
        let mut tags: Vec<_> = explicit.map(|&(value, _)| value).collect();
        if tags.is_empty() {
            tags.extend(self.constant_of(target, tag.property));
        }
        if tags.is_empty() {
            tags.extend(
                self.schema(branch)
                    .component
                    .or(self.schema(first.unwrap_or(target)).component),
            );
        }
        tags
    }

    /// The one value that a schema allows for a property.
    fn constant_of(&self, id: SchemaId, property: &str) -> Option<&'t str> {
        match self.values_of(id, property)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The texts that a schema lists for a property, looked up through references and `allOf`.
    fn values_of(&self, id: SchemaId, property: &str) -> Vec<&'t str> {
        let ancestry = self.ancestry(id);
        let mut declared = ancestry.iter().flat_map(|schema| &schema.properties);
        let Some(&(_, value)) = declared.find(|(name, _)| *name == property) else {
            return Vec::new();
        };
        let value = self.schema(self.target(value));
        let values = super::enumeration::values(&value);
        let texts: Option<Vec<_>> = values.iter().map(|value| value.as_str()).collect();
        texts.unwrap_or_default()
    }

    /// A schema and all that it is composed of by references and `allOf`; the schema itself comes first.
    fn ancestry(&self, id: SchemaId) -> Vec<SchemaRef<'a, 't>> {
        let mut waiting = vec![id];
        let mut seen = Vec::new();
        let mut found = Vec::new();
        while let Some(id) = waiting.pop() {
            let target = self.target(id);
            if seen.contains(&target) {
                continue;
            }
            seen.push(target);
            let schema = self.schema(target);
            waiting.extend(schema.all_of.iter().rev().copied());
            found.push(schema);
        }
        found
    }

    fn add_default(&mut self, variants: &mut Vec<Variant<'t>>, tag: Option<&Discriminator<'t>>) {
        let Some(default) = tag.and_then(|tag| tag.default_mapping) else {
            return;
        };
        let target = self.target(default);
        match variants
            .iter()
            .position(|variant| self.target(variant.schema) == target)
        {
            Some(at) => variants[at].fallback = true,
            None => variants.push(Variant {
                schema: default,
                tags: Vec::new(),
                fallback: true,
                unconditional: false,
            }),
        }
    }
}

//! `allOf`: one schema out of many, or just the one branch that says something.

use super::conditions;
use super::keywords::is_shapeless;
use super::resolver::Resolver;
use crate::diagnostic::codes;
use crate::document::{Schema, SchemaId, TypeSet};

impl<'t> Resolver<'_, 't> {
    /// The branch that an `allOf` comes down to, when everything else in it only annotates.
    pub(super) fn only_branch(&self, schema: &Schema<'t>) -> Option<SchemaId> {
        let mut own = schema.clone();
        own.all_of.clear();
        let saying = schema
            .all_of
            .iter()
            .copied()
            .filter(|&branch| !is_shapeless(&self.schema(branch)));
        let mut saying: Vec<_> = saying.collect();
        saying.dedup();
        let &[only] = &saying[..] else { return None };
        (is_shapeless(&own) || self.adds_nothing(&own, only)).then_some(only)
    }

    pub(super) fn shapeless_branches_allow_null(&self, schema: &Schema<'t>) -> bool {
        schema.all_of.iter().any(|&branch| {
            let branch = self.schema(branch);
            is_shapeless(&branch) && branch.nullable
        })
    }

    /// Merges the branches of `allOf`, through references, into one schema without `allOf`.
    pub(super) fn merge_all_of(&mut self, root: SchemaId, schema: &Schema<'t>) -> Schema<'t> {
        let mut merged = schema.clone();
        let branches = std::mem::take(&mut merged.all_of);
        let mut merge = Merge {
            visited: vec![root],
            nullable: Vec::new(),
        };
        for branch in branches {
            self.merge_branch(&mut merged, branch, &mut merge);
        }
        merged.nullable |=
            !merge.nullable.is_empty() && merge.nullable.iter().all(|&nullable| nullable);
        merged
    }

    fn merge_branch(&mut self, into: &mut Schema<'t>, branch: SchemaId, merge: &mut Merge) {
        if merge.visited.contains(&branch) {
            return;
        }
        merge.visited.push(branch);
        let schema = self.schema(branch);
        if let Some(target) = schema.reference {
            self.merge_branch(into, target, merge);
        }
        for &inner in &schema.all_of {
            self.merge_branch(into, inner, merge);
        }
        if schema.reference.is_none() && schema.all_of.is_empty() && !is_shapeless(&schema) {
            merge
                .nullable
                .push(schema.nullable || schema.types.contains(TypeSet::NULL));
        }
        self.merge_own(into, &schema, merge);
    }

    /// Adds the keywords of one branch, without its references and branches.
    fn merge_own(&mut self, into: &mut Schema<'t>, from: &Schema<'t>, merge: &Merge) {
        self.merge_types(into, from);
        into.description = into
            .description
            .or(from.description.filter(|_| from.component.is_none()));
        into.format = into.format.or(from.format);
        into.content_encoding = into.content_encoding.or(from.content_encoding);
        into.content_media_type = into.content_media_type.or(from.content_media_type);
        into.content_schema = into.content_schema.or(from.content_schema);
        into.constant = into.constant.or(from.constant);
        conditions::merge(into, from);
        into.read_only |= from.read_only;
        into.write_only |= from.write_only;
        merge_enumeration(into, from);
        for &(name, schema) in &from.properties {
            self.merge_property(into, name, schema);
        }
        for &name in &from.required {
            if !into.required.contains(&name) {
                into.required.push(name);
            }
        }
        into.additional_properties =
            self.merge_rest(into.additional_properties, from.additional_properties);
        into.unevaluated_properties =
            self.merge_rest(into.unevaluated_properties, from.unevaluated_properties);
        into.pattern_properties
            .extend(from.pattern_properties.iter().copied());
        into.items = match (into.items, from.items) {
            (Some(one), Some(other)) => Some(self.both(one, other)),
            (one, other) => one.or(other),
        };
        if into.prefix_items.is_empty() {
            into.prefix_items.clone_from(&from.prefix_items);
        }
        self.merge_union(into, from, merge);
    }

    fn merge_types(&mut self, into: &mut Schema<'t>, from: &Schema<'t>) {
        if into.types.is_empty() || from.types.is_empty() {
            into.types = into.types.with(from.types);
            return;
        }
        let both = into.types.and(from.types);
        if both.is_empty() {
            self.diagnostics
                .at(
                    &codes::COMPOSITION_CONFLICT,
                    from.node,
                    "the branches of this `allOf` ask for different types, which no value can have",
                )
                .help("the type that stands first is taken");
        } else {
            into.types = both;
        }
    }

    fn merge_property(&mut self, into: &mut Schema<'t>, name: &'t str, schema: SchemaId) {
        let Some(at) = into.properties.iter().position(|&(known, _)| known == name) else {
            into.properties.push((name, schema));
            return;
        };
        into.properties[at].1 = self.both(into.properties[at].1, schema);
    }

    /// A schema that asks for both, or the one of them that says something.
    fn both(&mut self, one: SchemaId, other: SchemaId) -> SchemaId {
        if self.target(one) == self.target(other) || is_shapeless(&self.schema(other)) {
            return one;
        }
        if is_shapeless(&self.schema(one)) {
            return other;
        }
        self.make_both(one, other)
    }

    /// `false` in a branch speaks of that branch alone, so it does not keep out what the others add.
    fn merge_rest(&mut self, one: Option<SchemaId>, other: Option<SchemaId>) -> Option<SchemaId> {
        let says = |id: &SchemaId| self.schema(*id).boolean != Some(false);
        one.filter(says).or(other.filter(says))
    }

    fn merge_union(&mut self, into: &mut Schema<'t>, from: &Schema<'t>, merge: &Merge) {
        let branches = || from.one_of.iter().chain(&from.any_of);
        let is_child = |branch: &SchemaId| merge.visited.contains(&self.target(*branch));
        if branches().next().is_none() || branches().any(is_child) {
            // A parent that lists its children adds nothing to a child.
            return;
        }
        if into.one_of.is_empty() && into.any_of.is_empty() {
            into.one_of.clone_from(&from.one_of);
            into.any_of.clone_from(&from.any_of);
            into.discriminator.clone_from(&from.discriminator);
            return;
        }
        // A value fits a branch of the one and a branch of the other.
        let mut second = Schema::blank(from.node);
        second.one_of.clone_from(&from.one_of);
        second.any_of.clone_from(&from.any_of);
        second.discriminator.clone_from(&from.discriminator);
        let second = self.make(second);
        let branches = match into.one_of.is_empty() {
            true => &mut into.any_of,
            false => &mut into.one_of,
        };
        for branch in branches {
            *branch = self.make_both(*branch, second);
        }
    }
}

/// The state of one merge.
struct Merge {
    /// The schema that the result stands for, and the branches that are in already; a circle ends here.
    visited: Vec<SchemaId>,
    /// Of each branch that says something, whether it allows null.
    nullable: Vec<bool>,
}

fn merge_enumeration<'t>(into: &mut Schema<'t>, from: &Schema<'t>) {
    let Some(from_values) = &from.enumeration else {
        return;
    };
    match &mut into.enumeration {
        Some(values) => values.retain(|value| {
            from_values
                .iter()
                .any(|other| other.scalar() == value.scalar())
        }),
        None => {
            into.enumeration = Some(from_values.clone());
            into.enumeration_names.clone_from(&from.enumeration_names);
            into.enumeration_descriptions
                .clone_from(&from.enumeration_descriptions);
        }
    }
}

//! What a schema asks of its values and no type shows, of all branches of a composition.

use super::keywords::is_shapeless;
use super::model::Conditions;
use super::resolver::Resolver;
use crate::document::{Limits, Schema};

impl<'t> Resolver<'_, 't> {
    /// The conditions of a schema of which one branch is taken: its own, and those of branches that only limit.
    pub(super) fn with_limiting_branches(&self, schema: &Schema<'t>) -> Schema<'t> {
        let mut all = schema.clone();
        for &branch in &schema.all_of {
            let branch = self.schema(branch);
            if is_shapeless(&branch) {
                merge(&mut all, &branch);
            }
        }
        all
    }
}

/// The conditions of a schema, without its references and branches.
pub(super) fn conditions<'t>(schema: &Schema<'t>) -> Option<Box<Conditions<'t>>> {
    let says_something = schema.limits != Limits::default()
        || schema.property_names.is_some()
        || !schema.dependent_required.is_empty();
    says_something.then(|| {
        Box::new(Conditions {
            limits: schema.limits.clone(),
            property_names: schema.property_names,
            dependent_required: schema.dependent_required.clone(),
        })
    })
}

/// Adds the conditions of a branch; of two limits the narrower one counts.
pub(super) fn merge<'t>(into: &mut Schema<'t>, from: &Schema<'t>) {
    let (limits, other) = (&mut into.limits, &from.limits);
    for (limit, other) in [
        (&mut limits.minimum, other.minimum),
        (&mut limits.exclusive_minimum, other.exclusive_minimum),
        (&mut limits.min_length, other.min_length),
        (&mut limits.min_items, other.min_items),
        (&mut limits.min_contains, other.min_contains),
        (&mut limits.min_properties, other.min_properties),
    ] {
        *limit = of_both(*limit, other, f64::gt);
    }
    for (limit, other) in [
        (&mut limits.maximum, other.maximum),
        (&mut limits.exclusive_maximum, other.exclusive_maximum),
        (&mut limits.max_length, other.max_length),
        (&mut limits.max_items, other.max_items),
        (&mut limits.max_contains, other.max_contains),
        (&mut limits.max_properties, other.max_properties),
    ] {
        *limit = of_both(*limit, other, f64::lt);
    }
    // Of what can not be narrowed, the first counts.
    limits.multiple_of = limits.multiple_of.or(other.multiple_of);
    limits.pattern = limits.pattern.or(other.pattern);
    limits.unique_items |= other.unique_items;
    into.property_names = into.property_names.or(from.property_names);
    into.dependent_required
        .extend(from.dependent_required.iter().cloned());
}

fn of_both<'t>(
    one: Option<&'t str>,
    other: Option<&'t str>,
    is_narrower: fn(&f64, &f64) -> bool,
) -> Option<&'t str> {
    let number = |text: &str| text.parse::<f64>().ok();
    let narrower = one
        .and_then(number)
        .zip(other.and_then(number))
        .is_some_and(|(one, other)| is_narrower(&other, &one));
    if narrower { other } else { one.or(other) }
}
